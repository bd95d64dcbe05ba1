"""Every question is answered."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted


@rule("no_open_threads.v1", stage=Stage.SIGN, measures="open_threads")
def no_open_threads(evidence: Evidence) -> Refusal | None:
    """Require that no thread of comments is open."""
    if not evidence.open_threads:
        return None
    return Refusal(
        code="threads_open",
        reason=f"{counted(evidence.open_threads, 'thread waits', 'threads wait')} for an answer.",
        params={"threads": evidence.open_threads},
    )
