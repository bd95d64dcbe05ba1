"""Evidence classes of tokens, in order from the least human to the most (`authorship.v1`, section 5)."""

from enum import StrEnum
from typing import Final


class AuthorshipKind(StrEnum):
    """What the evidence says about a token; the order of definition is the rank."""

    MACHINE = "machine"
    MATCHED = "matched"
    ASSISTED = "assisted"
    IMPORTED = "imported"
    PASTED = "pasted"
    QUOTED = "quoted"
    ASSERTED = "asserted"
    TYPED = "typed"


KINDS: Final = tuple(AuthorshipKind)
RANK: Final = {kind: rank for rank, kind in enumerate(KINDS)}

# Ranks are what the engine stores: one byte a token.
MACHINE, MATCHED, ASSISTED, IMPORTED, PASTED, QUOTED, ASSERTED, TYPED = range(len(KINDS))
AI_SIDE: Final = frozenset({MACHINE, MATCHED, ASSISTED})
HUMAN_SIDE: Final = frozenset({ASSERTED, TYPED})
SYSTEM_PREFIX: Final = "system:"  # of authors whose text is imported: templates, default text, migrations
