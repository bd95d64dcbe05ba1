"""Django signals for host projects, sent after commit with the frozen fact.

They can be lost if the process dies: work that must happen belongs in a channel or the pull feed. We listen to none
of them ourselves.
"""

from django.dispatch import Signal

draft_received = Signal()
case_opened = Signal()
revision_saved = Signal()
signed_off = Signal()
signoff_voided = Signal()
attested = Signal()
published = Signal()
retracted = Signal()
