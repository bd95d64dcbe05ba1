"""Questions about sign-offs: what people put their name to, and whether it counts."""

from collections.abc import Collection, Mapping

from content.review.facts import CaseId
from content.review.models import Objection, ResponsibleParty, SignOff, SignOffCarry
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


def sign_off_rows(*, ids: Collection[int]) -> list[SignOff]:
    """Return sign-offs in full, with who is responsible, oldest first: what an attestation cites."""
    return list(SignOff.objects.select_related("responsible").filter(pk__in=ids).order_by("pk"))


def carry_methods(*, ids: Collection[int], revision_id: int) -> Mapping[int, str]:
    """Return by which method each of these sign-offs was carried to a revision; the others are left out."""
    rows = SignOffCarry.objects.filter(sign_off__in=ids, revision=revision_id)
    return dict(rows.values_list("sign_off_id", "method"))
