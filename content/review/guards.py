"""Guards of the table in `transitions`: pure, each says why not, and all are asked so that a person sees everything."""

from collections.abc import Callable
from dataclasses import dataclass, field

from content.actors import Actor, Person
from content.review.four_eyes import may_approve
from content.review.situation import CaseFacts
from content.review.states import Purpose

Params = dict[str, str | int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why an action is refused. `rule` names the policy rule where one is meant."""

    code: str
    reason: str
    rule: str = ""
    params: Params = field(default_factory=dict)


Guard = Callable[[CaseFacts, Actor], Reason | None]


def holds_lease(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask for the lease of whoever acts."""
    if facts.lease is not None and isinstance(by, Person) and facts.lease.holder_id == by.id:
        return None
    return Reason(code="lease_lost", reason="You do not hold this case now; take it first.")


def holds_to_edit(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask for a lease to edit."""
    return _holds(facts, by, Purpose.EDIT)


def holds_to_approve(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask for a lease to approve."""
    return _holds(facts, by, Purpose.APPROVE)


def _holds(facts: CaseFacts, by: Actor, purpose: Purpose) -> Reason | None:
    if facts.lease is not None and facts.lease.purpose is not purpose:
        return Reason(code="lease_lost", reason=f"Nobody holds this case to {purpose.value} it; take it first.")
    return holds_lease(facts, by)


def is_free(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask that nobody else holds the case. What the actor holds is theirs to end."""
    if facts.lease is None or (isinstance(by, Person) and facts.lease.holder_id == by.id):
        return None
    return Reason(
        code="lease_held",
        reason="Somebody else holds this case.",
        params={"holder_id": facts.lease.holder_id, "expires_at": facts.lease.expires_at.isoformat()},
    )


def has_no_lease(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask that nobody holds the case, the actor included."""
    if facts.lease is None:
        return None
    mine = isinstance(by, Person) and facts.lease.holder_id == by.id
    return Reason(
        code="lease_held",
        reason="You hold this case already." if mine else "Somebody else holds this case.",
        params={"holder_id": facts.lease.holder_id, "expires_at": facts.lease.expires_at.isoformat()},
    )


def has_room(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask that the actor holds fewer cases than one person may."""
    del by
    if facts.leases_of_actor < facts.wip_limit:
        return None
    return Reason(
        code="wip_limit",
        reason=f"You hold {facts.leases_of_actor} cases; sign, release or hand one over first.",
        params={"limit": facts.wip_limit},
    )


def is_distinct(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask for a person who may approve under the policy's mode of four eyes."""
    if isinstance(by, Person) and may_approve(
        by.identity_key,
        mode=facts.four_eyes,
        contributed=facts.contributors,
        last_author=facts.last_author,
        sign_offs=facts.valid_sign_offs,
    ):
        return None
    return Reason(code="not_a_distinct_person", reason="You worked on this text, so somebody else must approve it.")


def was_never_out(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask that no version of the draft was ever published."""
    del by
    if not facts.was_published:
        return None
    return Reason(code="already_published", reason="This text is out; it can be corrected or retracted.")


def says_what_to_change(facts: CaseFacts, by: Actor) -> Reason | None:
    """Ask for an open comment that is meant for the Source."""
    del by
    if facts.has_comment_for_source:
        return None
    return Reason(code="nothing_to_change", reason="Write a comment meant for the source first.")
