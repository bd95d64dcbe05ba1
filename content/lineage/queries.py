"""Questions about where a text comes from: known passages in it, look-alikes of it, its depth."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from content.drafts.facts import DraftId
from content.drafts.states import Placement
from content.lineage.depth import Ancestor, DepthBasis, KnownParent, SourceState
from content.lineage.extend import MINIMUM_WORDS, Run, common_runs
from content.lineage.found import (
    COMPARE_SHARE,
    UNKNOWN_LINEAGE,
    LineageFacts,
    LineageState,
    RunMatch,
    SimilarText,
    TextOrigin,
    WordRun,
    pieces,
    words_by_origin,
)
from content.lineage.models import Ancestry, Boilerplate, Fingerprint, IndexedText
from content.lineage.winnow import SPARSE, K, fingerprint, gram_hash, spaced_words
from content.text.tokens import Word

CANDIDATES = 5
"Known texts of each kind that are loaded and compared word by word."
USABLE = 8
"Fewer fingerprints than this say nothing about a whole text."
SHARED = 3
"Shared fingerprints without which a text is not called similar."
MATCHES_AT_MOST = 200


def matches_in(
    *, text: str, until: datetime, draft_id: DraftId, within: Sequence[tuple[int, int]] | None = None
) -> tuple[RunMatch, ...]:
    """Return the runs of at least eight words that stand in texts received up to `until`, in order of place.

    The draft's own line is left out (alignment finds it exactly); machine texts that were offered beside it are not.

    :param within: half-open code points; only runs that hold a word in there are sought. None: everywhere.
    """
    asked = spaced_words(text)
    wanted = _words_within(asked, within)
    keys = [word.key for word in asked]
    marks = [0, *accumulate(wanted)]
    # A run in which five words in a row hold none that is wanted is known already.
    hashes = {gram_hash(keys[at : at + K]) for at in range(len(keys) - K + 1) if marks[at + K] > marks[at]}
    found: list[RunMatch] = []
    for known in _best(hashes, until=until, draft_id=draft_id):
        for run in common_runs(keys, [word.key for word in spaced_words(known.revision.text)]):
            if marks[run.end] > marks[run.start]:
                found.extend(_matches(run, known, asked))
    kept = sorted(found, key=lambda match: (-match.words, match.start, match.source))[:MATCHES_AT_MOST]
    return tuple(sorted(kept, key=lambda match: (match.start, match.end, match.source)))


def similar_texts(*, text: str, draft_id: DraftId) -> tuple[LineageState, tuple[SimilarText, ...]]:
    """Return the known texts of other drafts that hold at least 15 % of this one's fingerprints, the most first."""
    words = spaced_words(text)
    keys = [word.key for word in words]
    grams = {gram.hash for gram in fingerprint(keys, SPARSE)}
    usable = grams - common_hashes(hashes=grams)
    if len(usable) < USABLE:
        return LineageState.TOO_SHORT, ()
    counts = _counts(usable, Q(text__retired_at=None) & ~Q(text__draft=draft_id))
    needed = max(SHARED, COMPARE_SHARE * len(usable))
    best = [(n, text_id) for (text_id, _), n in counts.most_common(4 * CANDIDATES) if n >= needed]
    known = _with_text(text_id for _, text_id in best)
    found = [_similar(known[text_id], keys, n / len(usable)) for n, text_id in best]
    return LineageState.DONE, _one_a_draft(found)


def lineage_of(*, draft_id: DraftId) -> LineageFacts:
    """Return what is known about a draft's newest machine text; `pending` until the index has seen it."""
    newest = IndexedText.objects.filter(draft=draft_id, kind="draft").order_by("-revision__number")
    # Most drafts name no parents: asking for them only where there are some saves every gate a question.
    indexed = newest.annotate(has_parents=Exists(Ancestry.objects.filter(text=OuterRef("pk")))).first()
    if indexed is None:
        return UNKNOWN_LINEAGE
    parents = Ancestry.objects.filter(text=indexed).order_by("position") if indexed.has_parents else ()
    similar = _as_of_now(indexed, [_read_similar(row) for row in indexed.similar])
    return LineageFacts(
        state=LineageState(indexed.state),
        reuse_share=max((text.share for text in similar if text.kind == "published"), default=0.0),
        similar=tuple(similar),
        depth_max=indexed.depth_max,
        depth_mean=float(indexed.depth_max),
        depth_basis=DepthBasis(indexed.depth_basis),
        ancestry=tuple(_ancestor(row) for row in parents),
    )


def common_hashes(*, hashes: Collection[int]) -> set[int]:
    """Return those hashes that stand in too many texts to say anything."""
    return set(Boilerplate.objects.filter(hash__in=among(hashes=hashes)).values_list("hash", flat=True))


def among(*, hashes: Collection[int]) -> RawSQL:
    """Return these hashes as the inside of an IN: one parameter, however many they are.

    A long text has more hashes than a statement may have parameters, and Django prepares each of them by itself:
    3.7 ms of CPU for 500.
    """
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(sorted(hashes)),))
    return RawSQL("SELECT unnest(%s::bigint[])", (sorted(hashes),))


def known_parents(*, attestation_ids: Collection[UUID]) -> Mapping[str, KnownParent]:
    """Return our own published texts by the attestation that names them."""
    rows = IndexedText.objects.filter(kind="published", attestation_id__in=list(attestation_ids))
    return {
        str(row.attestation_id): KnownParent(depth=row.depth_max, retired=row.retired_at is not None) for row in rows
    }


def is_indexed(*, revision_id: int, kind: str) -> bool:
    """Tell whether a text of this kind is in the index."""
    return IndexedText.objects.filter(revision=revision_id, kind=kind).exists()


def _words_within(words: Sequence[Word], within: Sequence[tuple[int, int]] | None) -> list[int]:
    """Return 1 for each word that a span touches, else 0; spans ascend."""
    if within is None:
        return [1] * len(words)
    marks = []
    at = 0
    for word in words:
        while at < len(within) and within[at][1] <= word.start:
            at += 1
        marks.append(int(at < len(within) and within[at][0] < word.end))
    return marks


def _best(hashes: set[int], *, until: datetime, draft_id: DraftId) -> list[IndexedText]:
    own_line = Q(text__draft=draft_id) & ~Q(text__revision__placement=Placement.ASIDE.value)
    counts = _counts(hashes, Q(text__received_at__lte=until) & ~own_line)
    by_kind: dict[str, list[int]] = {}
    for (text_id, kind), _ in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        by_kind.setdefault(kind, []).append(text_id)
    known = _with_text(text_id for ids in by_kind.values() for text_id in ids[:CANDIDATES])
    return [known[text_id] for text_id in sorted(known)]


def _counts(hashes: Collection[int], asked: Q) -> Counter[tuple[int, str]]:
    """Count the hashes that each known text shares, for the texts that share the most."""
    if not hashes:
        return Counter()
    rows = (
        Fingerprint.objects.filter(asked, hash__in=among(hashes=hashes))
        .values_list("text", "text__kind")
        .annotate(n=Count("pk"))
        .order_by("-n", "text")[: 10 * CANDIDATES]
    )
    return Counter({(text_id, kind): n for text_id, kind, n in rows})


def _with_text(ids: Iterator[int]) -> dict[int, IndexedText]:
    wanted = list(ids)
    if not wanted:
        return {}
    texts: QuerySet[IndexedText] = IndexedText.objects.filter(pk__in=wanted).select_related("revision", "draft")
    return {text.pk: text for text in texts}


def _matches(run: Run, known: IndexedText, asked: Sequence[Word]) -> Iterator[RunMatch]:
    for start, end, origin, depth in pieces(run, _runs_of(known)):
        if end - start >= MINIMUM_WORDS:
            yield RunMatch(
                start=asked[start].start,
                end=asked[end - 1].end,
                words=end - start,
                source=f"{known.kind}:{known.draft_id}:{known.revision.number}",
                origin=origin,
                depth=depth,
            )


def _runs_of(known: IndexedText) -> Sequence[WordRun]:
    if known.runs:
        return [(first, last, origin, depth) for first, last, origin, depth in known.runs]
    return [(0, known.words, TextOrigin.MACHINE.value, known.depth_max)]


def _similar(known: IndexedText, keys: Sequence[str], share: float) -> SimilarText:
    shared = common_runs(keys, [word.key for word in spaced_words(known.revision.text)])
    counted = words_by_origin(shared, _runs_of(known))
    return SimilarText(
        draft_id=known.draft_id,
        source_id=known.draft.source_id,
        kind=known.kind,
        title=known.revision.title,
        digest=f"sha256:{known.sha256}",
        share=round(share, 4),
        human_words=counted[TextOrigin.HUMAN],
        ai_words=counted[TextOrigin.MACHINE],
        depth=known.depth_max if counted[TextOrigin.MACHINE] else 0,
        attestation_id=known.attestation_id,
    )


def _one_a_draft(found: Sequence[SimilarText]) -> tuple[SimilarText, ...]:
    """Keep one text a draft: the published one if there is one, else the most similar; at most ten."""
    best: dict[UUID, SimilarText] = {}
    for text in sorted(found, key=lambda text: (text.kind != "published", -text.share)):
        best.setdefault(text.draft_id, text)
    return tuple(sorted(best.values(), key=lambda text: (-text.share, str(text.draft_id)))[: 2 * CANDIDATES])


def _as_of_now(indexed: IndexedText, similar: Sequence[SimilarText]) -> list[SimilarText]:
    """Compare with what went public of texts that were drafts when they were found: people may have rewritten it."""
    waiting = [text.draft_id for text in similar if text.kind != "published"]
    if not waiting:
        return list(similar)
    rows = IndexedText.objects.filter(draft__in=waiting, kind="published", retired_at=None)
    public = {row.draft_id: row for row in rows.select_related("revision", "draft").order_by("pk")}
    if not public:
        return list(similar)
    keys = [word.key for word in spaced_words(indexed.revision.text)]
    asked = {gram.hash for gram in fingerprint(keys, SPARSE)}
    shares = {draft_id: _shared(asked, row) for draft_id, row in public.items()}
    return [
        _similar(public[text.draft_id], keys, shares[text.draft_id])
        if shares.get(text.draft_id, 0.0) >= COMPARE_SHARE
        else text
        for text in similar
    ]


def _shared(asked: Collection[int], known: IndexedText) -> float:
    """Return the share of fingerprints, 0..1, that a known text holds."""
    held = {gram.hash for gram in fingerprint([word.key for word in spaced_words(known.revision.text)], SPARSE)}
    return len(held.intersection(asked)) / len(asked) if asked else 0.0


def _read_similar(row: Mapping[str, object]) -> SimilarText:
    values = dict(row)
    attestation_id = values.pop("attestation_id")
    return SimilarText(
        **{**values, "draft_id": UUID(str(row["draft_id"]))},  # type: ignore[arg-type]  # the row was written by us
        attestation_id=UUID(str(attestation_id)) if attestation_id else None,
    )


def _ancestor(row: Ancestry) -> Ancestor:
    return Ancestor(
        position=row.position,
        relation=row.relation,
        uri=row.uri,
        digest=row.digest,
        basis=DepthBasis(row.basis),
        depth=row.depth,
        state=SourceState(row.state),
    )
