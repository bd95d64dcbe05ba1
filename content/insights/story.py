"""The story of one case, read from the Events of its draft: what insights know comes from here and nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Happened(Protocol):
    """An Event, as far as it is read here."""

    pk: int
    fact: str
    at: datetime
    case_id: UUID | None

    @property
    def payload(self) -> Mapping[str, object]:
        """What the Event says."""


OUTCOMES = {
    "draft_published.v1": "published",
    "case_rejected.v1": "rejected",
    "draft_withdrawn.v1": "withdrawn",
}
TAKEN = frozenset({"case_claimed.v1", "case_handed_over.v1", "case_ready.v1", "changes_requested.v1"})
"After these a case waits for no person of ours."
FREED = frozenset(
    {"lease_released.v1", "lease_expired.v1", "case_sent_back.v1", "sign_off_voided.v1", "draft_resubmitted.v1"}
)


@dataclass(kw_only=True, slots=True)
class Story:
    """What happened to a case so far; ids point at the records that hold the numbers."""

    case_id: UUID
    opened_at: datetime
    event_id: int
    waiting: bool = True
    judged_at: datetime | None = None
    judged_result_id: int | None = None
    passed_first: bool | None = None
    signed_at: datetime | None = None
    sign_off_id: int | None = None
    closed_at: datetime | None = None
    outcome: str = ""


@dataclass(kw_only=True, slots=True)
class _Reader:
    """Reads the Events of a draft in order; keeps what the next ones need."""

    story: Story | None = None
    versions: int = 0
    standing: dict[int, datetime] = field(default_factory=dict)
    result_id: int | None = None
    approved: bool = False
    first_is_judged: bool = False

    def read(self, event: Happened, case_id: UUID) -> None:
        if event.fact == "case_opened.v1" and event.case_id == case_id:
            self.story = Story(case_id=case_id, opened_at=event.at, event_id=event.pk)
            return
        story = self.story
        if story is None or story.closed_at is not None or event.case_id not in {None, case_id}:
            return
        story.event_id = event.pk
        self._gate(event, story)
        self._sign_offs(event, story)
        if event.fact in TAKEN:
            story.waiting = False
        elif event.fact in FREED:
            story.waiting = True
        elif event.fact in OUTCOMES:
            story.closed_at, story.outcome, story.waiting = event.at, OUTCOMES[event.fact], False

    def _gate(self, event: Happened, story: Story) -> None:
        if event.fact == "gate_changed.v1" and event.payload["stage"] == "sign":
            self.result_id = _number(event.payload["gate_result_id"])
            self.approved = bool(event.payload["approved"])
            if self.versions == 1 and not self.first_is_judged:
                self.first_is_judged = True
                story.judged_result_id, story.passed_first = self.result_id, self.approved
            elif self.versions == 1:
                story.passed_first = story.passed_first or self.approved
        elif event.fact == "revision_saved.v1" and event.payload["placement"] == "head":
            self.versions += 1
            if self.versions == 1:  # the gate may answer as before and then says nothing new
                story.judged_at, story.passed_first = event.at, self.approved
                story.judged_result_id = self.result_id

    def _sign_offs(self, event: Happened, story: Story) -> None:
        if event.fact == "sign_off_given.v1":
            self.standing[_number(event.payload["sign_off_id"])] = event.at
            story.waiting = event.payload["kind"] == "editor"
            if story.judged_at is None:  # signed as the machine wrote it: the draft itself was the first version
                story.judged_at, story.passed_first = event.at, True
        elif event.fact == "sign_off_voided.v1":
            for sign_off_id in _numbers(event.payload["sign_off_ids"]):
                self.standing.pop(sign_off_id, None)
        else:
            return
        story.sign_off_id = max(self.standing, default=None)
        story.signed_at = None if story.sign_off_id is None else self.standing[story.sign_off_id]


def story_of(case_id: UUID, events: Sequence[Happened]) -> Story | None:
    """Return the story of a case; None if it was never opened.

    :param events: all Events of its draft, oldest first.
    """
    reader = _Reader()
    for event in events:
        reader.read(event, case_id)
    return reader.story


def cases_in(events: Sequence[Happened]) -> list[UUID]:
    """Return the cases that were opened, in order."""
    return [event.case_id for event in events if event.fact == "case_opened.v1" and event.case_id is not None]


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no id.")
    return value


def _numbers(values: object) -> list[int]:
    return [_number(value) for value in values] if isinstance(values, list) else []
