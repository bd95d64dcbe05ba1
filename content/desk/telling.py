"""What happened, in words: one sentence an Event, from its ids and numbers and the names of people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from content.desk import words

if TYPE_CHECKING:
    from content.events.models import Event

Payload = Mapping[str, Any]
Words = str | Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One entry of a history: what happened, who did it, when, and the name of the fact."""

    id: int
    sentence: str
    who: str
    kind: str
    at: datetime
    fact: str
    digest: str


PLAIN: Mapping[str, Words] = {
    "source_created.v1": later("A source was added."),
    "token_created.v1": later("A token was made."),
    "token_revoked.v1": later("A token was revoked."),
    "person_added.v1": later("Somebody got an account."),
    "draft_amended.v1": later("The source changed details, not the text."),
    "draft_rendered.v1": later("The reading view was made."),
    "draft_analyzed.v1": later("The text was read for claims and findings."),
    "publication_indexed.v1": later("The published text can be found again when somebody reuses it."),
    "revision_attributed.v1": later("Who wrote each word was measured."),
    "case_opened.v1": later("The draft came into the queue."),
    "lease_released.v1": later("The draft was given back."),
    "lease_expired.v1": later("The time to work on it ran out; what was typed is kept."),
    "thread_resolved.v1": later("A question was answered."),
    "thread_reopened.v1": later("A question was opened again."),
    "comment_added.v1": later("A comment was written."),
    "paste_declared.v1": later("The origin of a pasted passage was given."),
    "finding_dismissed.v1": later("A finding was dismissed, with a reason."),
    "sign_off_carried.v1": later("Sign-offs hold on: only the form of the text changed."),
    "objection_lifted.v1": later("An objection was lifted."),
    "changes_requested.v1": later("The source was asked for another text."),
    "case_ready.v1": later("Everything that the policy asks for is there."),
    "draft_withdrawn.v1": later("The draft was withdrawn."),
    "publication_requested.v1": later("Publication was asked for."),
    "publication_undone.v1": later("The request to publish was taken back."),
    "publication_failed.v1": later("It did not go out, because the case had changed meanwhile."),
    "publication_retracted.v1": later("The published text was retracted."),
    "attestation_signed.v1": later("The statement about the text was signed."),
    "job_replayed.v1": later("Work that had been given up was started again."),
    "job_dropped.v1": later("Work that had been given up was dropped."),
    "deliveries_replayed.v1": later("Messages were sent once more."),
    "delivery_replayed.v1": later("A message was sent once more."),
    "endpoint_tested.v1": later("A test message was asked for."),
    "webhook_endpoint_changed.v1": later("A webhook address was changed."),
    "role_granted.v1": later("A role was given."),
    "role_revoked.v1": later("A role was taken back."),
    "responsible_party_set.v1": later("Somebody answers for texts from now on."),
    "policy_drafted.v1": later("A new version of a policy was written."),
    "policy_activated.v1": later("A policy came into force."),
    "key_registered.v1": later("A signing key was registered."),
    "log_extended.v1": later("The log grew."),
    "log_refused.v1": later("The log refused to grow."),
    "insights_viewed.v1": later("Somebody looked at insights."),
}


def _received(payload: Payload) -> str:
    return _("The source posted the draft: %(words)s words.") % {"words": payload["words"]}


def _resubmitted(payload: Payload) -> str:
    if payload["placement"] == "aside":
        return _("The source sent a new text; it is offered beside yours.")
    return _("The source sent a new text.")


def _saved(payload: Payload) -> str:
    sentence = (
        _("Version %(number)s was saved.")
        if payload["placement"] == "head"
        else _("Version %(number)s was kept beside the text.")
    )
    return sentence % {"number": payload["number"]}


def _indexed(payload: Payload) -> str:
    share = round(100 * payload["reuse_share"])
    if share:
        return _("Compared with what is published: %(share)s %% equal.") % {"share": share}
    return _("Compared with what is published: nothing alike.")


def _claimed(payload: Payload) -> str:
    return _("Taken to approve.") if payload["purpose"] == "approve" else _("Taken to edit.")


def _checked(payload: Payload) -> str:
    if payload["state"] == "stands":
        return _("A paragraph was read and stands.")
    return _("A claim was checked.")


def _signed(payload: Payload) -> str:
    return _("Approved.") if payload["kind"] == "approver" else _("Signed off by the editor.")


def _voided(payload: Payload) -> str:
    return _("A sign-off counts no more. %(why)s") % {"why": words.VOIDS.get(payload["void_cause"], "")}


def _gate(payload: Payload) -> str:
    return _("The gate is open.") if payload["approved"] else _("The gate asks for more.")


def _sent_back(payload: Payload) -> str:
    return _("Sent back: %(why)s.") % {"why": words.SEND_BACK_REASONS.get(payload["reason_code"], "")}


def _rejected(payload: Payload) -> str:
    return _("Rejected: %(why)s.") % {"why": words.REJECT_REASONS.get(payload["reason_code"], "")}


def _published(payload: Payload) -> str:
    return _("Published as version %(version)s.") % {"version": payload["version"]}


def _issued(payload: Payload) -> str:
    return _("The statement stands in the log at place %(place)s.") % {"place": payload["log_index"]}


def _revoked(payload: Payload) -> str:
    if payload["status"] == "superseded":
        return _("The statement was replaced by a newer one.")
    return _("The statement was revoked.")


SENTENCES: Mapping[str, Callable[[Payload], str]] = {
    "draft_received.v1": _received,
    "draft_resubmitted.v1": _resubmitted,
    "draft_indexed.v1": _indexed,
    "revision_saved.v1": _saved,
    "case_claimed.v1": _claimed,
    "claim_checked.v1": _checked,
    "sign_off_given.v1": _signed,
    "sign_off_voided.v1": _voided,
    "gate_changed.v1": _gate,
    "case_sent_back.v1": _sent_back,
    "case_rejected.v1": _rejected,
    "draft_published.v1": _published,
    "attestation_issued.v1": _issued,
    "attestation_revoked.v1": _revoked,
}


def sentence_of(event: "Event", names: Mapping[int, str]) -> str:
    """Return what an Event tells; the name of the fact where there is no sentence for it."""
    if event.fact in {"case_handed_over.v1", "case_assigned.v1"}:
        to = names.get(event.payload.get("to_user_id") or 0, "")
        template = (
            _("Handed over to %(to)s.") if event.fact == "case_handed_over.v1" else _("Assignment changed. %(to)s")
        )
        return template % {"to": to}
    if event.fact in SENTENCES:
        return SENTENCES[event.fact](event.payload)
    return str(PLAIN.get(event.fact, event.fact))


def people_in(events: "list[Event]") -> list[int]:
    """Return the ids of everybody who appears in these Events."""
    acted = [int(event.actor) for event in events if event.actor_kind == "person"]
    return acted + [event.payload["to_user_id"] for event in events if event.payload.get("to_user_id")]


def told(event: "Event", names: Mapping[int, str]) -> Told:
    """Return an Event as the history shows it."""
    who = names.get(int(event.actor), "") if event.actor_kind == "person" else ""
    return Told(
        id=event.pk,
        sentence=sentence_of(event, names),
        who=who,
        kind={"person": "human", "source": "machine"}.get(event.actor_kind, "system"),
        at=event.at,
        fact=event.fact,
        digest=event.digest,
    )
