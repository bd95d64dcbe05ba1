"""How long a stretch nobody touched."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted


@rule("maximum_ai_run.v1", stage=Stage.CLAIM, measures="longest_ai_run", needs="maximum")
def maximum_ai_run(evidence: Evidence, *, maximum: int) -> Refusal | None:
    """Require that no run of untouched words is longer than `maximum`; a verify mark does not break a run."""
    run = known(evidence.longest_ai_run)
    if run <= maximum:
        return None
    return Refusal(
        code="ai_run_long",
        reason=f"{counted(run, 'word', 'words')} in a row are untouched.",
        params={"run": run, "maximum": maximum},
    )
