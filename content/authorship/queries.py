"""Questions about who wrote what."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from content.authorship.attributed import Attributed, attributed, sentence_rows, signal_rows
from content.authorship.attribution import SentenceRow
from content.authorship.engine import (
    FindMatches,
    SavedText,
    Standing,
    Start,
    line_of,
    replayed,
    resume,
    step,
    typed_text,
)
from content.authorship.evidence import PoolMatch
from content.authorship.kinds import AI_SIDE, HUMAN_SIDE, RANK
from content.authorship.measures import METHOD
from content.authorship.models import Attribution, AttributorState
from content.authorship.state import decode_spans
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.drafts.journal import Journal
from content.errors import Conflict
from content.lineage import queries as lineage
from content.lineage.found import TextOrigin


class NotMeasured(Conflict):
    """Who wrote this text is still being worked out; try again in a moment."""

    code = "evidence_not_ready"


def attribution_of(*, revision_id: RevisionId) -> Attributed:
    """Return the stored attribution of a revision.

    :raises NotMeasured: until it has been worked out.
    """
    row = Attribution.objects.filter(revision=revision_id, method=METHOD).select_related("revision").first()
    if row is None:
        raise NotMeasured(revision_id=revision_id)
    return Attributed(
        method=row.method,
        text_sha256=row.text_sha256,
        measures=row.measures,
        signals=signal_rows(row.signals),
        spans=tuple(decode_spans(bytes(row.spans))),
        sentences=sentence_rows(row.sentences, row.revision.text),
        matches=_pool_matches(row.matches),
        line=tuple(row.line),
    )


def runs_of(*, revision_id: RevisionId) -> list[list[int | str]]:
    """Return a revision's text as `[start, end, kind]`, without gap.

    :raises NotMeasured: until it has been worked out.
    """
    return attribution_of(revision_id=revision_id).runs


def sentences_of(*, revision_id: RevisionId) -> tuple[SentenceRow, ...]:
    """Return the sentences of a revision, with who touched them and how much of them is machine text.

    :raises NotMeasured: until it has been worked out.
    """
    return attribution_of(revision_id=revision_id).sentences


def measure(
    *, draft_id: DraftId, base_id: RevisionId, text: str, author: str, journal: Journal | None, at: datetime
) -> Attributed:
    """Return what a text would come to if `author` saved it now over the revision `base_id`. Stores nothing.

    :param journal: how the text came about since the base; None: nobody knows.
    :raises NotMeasured: if the base itself has not been worked out yet.
    """
    start = engine_after(draft_id=draft_id, revision_id=base_id)
    find = pool_matches_in(draft_id=draft_id, text=text, until=at)
    found = step(start, typed_text(text, author, journal), find=find)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return attributed(found.attribution, text_sha256=digest, matches=found.matches, line=start.line)


def engine_after(*, draft_id: DraftId, revision_id: RevisionId) -> Start:
    """Return an engine that has seen a revision and those before it.

    :raises NotMeasured: if one of them has not been worked out yet.
    """
    kept = resume(standing_of(draft_id=draft_id), revision_id)
    if kept is not None:
        return kept
    line = line_of(revision_id, _saved(draft_id))
    stored = dict(
        Attribution.objects.filter(revision__in=[each.pk for each in line], method=METHOD).values_list(
            "revision", "matches"
        )
    )
    if len(stored) < len(line):
        raise NotMeasured(revision_id=revision_id)
    language = drafts.get_revision(revision_id=RevisionId(line[0].pk)).language
    matches = [_pool_matches(stored[each.pk]) for each in line]
    return Start(engine=replayed(line, matches, language=language), line=tuple(each.pk for each in line))


def standing_of(*, draft_id: DraftId) -> Standing | None:
    """Return the engine's kept state for a draft."""
    row = AttributorState.objects.filter(draft=draft_id).first()
    return Standing(line=tuple(row.line), state=bytes(row.state)) if row is not None and row.line else None


def unmeasured_before(*, draft_id: DraftId, revision_id: RevisionId) -> list[RevisionId]:
    """Return the revisions that this one was made from and nobody has attributed yet, oldest first."""
    line = [each.pk for each in line_of(revision_id, _saved(draft_id))][:-1]
    done = set(Attribution.objects.filter(revision__in=line, method=METHOD).values_list("revision", flat=True))
    return [RevisionId(each) for each in line if each not in done]


def is_measured(*, revision_id: RevisionId) -> bool:
    """Tell whether a revision's attribution is stored."""
    return Attribution.objects.filter(revision=revision_id, method=METHOD).exists()


def pool_matches_in(*, draft_id: DraftId, text: str, until: datetime) -> FindMatches:
    """Return the question "which known machine text is in these spans of this text?", asked of lineage."""

    def find(within: Sequence[tuple[int, int]]) -> Sequence[PoolMatch]:
        matches = lineage.matches_in(text=text, until=until, draft_id=draft_id, within=within)
        return [
            PoolMatch(match.start, match.end, match.source) for match in matches if match.origin is TextOrigin.MACHINE
        ]

    return find


def origins_for_index(
    *,
    draft_id: DraftId,  # noqa: ARG001 (a JobKind's prepare gets all that its action gets)
    revision_id: RevisionId,
    attestation_id: UUID,  # noqa: ARG001 (the same)
    at: datetime,  # noqa: ARG001 (the same)
) -> tuple[tuple[int, int, TextOrigin], ...]:
    """Return whose words a published revision is made of, for the index: half-open code points and origin.

    :raises NotMeasured: never for a revision that could be signed.
    """
    spans = attribution_of(revision_id=revision_id).spans
    return tuple((row.start, row.end, _origin_of(RANK[row.kind])) for row in spans)


def _origin_of(rank: int) -> TextOrigin:
    if rank in HUMAN_SIDE:
        return TextOrigin.HUMAN
    return TextOrigin.MACHINE if rank in AI_SIDE else TextOrigin.UNKNOWN


def _saved(draft_id: DraftId) -> list[SavedText]:
    return list(drafts.revisions_of(draft_id=draft_id))


def _pool_matches(rows: Sequence[Sequence[object]]) -> tuple[PoolMatch, ...]:
    return tuple(PoolMatch(*row) for row in rows)  # type: ignore[arg-type]  # rows of our own
