"""Which sign-offs count: computed from the texts, so that no lost row can make one valid (review.md, section 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.drafts.states import Origin, Placement
from content.review.situation import RevisionFacts, SignOffFacts


def with_validity(sign_offs: Iterable[SignOffFacts], revisions: Sequence[RevisionFacts]) -> tuple[SignOffFacts, ...]:
    """Return the sign-offs with `is_valid` computed: no void, no later change of the text, no later machine text.

    :param revisions: all revisions of the draft, on every line.
    """
    return tuple(replace(each, is_valid=counts(each, revisions)) for each in sign_offs)


def counts(sign_off: SignOffFacts, revisions: Sequence[RevisionFacts]) -> bool:
    """Tell whether a sign-off holds for the head of `revisions`."""
    if sign_off.void_cause is not None:
        return False
    later = [each for each in revisions if each.number > sign_off.newest_number]
    return not any(_breaks(sign_off, revision) for revision in later)


def _breaks(sign_off: SignOffFacts, revision: RevisionFacts) -> bool:
    if revision.origin is not Origin.HUMAN:
        return True
    if revision.placement is not Placement.HEAD:
        return False
    return revision.digest != sign_off.digest and revision.id not in sign_off.carried_to
