"""Plays each demo draft to where it stands when the demo begins, through intake and the actions that people take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from content.actors import Machine
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.actions import receiving
from content.drafts.facts import DraftId
from content.drafts.intake.payload import DraftPayload, read_payload
from content.management.demo.cast import Cast
from content.management.demo.desk_work import Clock, DeskWork
from content.management.demo.scenes import Scene
from content.publishing.actions import requests
from content.publishing.queries import requests as request_queries
from content.review.actions import closing, comments, leases, resubmitting, second
from content.review.facts import CaseId
from content.review.queries import cases
from content.review.states import CaseState, Purpose

AN_HOUR = timedelta(hours=1)
A_MINUTE = timedelta(minutes=1)
UNDO_OVER = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Play:
    """One scene being played."""

    scene: Scene
    cast: Cast
    clock: Clock
    work: DeskWork

    @property
    def machine(self) -> Machine:
        """The program of the scene's source."""
        return self.cast.machines[self.scene.source]

    def signed(self) -> None:
        """Edit, check and sign."""
        self.clock.pass_by(AN_HOUR if self.scene.state != "in_review" else A_MINUTE)
        self.work.write(self.scene)
        self.work.check(self.scene)
        self.work.sign()


def play(scene: Scene, cast: Cast, clock: Clock) -> None:
    """Receive the draft, and take it to where it stands."""
    machine = cast.machines[scene.source]
    received = receiving.receive_draft(payload=_read(scene.payload(), machine, clock), by=machine, at=clock.now)
    clock.pass_by(A_MINUTE)
    clock.work()
    case = cases.open_case_of(draft_id=DraftId(received.draft.pk))
    if case is None:
        raise RuntimeError(f"The demo draft '{scene.external_id}' did not get a case.")
    ENDINGS[scene.state](
        Play(scene=scene, cast=cast, clock=clock, work=DeskWork(case_id=CaseId(case.pk), cast=cast, clock=clock))
    )
    clock.pass_by(A_MINUTE)
    clock.work()


def _read(payload: Mapping[str, object], machine: Machine, clock: Clock) -> DraftPayload:
    source = next(each for each in drafts.sources() if each.pk == machine.source_id)
    return read_payload(payload, source=drafts.facts_of(source=source), kinds=conf.kinds, at=clock.now)


def _waiting(_play: Play) -> None:
    """Nobody has taken it yet."""


def _in_review(play: Play) -> None:
    play.work.write(play.scene, share=0.5, keep=False)


def _awaiting_second(play: Play) -> None:
    play.signed()


def _sent_back(play: Play) -> None:
    play.signed()
    play.work.take_for_approval()
    second.send_back(
        case_id=play.work.case_id,
        reason_code="sources",
        reason="The second table has no source; say where the figures come from, or leave them out.",
        by=play.cast.approver,
        at=play.clock.pass_by(A_MINUTE * 12),
    )


def _changes_requested(play: Play) -> None:
    play.clock.pass_by(AN_HOUR)
    leases.claim(case_id=play.work.case_id, purpose=Purpose.EDIT, by=play.cast.editor, at=play.clock.now)
    comments.comment(
        case_id=play.work.case_id,
        body="The text is about the old system. Please generate it again from the current handbook.",
        for_source=True,
        by=play.cast.editor,
        at=play.clock.pass_by(A_MINUTE * 4),
    )
    second.request_changes(case_id=play.work.case_id, by=play.cast.editor, at=play.clock.pass_by(A_MINUTE))


def _ready(play: Play) -> None:
    play.signed()
    play.work.approve()


def _published(play: Play) -> None:
    play.signed()
    play.work.approve()
    play.clock.work()
    case = cases.get_case(case_id=play.work.case_id)
    if case.state == CaseState.READY.value and request_queries.standing_request(case_id=play.work.case_id) is None:
        head = drafts.head_of(draft_id=case.draft_id)
        requests.request_publication(
            case_id=play.work.case_id, digest=head.digest, by=play.cast.manager, at=play.clock.pass_by(AN_HOUR)
        )
    for _ in range(3):
        play.clock.pass_by(UNDO_OVER)
        play.clock.work()


def _rejected(play: Play) -> None:
    play.clock.pass_by(AN_HOUR * 3)
    closing.reject(
        case_id=play.work.case_id,
        reason_code="wrong",
        reason="The offer that this text describes was withdrawn last month.",
        by=play.cast.manager,
        at=play.clock.now,
    )


def _withdrawn(play: Play) -> None:
    play.clock.pass_by(AN_HOUR * 2)
    play.work.write(play.scene)
    closing.withdraw(
        case_id=play.work.case_id,
        reason="The timetable was replaced by another one.",
        by=play.machine,
        at=play.clock.pass_by(AN_HOUR),
    )


def _resubmitted(play: Play) -> None:
    play.clock.pass_by(AN_HOUR)
    play.work.write(play.scene)
    leases.release(case_id=play.work.case_id, by=play.cast.editor, at=play.clock.pass_by(A_MINUTE))
    case = cases.get_case(case_id=play.work.case_id)
    payload = play.scene.payload(body=play.scene.resubmitted_body)
    at = play.clock.pass_by(AN_HOUR)
    resubmitting.resubmit(
        draft_id=DraftId(case.draft_id), payload=_read(payload, play.machine, play.clock), by=play.machine, at=at
    )


ENDINGS: Mapping[str, Callable[[Play], None]] = {
    "waiting": _waiting,
    "in_review": _in_review,
    "awaiting_second": _awaiting_second,
    "sent_back": _sent_back,
    "changes_requested": _changes_requested,
    "ready": _ready,
    "published": _published,
    "published_rewritten": _published,
    "rejected": _rejected,
    "withdrawn": _withdrawn,
    "resubmitted": _resubmitted,
}
