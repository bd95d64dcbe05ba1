"""Somebody answers for the text in public."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage, WayOut


@rule("responsible_person_set.v1", stage=Stage.SIGN)
def responsible_person_set(evidence: Evidence) -> Refusal | None:
    """Require a responsible person or function, valid now, with an https page that the public can open."""
    if evidence.responsible_valid:
        return None
    return Refusal(
        code="no_responsible", reason="Nobody answers for this text publicly.", params={}, way_out=WayOut.MANAGER
    )
