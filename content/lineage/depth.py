"""Generation depth: how many machine generations lie behind a text, from declared and detected sources.

`depth(AI run) = 1 + max(depth of every source)`, 1 when there is none; human runs have depth 0 (`loop-guard.md`, A5).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class DepthBasis(StrEnum):
    """What a depth rests on; earlier ones win a tie."""

    ATTESTED = "attested"
    MATCHED = "matched"
    DECLARED = "declared"
    UNKNOWN = "unknown"


class SourceState(StrEnum):
    """What is known about the attestation that a source names."""

    VERIFIED = "verified"
    UNTRUSTED_ISSUER = "untrusted_issuer"
    REVOKED = "revoked"
    NONE = "none"


DERIVING = frozenset({"derived_from", "translates"})
"Relations that hand depth on; a quotation or a reference does not."


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownParent:
    """A text of our own index that a source names by its attestation. `depth` is that of its statement."""

    depth: int
    retired: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Ancestor:
    """One declared or matched parent. `position` is its index in `sources`, or counts on for matched ones."""

    position: int
    relation: str
    uri: str
    digest: str
    basis: DepthBasis
    depth: int
    state: SourceState


@dataclass(frozen=True, kw_only=True, slots=True)
class Depth:
    """Generation depth of a machine text: 1 for text made from a prompt alone."""

    depth: int
    basis: DepthBasis


def declared_ancestors(
    sources: Sequence[Mapping[str, object]], known: Mapping[str, KnownParent]
) -> tuple[Ancestor, ...]:
    """Return one ancestor for each source that a CMS declared.

    :param sources: the `sources` of the draft, as the API checked them.
    :param known: published texts of our own, by attestation id as written.
    """
    return tuple(_ancestor(position, source, known) for position, source in enumerate(sources))


def _ancestor(position: int, source: Mapping[str, object], known: Mapping[str, KnownParent]) -> Ancestor:
    basis, depth, state = _standing(source, known)
    return Ancestor(
        position=position,
        relation=str(source.get("relation") or "derived_from"),
        uri=str(source.get("url") or ""),
        digest=str(source.get("digest") or ""),
        basis=basis,
        depth=depth,
        state=state,
    )


def _standing(source: Mapping[str, object], known: Mapping[str, KnownParent]) -> tuple[DepthBasis, int, SourceState]:
    attestation = source.get("attestation")
    state = SourceState.NONE
    if attestation:
        # A bundle of somebody else falls back to what was declared: we trust no foreign issuer yet.
        parent = known.get(attestation) if isinstance(attestation, str) else None
        if parent is not None and not parent.retired:
            return DepthBasis.ATTESTED, parent.depth, SourceState.VERIFIED
        state = SourceState.UNTRUSTED_ISSUER if parent is None else SourceState.REVOKED
    declared = source.get("generation_depth")
    if isinstance(declared, int):
        return DepthBasis.DECLARED, declared, state
    return DepthBasis.UNKNOWN, 0, state


def depth_of(ancestors: Iterable[Ancestor], *, declared: bool) -> Depth:
    """Return the depth of machine text with these ancestors; the deepest gives the basis, ties go to the better one.

    :param declared: whether the CMS said anything about sources; an empty list means "from a prompt only".
    """
    deriving = [each for each in ancestors if each.relation in DERIVING]
    order = list(DepthBasis)
    if not deriving:
        return Depth(depth=1, basis=DepthBasis.DECLARED if declared else DepthBasis.UNKNOWN)
    deepest = min(deriving, key=lambda each: (-each.depth, order.index(each.basis)))
    return Depth(depth=1 + deepest.depth, basis=deepest.basis)
