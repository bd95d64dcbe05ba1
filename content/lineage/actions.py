"""Put texts into the index and keep what was found when they came."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from content.actors import Actor, require_system
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.events import actions as events
from content.events.writing import quiet_action
from content.lineage import queries
from content.lineage.depth import Ancestor, Depth, DepthBasis, SourceState, declared_ancestors, depth_of
from content.lineage.facts import DraftIndexed, PublicationIndexed
from content.lineage.found import SimilarText, TextOrigin, word_runs
from content.lineage.models import Ancestry, Boilerplate, Fingerprint, IndexedText
from content.lineage.winnow import DENSE, SCHEME, SPARSE, fingerprint, spaced_words

COMMON_AT = 50
"Texts in which a hash is boilerplate, up to 50,000 texts; beyond that one in a thousand (`loop-guard.md`, A2)."
COMMON_ONE_IN = 1000


@quiet_action
def index_draft(*, draft_id: DraftId, revision_id: RevisionId, by: Actor, at: datetime) -> None:
    """Make a machine text findable, note what it resembles, and work out its generation depth. Again: nothing.

    :raises RevisionNotFound: if there is no such revision.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    draft = drafts.lock_draft(draft_id=draft_id)
    if queries.is_indexed(revision_id=revision_id, kind="draft"):
        return
    revision = drafts.get_revision(revision_id=revision_id)
    state, similar = queries.similar_texts(text=revision.text, draft_id=draft_id)
    ancestors = [*_declared(draft.sources), *_matched(similar, after=len(draft.sources or ()))]
    depth = depth_of(ancestors, declared=draft.sources is not None)
    reuse = max((text.share for text in similar if text.kind == "published"), default=0.0)
    indexed = IndexedText(
        kind="draft",
        draft=draft,
        revision=revision,
        sha256=revision.text_sha256,
        scheme=SCHEME,
        state=state.value,
        depth_max=depth.depth,
        depth_basis=depth.basis.value,
        reuse_share=reuse,
        similar=[_row(text) for text in similar],
        received_at=revision.created_at,
        indexed_at=at,
    )
    _store(indexed, text=revision.text, window=DENSE)
    Ancestry.objects.bulk_create(
        Ancestry(
            text=indexed,
            position=each.position,
            relation=each.relation,
            uri=each.uri[:2048],
            digest=each.digest[:71],
            basis=each.basis.value,
            depth=each.depth,
            state=each.state.value,
        )
        for each in ancestors
    )
    events.record(_indexed_fact(indexed, depth), by=by, at=at)


@quiet_action
def index_publication(  # the origins come from a later part, so they are passed in
    *,
    draft_id: DraftId,
    revision_id: RevisionId,
    attestation_id: UUID,
    prepared: Sequence[tuple[int, int, TextOrigin]],
    by: Actor,
    at: datetime,
) -> None:
    """Make a published text findable, with whose words are where. Again: nothing.

    :param prepared: half-open code points and their origin, ascending and disjoint.
    :raises RevisionNotFound: if there is no such revision.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    draft = drafts.lock_draft(draft_id=draft_id)
    if queries.is_indexed(revision_id=revision_id, kind="published"):
        return
    revision = drafts.get_revision(revision_id=revision_id)
    known = queries.lineage_of(draft_id=draft_id)
    words = [(word.start, word.end) for word in spaced_words(revision.text)]
    indexed = IndexedText(
        kind="published",
        draft=draft,
        revision=revision,
        sha256=revision.text_sha256,
        scheme=SCHEME,
        runs=word_runs(words, prepared, depth=known.depth_max),
        attestation_id=attestation_id,
        depth_max=known.depth_max,
        depth_basis=known.depth_basis.value,
        received_at=at,
        indexed_at=at,
    )
    _store(indexed, text=revision.text, window=SPARSE)
    events.record(PublicationIndexed(draft_id=draft_id, revision_id=revision_id), by=by, at=at)


@quiet_action
def retire_publication(*, draft_id: DraftId, by: Actor, at: datetime) -> None:
    """Note that the published texts of a draft were taken back; they stay findable, but vouch for nothing.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    IndexedText.objects.filter(draft=draft_id, kind="published", retired_at=None).update(retired_at=at)


def _store(indexed: IndexedText, *, text: str, window: int) -> None:
    keys = [word.key for word in spaced_words(text)]
    indexed.words = len(keys)
    indexed.save(force_insert=True)
    grams = fingerprint(keys, window)
    common = _common_by_now({gram.hash for gram in grams}, at=indexed.indexed_at)
    Fingerprint.objects.bulk_create(
        Fingerprint(hash=gram.hash, text=indexed, position=gram.position) for gram in grams if gram.hash not in common
    )


def _common_by_now(hashes: Collection[int], *, at: datetime) -> set[int]:
    """Return the hashes that say nothing, and forget those that this text makes too common."""
    common = queries.common_hashes(hashes=hashes)
    limit = max(COMMON_AT, IndexedText.objects.count() // COMMON_ONE_IN)
    known = Fingerprint.objects.filter(hash__in=queries.among(hashes=hashes))
    counted = known.values_list("hash").annotate(n=Count("pk")).filter(n__gte=limit - 1)
    worn_out = {value for value, _ in counted}
    if worn_out:
        Boilerplate.objects.bulk_create(Boilerplate(hash=value, since=at) for value in sorted(worn_out))
        Fingerprint.objects.filter(hash__in=queries.among(hashes=worn_out)).delete()
    return common | worn_out


def _declared(sources: Sequence[Mapping[str, object]] | None) -> tuple[Ancestor, ...]:
    sources = sources or ()
    known = queries.known_parents(attestation_ids=[each for each in map(_own_id, sources) if each is not None])
    return declared_ancestors(sources, known)


def _own_id(source: Mapping[str, object]) -> UUID | None:
    """Return the attestation that a source names by id; a bundle, or anything else, is none of ours."""
    named = source.get("attestation")
    try:
        return UUID(named) if isinstance(named, str) else None
    except ValueError:
        return None


def _matched(similar: Sequence[SimilarText], *, after: int) -> list[Ancestor]:
    """Return the published texts that hold so much of a draft that it was made from them.

    A single run of eight words is no parent: common phrases would deepen text after text (`docs/adr`).
    """
    return [
        Ancestor(
            position=after + index,
            relation="derived_from",
            uri=f"urn:uuid:{text.attestation_id}",
            digest="",
            basis=DepthBasis.MATCHED,
            depth=text.depth,
            state=SourceState.NONE,
        )
        for index, text in enumerate(each for each in similar if each.kind == "published" and each.is_reuse)
    ]


def _row(text: SimilarText) -> dict[str, object]:
    attestation_id = str(text.attestation_id) if text.attestation_id else None
    return asdict(text) | {"draft_id": str(text.draft_id), "attestation_id": attestation_id}


def _indexed_fact(indexed: IndexedText, depth: Depth) -> DraftIndexed:
    return DraftIndexed(
        draft_id=DraftId(indexed.draft_id),
        revision_id=RevisionId(indexed.revision_id),
        depth_max=depth.depth,
        depth_basis=depth.basis.value,
        reuse_share=indexed.reuse_share,
    )
