"""A yes ages."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage


@rule("signoff_not_older_than.v1", stage=Stage.PUBLISH, measures="sign_off_age_days", needs="days")
def signoff_not_older_than(evidence: Evidence, *, days: float) -> Refusal | None:
    """Require that no sign-off that counts is older than `days`."""
    age = known(evidence.sign_off_age_days)
    if age <= days:
        return None
    return Refusal(
        code="sign_off_old",
        reason=f"Signed {age:.0f} days ago; sign again.",
        params={"age": round(age, 2), "days": days},
    )
