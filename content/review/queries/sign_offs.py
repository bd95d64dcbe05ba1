"""Questions about sign-offs: what people put their name to, and whether it counts."""

from content.review.facts import CaseId
from content.review.models import Objection, ResponsibleParty
from content.review.queries.facts import facts_of
from content.review.situation import ObjectionFacts, SignOffFacts


def sign_offs_of(*, case_id: CaseId) -> tuple[SignOffFacts, ...]:
    """Return every sign-off of a case, oldest first, each with whether it counts now and why not.

    :raises CaseNotFound: if there is no such case.
    """
    return facts_of(case_id=case_id).sign_offs


def valid_sign_offs(*, case_id: CaseId) -> tuple[SignOffFacts, ...]:
    """Return the sign-offs of a case that count now, oldest first.

    :raises CaseNotFound: if there is no such case.
    """
    return facts_of(case_id=case_id).valid_sign_offs


def open_objections(*, case_id: CaseId) -> tuple[ObjectionFacts, ...]:
    """Return the objections that stand, oldest first.

    :raises CaseNotFound: if there is no such case.
    """
    return facts_of(case_id=case_id).objections


def objections_ever(*, case_id: CaseId, limit: int = 100) -> list[Objection]:
    """Return every objection of a case, lifted or not, newest first."""
    return list(Objection.objects.filter(case=case_id).order_by("-id")[:limit])


def responsible_party(*, party_id: int) -> ResponsibleParty | None:
    """Return who answers for a text."""
    return ResponsibleParty.objects.filter(pk=party_id).first()
