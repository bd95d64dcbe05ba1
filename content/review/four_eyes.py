"""Who may approve: by contribution, and by human being, not by account (review.md, section 5)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from content.drafts.states import Origin, Placement
from content.review.situation import RevisionFacts, SignOffFacts
from content.review.states import SignOffKind

PERSON = "person:"


def contributions(revisions: Sequence[RevisionFacts], *, since: datetime) -> list[RevisionFacts]:
    """Return the revisions of people that changed what is signed, since a case was opened, oldest first."""
    digests = {each.id: each.digest for each in revisions}
    return [
        each
        for each in revisions
        if each.origin is Origin.HUMAN
        and each.placement is Placement.HEAD
        and each.created_at >= since
        and digests.get(each.parent_id or 0) != each.digest  # type: ignore[call-overload]
    ]


def author_ids(revisions: Iterable[RevisionFacts]) -> list[int]:
    """Return the user ids of the people who wrote revisions, in order, without repeats."""
    authors = (each.author.removeprefix(PERSON) for each in revisions if each.author.startswith(PERSON))
    return [int(author) for author in dict.fromkeys(authors)]


def contributors(
    revisions: Sequence[RevisionFacts], *, since: datetime, keys: Mapping[int, str]
) -> tuple[frozenset[str], str]:
    """Return the identity keys of all contributors of a case, and of who changed the text last ("" when nobody did).

    Whoever asked the model for the draft counts: `requested_by` is compared as an address in lower case.
    """
    changes = contributions(revisions, since=since)
    authors = [keys[each] for each in author_ids(changes)]
    asked = {each.requested_by.strip().lower() for each in revisions if each.requested_by}
    last = keys[author_ids(changes[-1:])[0]] if changes else ""
    return frozenset(authors) | asked, last


def may_approve(
    identity_key: str, *, mode: str, contributed: Collection[str], last_author: str, sign_offs: Iterable[SignOffFacts]
) -> bool:
    """Tell whether a person is distinct enough to approve.

    :param mode: `strict`: did not change the text in this case; `last_push`: did not change it last.
    :param sign_offs: those that count; nobody approves what they signed as editor.
    """
    if any(each.identity_key == identity_key for each in sign_offs if each.kind is SignOffKind.EDITOR):
        return False
    if mode == "last_push":
        return identity_key != last_author
    return identity_key not in contributed


def approvals(
    sign_offs: Sequence[SignOffFacts],
    *,
    mode: str,
    contributed: Collection[str],
    last_author: str,
    solo_until: date | None = None,
    today: date | None = None,
) -> int:
    """Count the distinct people whose approval counts; under `solo`, while it is in force, the editor's does.

    :param sign_offs: the valid ones.
    """
    people = {
        each.identity_key
        for each in sign_offs
        if each.kind is SignOffKind.APPROVER
        and may_approve(
            each.identity_key, mode=mode, contributed=contributed, last_author=last_author, sign_offs=sign_offs
        )
    }
    if mode == "solo" and solo_until is not None and today is not None and today <= solo_until:
        people |= {each.identity_key for each in sign_offs if each.kind is SignOffKind.EDITOR}
    return len(people)
