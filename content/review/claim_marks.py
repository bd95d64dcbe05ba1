"""What people's marks on sentences add up to: open claims, verified sentences (review.md, section 9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from content.review.states import Basis, ClaimState

CHECKED = frozenset({ClaimState.CORRECT, ClaimState.CORRECTED, ClaimState.NOT_A_CLAIM, ClaimState.ALLOWED})
"States in which a claim that still stands in the text asks nothing more of anybody."


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """The latest that a person said about a sentence."""

    sentence_hash: str
    state: ClaimState
    basis: Basis | None
    source_url: str
    note: str
    person_id: int
    at: datetime

    @property
    def settles(self) -> bool:
        """Whether a claim with this mark is checked. What only an AI tool says is not."""
        return self.state in CHECKED and self.basis is not Basis.AI_ANSWER


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimMarks:
    """How the claims of a text stand. `verified`: hashes of sentences that a person vouches for as they are."""

    found: int
    open: int
    cannot_verify: int
    dismissed: int
    verified: frozenset[str]
    primary_source_named: bool

    @property
    def checked(self) -> int:
        """Claims that were checked and stand."""
        return self.found - self.open - self.cannot_verify - self.dismissed


def add_up(claims: Iterable[str], marks: Mapping[str, Mark]) -> ClaimMarks:
    """Return how the claims of a text stand.

    :param claims: the sentence hash of each claim that stands in the text now.
    :param marks: the latest mark by sentence hash; those of sentences that are gone count for nothing.
    """
    claims = list(claims)
    of_claims = [marks[each] for each in claims if each in marks]
    unverifiable = [each for each in of_claims if each.state in {ClaimState.CANNOT_VERIFY, ClaimState.ALLOWED}]
    waved_through = sum(1 for each in unverifiable if each.settles)
    settled = {each.sentence_hash for each in of_claims if each.settles}
    known = set(claims)
    stands = {
        each.sentence_hash
        for each in marks.values()
        if each.state is ClaimState.STANDS and each.sentence_hash not in known
    }
    return ClaimMarks(
        found=len(claims),
        open=sum(1 for each in claims if each not in settled),
        cannot_verify=waved_through,
        dismissed=sum(1 for each in of_claims if each.settles and each.state is ClaimState.NOT_A_CLAIM),
        verified=frozenset(settled | stands),
        primary_source_named=any(each.settles and each.basis is Basis.SOURCE and each.source_url for each in of_claims),
    )
