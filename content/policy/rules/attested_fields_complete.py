"""What readers see beside the body is there."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted


@rule("attested_fields_complete.v1", stage=Stage.SIGN)
def attested_fields_complete(evidence: Evidence) -> Refusal | None:
    """Require every field the policy names, and an alternative text for each image."""
    if evidence.missing_fields:
        return Refusal(
            code="fields_missing",
            reason=f"Still empty: {', '.join(evidence.missing_fields)}.",
            params={"fields": ",".join(evidence.missing_fields)},
        )
    if evidence.images_without_alt:
        return Refusal(
            code="alt_text_missing",
            reason=f"{counted(evidence.images_without_alt, 'image has', 'images have')} no alt text.",
            params={"images": evidence.images_without_alt},
        )
    return None
