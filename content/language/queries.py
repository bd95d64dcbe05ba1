"""Questions about what stands in a text. Nothing here loads spaCy, so any door may ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import content.language.checks  # noqa: F401  # the checks register themselves
from content.drafts.facts import RevisionId
from content.language.check import Finding, findings
from content.language.claims import Claim, detect
from content.language.models import LanguageReport


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was stored about a revision by the best engine so far.

    `claims` and `findings` are rows as the API shows them; those with `advice` true come from a model and block
    nothing. `engine` names it, such as `spacy-3.8.18/blank-en`.
    """

    engine: str
    claims: Sequence[Mapping[str, object]]
    findings: Sequence[Mapping[str, object]]

    @property
    def advice(self) -> list[Mapping[str, object]]:
        """The claims that only a model found."""
        return [claim for claim in self.claims if claim["advice"]]


def claims_in(*, text: str, language: str) -> tuple[Claim, ...]:
    """Return the sentences that somebody must check, found without a model."""
    return detect(text, language)


def enforced_findings(*, text: str, language: str) -> tuple[Finding, ...]:
    """Return the findings that hold a sign-off until they are fixed or dismissed."""
    return tuple(finding for finding in findings(text, language=language) if finding.enforced)


def report_of(*, revision_id: RevisionId) -> Report | None:
    """Return the newest stored report on a revision; None until the analysis has run."""
    row = LanguageReport.objects.filter(revision=revision_id).order_by("-id").first()
    return None if row is None else Report(engine=row.engine, claims=row.claims, findings=row.findings)
