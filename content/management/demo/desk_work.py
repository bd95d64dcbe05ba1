"""What an editor and an approver do with one draft in the demo, by the same actions that the desk calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice

from content import pipeline
from content.actors import Person
from content.drafts.journal import JournalEntry, applied
from content.management.demo.cast import Cast
from content.management.demo.scenes import Scene
from content.management.demo.typist import typed_entries
from content.review.actions import claims, leases, signing, text
from content.review.declaration import Declaration, ToolUse
from content.review.facts import CaseId
from content.review.queries import desk
from content.review.states import Basis, ClaimState, Purpose

ENTRIES_A_SAVE = 70
"About fifty seconds of typing."
THINKING = timedelta(seconds=50)
CHECKING = timedelta(seconds=15)
READING_SECONDS_A_WORD = 0.3


@dataclass(kw_only=True, slots=True)
class Clock:
    """The time of the story; it only goes forward, and the Jobs that fall due are worked on the way."""

    now: datetime

    def pass_by(self, span: timedelta) -> datetime:
        """Let time pass, and return what it is then."""
        self.now += span
        return self.now

    def work(self) -> None:
        """Work off what is due."""
        pipeline.run_ready(clock=lambda: self.now)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskWork:
    """The steps of one case."""

    case_id: CaseId
    cast: Cast
    clock: Clock

    def write(self, scene: Scene, *, share: float = 1.0, keep: bool = True) -> None:
        """Claim the case and type the edited text over the draft.

        :param share: how much of the typing is done, 0..1; `keep`: whether it is saved as a version at the end.
        """
        editor = self.cast.editor
        lease = leases.claim(case_id=self.case_id, purpose=Purpose.EDIT, by=editor, at=self.clock.now)
        head = desk.desk(case_id=self.case_id, by=editor, at=self.clock.now).head
        entries = typed_entries(head.text, scene.edited)
        entries = entries[: int(len(entries) * share)]
        typed = head.text
        for start, batch in _batches(entries):
            typed = applied(typed, batch)
            text.save_text(
                case_id=self.case_id,
                fence=lease.fence,
                base=head.number,
                start=start,
                entries=batch,
                base_sha256=head.text_sha256,
                sha256=sha256(typed.encode()).hexdigest(),
                title=scene.edited_title or None,
                summary=scene.edited_summary or None,
                by=editor,
                at=self.clock.pass_by(THINKING),
            )
        if keep:
            text.save_version(
                case_id=self.case_id,
                fence=lease.fence,
                base=head.number,
                note=scene.note,
                by=editor,
                at=self.clock.pass_by(THINKING),
            )
            self.clock.work()

    def check(self, scene: Scene) -> None:
        """Check every claim against a source, and read what was left as it stood, a paragraph at a time."""
        editor = self.cast.editor
        address = next((str(each["url"]) for each in scene.sources if "url" in each), "https://example.org/sources")
        shown = desk.desk(case_id=self.case_id, by=editor, at=self.clock.now)
        open_claims = [claim.sentence_hash for claim in shown.claims if claim.is_open and not claim.is_stale]
        if open_claims:
            claims.check_claims(
                case_id=self.case_id,
                sentence_hashes=open_claims,
                state=ClaimState.CORRECT,
                basis=Basis.SOURCE,
                source_url=address,
                by=editor,
                at=self.clock.pass_by(CHECKING * len(open_claims)),
            )
        shown = desk.desk(case_id=self.case_id, by=editor, at=self.clock.now)
        for paragraph in shown.paragraphs:
            leases.renew(case_id=self.case_id, fence=shown.draft.fence, by=editor, at=self.clock.now)
            claims.check_claims(
                case_id=self.case_id,
                sentence_hashes=paragraph.sentence_hashes,
                state=ClaimState.STANDS,
                by=editor,
                at=self.clock.pass_by(CHECKING),
            )

    def sign(self) -> None:
        """Read the text through, and sign it as its editor."""
        editor = self.cast.editor
        page = desk.sign_page(case_id=self.case_id, by=editor, at=self.clock.now)
        fence = self._read(editor, page.head.words)
        signing.sign(
            case_id=self.case_id,
            fence=fence,
            digest=page.head.digest,
            policy_version=page.policy.version,
            declaration=self._declaration("I wrote and ran what the text describes."),
            authenticated_at=self.clock.now - timedelta(seconds=60),
            method="password",
            by=editor,
            at=self.clock.now,
        )
        self.clock.work()

    def take_for_approval(self) -> int:
        """Claim the case as the second person, and return the fence."""
        at = self.clock.pass_by(timedelta(hours=1))
        return leases.claim(case_id=self.case_id, purpose=Purpose.APPROVE, by=self.cast.approver, at=at).fence

    def approve(self) -> None:
        """Read the text through, and approve it as the second person."""
        approver = self.cast.approver
        self.take_for_approval()
        page = desk.sign_page(case_id=self.case_id, by=approver, at=self.clock.now)
        fence = self._read(approver, page.head.words)
        signing.approve(
            case_id=self.case_id,
            fence=fence,
            digest=page.head.digest,
            policy_version=page.policy.version,
            declaration=self._declaration("I know the subject from my own work with it."),
            authenticated_at=self.clock.now - timedelta(seconds=60),
            method="password",
            by=approver,
            at=self.clock.now,
        )

    def _read(self, reader: Person, words: int) -> int:
        """Keep the lease alive for as long as reading takes, and return its fence."""
        fence = desk.desk(case_id=self.case_id, by=reader, at=self.clock.now).draft.fence
        for _ in range(1 + int(words * READING_SECONDS_A_WORD / THINKING.total_seconds())):
            leases.renew(case_id=self.case_id, fence=fence, by=reader, at=self.clock.pass_by(THINKING))
        return fence

    def _declaration(self, note: str) -> Declaration:
        return Declaration(
            facts_checked=True,
            sources_checked=True,
            competence="practitioner",
            competence_note=note,
            tools=(ToolUse(name="Search engine", ai=False, used_for="search"),),
            public_interest=False,
            responsible_id=self.cast.responsible_id,
        )


def _batches(entries: tuple[JournalEntry, ...]) -> Iterator[tuple[int, tuple[JournalEntry, ...]]]:
    """Yield slices of the journal as an autosave sends them, each with the number of entries before it."""
    rest = iter(entries)
    start = 0
    while batch := tuple(islice(rest, ENTRIES_A_SAVE)):
        yield start, batch
        start += len(batch)
