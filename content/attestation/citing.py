"""From what the parts know to what a statement cites: plain values in, plain values out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from content.attestation.words import Run, counted_words
from content.lineage.depth import Ancestor, DepthBasis
from content.lineage.found import LineageFacts
from content.policy.gate import GateDecision
from content.policy.verdict import Outcome, Verdict
from content.proof.cited import (
    AuthorshipCited,
    DisclosureCited,
    GeneratorCited,
    LineageCited,
    MarkCited,
    ParentCited,
    ToolUsed,
    VerdictCited,
    Words,
)
from content.proof.citing import cite_blocks
from content.proof.claims import ClaimLevel, basis_points
from content.proof.digest import NotADigest, digest_of, hex_of
from content.review.declaration import Declaration

SOLO: Final = "no"
ALWAYS: Final = ("source_declared", "typing_not_authorship", "truth_not_claimed", "time_self_asserted")
"What no attestation of this product can prove."


def authorship(
    *, text: str, runs: Sequence[Run], measures: Mapping[str, object], unverified_run: int, lineage: LineageFacts
) -> AuthorshipCited:
    """Return claim two: words by kind, the measures the gate saw, and the block map."""
    words = list(counted_words(text, runs))
    counts: dict[str, int] = {}
    for _, kind in words:
        counts[kind] = counts.get(kind, 0) + 1
    longest = _whole(measures["longest_ai_run"])
    is_known = lineage.depth_basis is not DepthBasis.UNKNOWN
    return AuthorshipCited(
        method=str(measures["method"]),
        words=Words.of(counts),
        human_share_bp=_points(measures["human_share"]),
        effective_human_share_bp=_points(measures["effective_human_share"]),
        novel_share_bp=_points(measures["novel_share"]),
        draft_survival_bp=_points(measures["draft_survival"]),
        longest_ai_run=longest,
        longest_unverified_ai_run=min(unverified_run, longest),
        substantive_hunks=_whole(measures["substantive_hunks"]),
        blocks=cite_blocks(text=text, words=words, depth=lineage.depth_max if is_known else None),
    )


def _points(share: object) -> int:
    return basis_points(float(str(share)))


def _whole(count: object) -> int:
    return int(str(count))


def verdicts(decision: GateDecision) -> tuple[VerdictCited, ...]:
    """Return every base rule that holds, and the rules of the level that is claimed."""
    claimed = next((level.verdicts for level in decision.levels if level.level is decision.claim_level), ())
    return tuple(_verdict(each) for each in (*decision.verdicts, *claimed) if each.outcome is Outcome.APPROVED)


def _verdict(verdict: Verdict) -> VerdictCited:
    return VerdictCited(
        rule=verdict.rule,
        outcome=verdict.outcome.value,
        needed=verdict.needed or None,
        measured=(verdict.measured or None) if verdict.needed else None,
    )


def disclosure(decision: GateDecision, *, exempt_reason: str) -> DisclosureCited:
    """Return what readers are to be told, with the digest of the written reason where only that exempts the text."""
    is_rewritten = decision.claim_level is ClaimLevel.HUMAN_REWRITTEN
    by_reason = decision.disclosure.value == "exempt_reviewed" and decision.claim_level is ClaimLevel.REVIEWED
    return DisclosureCited(
        outcome=decision.disclosure.value,
        digital_source_type=("compositeWithTrainedAlgorithmicMedia" if is_rewritten else "trainedAlgorithmicMedia"),
        exemption=digest_of(exempt_reason.encode()) if by_reason else None,
    )


def lineage(facts: LineageFacts) -> LineageCited:
    """Return how many machine generations lie behind the text, and the parents that can be named by their digest."""
    return LineageCited(
        depth_max=facts.depth_max,
        basis=facts.depth_basis.value,
        parents=tuple(_parents(facts.ancestry)),
    )


def _parents(ancestry: Iterable[Ancestor]) -> Iterable[ParentCited]:
    for parent in ancestry:
        try:
            hex_of(parent.digest)
        except NotADigest:
            continue  # known by its address only; the statement names bytes
        yield ParentCited(relation=parent.relation, digest=parent.digest)


def generators(generation: Mapping[str, object]) -> tuple[GeneratorCited, ...]:
    """Return the model that made the draft, as its Source declared it."""
    model = " ".join(str(generation[key]) for key in ("model", "version") if generation.get(key))
    return (GeneratorCited(provider=str(generation.get("provider") or "unknown"), model=model, declared_by="source"),)


def marks(upstream: Sequence[Mapping[str, object]]) -> tuple[MarkCited, ...]:
    """Return the provider's marks that the Source looked for; we check none ourselves yet."""
    return tuple(MarkCited(kind=str(mark["kind"]), result="declared") for mark in upstream if mark.get("kind"))


def tools(declaration: Mapping[str, object]) -> tuple[ToolUsed, ...]:
    """Return the tools that a person declared when signing."""
    declared = Declaration.from_value(declaration).tools or ()
    return tuple(ToolUsed(name=tool.name, ai=tool.ai, used_for=tool.used_for) for tool in declared)


def limits(*, four_eyes: str, words: Words) -> tuple[str, ...]:
    """Return what this attestation does not prove."""
    solo = ("solo_review",) if four_eyes == SOLO else ()
    unseen = ("events_missing",) if words.asserted else ()
    return (*ALWAYS, *solo, *unseen)
