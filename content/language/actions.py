"""Have a text read: claims and findings that count, and a model's advice that does not."""

from collections.abc import Mapping
from datetime import datetime

from content.actors import Actor, require_system
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.events import actions as events
from content.events.writing import quiet_action
from content.language.facts import DraftAnalyzed
from content.language.models import LanguageReport
from content.language.pipeline import load
from content.language.reading import Reading, read


def read_text(*, draft_id: DraftId, revision_id: RevisionId, at: datetime) -> Reading:  # noqa: ARG001 (JobKind.prepare)
    """Read a revision with the detector, the checks and the best model there is: seconds, outside any transaction."""
    revision = drafts.get_revision(revision_id=revision_id)
    return read(revision.text, language=revision.language, engine=load(revision.language, conf.language_model_parts))


@quiet_action
def analyze(*, draft_id: DraftId, revision_id: RevisionId, prepared: Reading, by: Actor, at: datetime) -> None:
    """Store what was read in a revision. Again by the same engine: nothing.

    :raises RevisionNotFound: if there is no such revision.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    drafts.lock_draft(draft_id=draft_id)
    if LanguageReport.objects.filter(revision=revision_id, engine=prepared.engine).exists():
        return
    LanguageReport.objects.create(
        revision=drafts.get_revision(revision_id=revision_id),
        engine=prepared.engine,
        claims=_plain(prepared.claims),
        findings=_plain(prepared.findings),
        created_at=at,
    )
    events.record(
        DraftAnalyzed(
            draft_id=draft_id,
            revision_id=revision_id,
            engine=prepared.engine,
            claims=prepared.claims_to_check,
            findings=len(prepared.findings),
        ),
        by=by,
        at=at,
    )


def _plain(rows: tuple[Mapping[str, object], ...]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]
