"""The steps of one draft from its POST to its publication, each measured, by the same actions that doors call."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from benchmarks.meter import Tally
from benchmarks.stage import Clock, payload
from benchmarks.texts import Pair
from content import pipeline
from content.actors import Person
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.actions import receiving
from content.drafts.facts import DraftId
from content.drafts.intake.payload import read_payload
from content.drafts.journal import JournalEntry, applied
from content.events import queries as event_queries
from content.events.models import Job
from content.language.pipeline import load
from content.management.demo.cast import Cast
from content.management.demo.typist import typed_entries
from content.review.actions import claims, leases, signing, text
from content.review.declaration import Declaration, ToolUse
from content.review.facts import CaseId
from content.review.queries import cases, desk
from content.review.states import Basis, ClaimState, Purpose

THINKING_SECONDS = 50
SOURCE = "docs-cms"


@dataclass(kw_only=True, slots=True)
class Journey:
    """One draft on its way. What people look at in between (pages of the desk) is read outside the measuring."""

    number: int
    pair: Pair
    cast: Cast
    clock: Clock
    tally: Tally = field(default_factory=Tally)
    case_id: CaseId | None = None

    def receive(self) -> None:
        """Take the draft in, and let the workers do what follows until it waits in the queue."""
        machine = self.cast.machines[SOURCE]
        source = drafts.facts_of(source=drafts.get_source(slug=SOURCE))
        posted = payload(self.number, title=self.pair.title, body=self.pair.draft)
        with self.tally.step("receive"):
            read = read_payload(posted, source=source, kinds=conf.kinds, at=self.clock.now)
            received = receiving.receive_draft(payload=read, by=machine, at=self.clock.now)
        self.work()
        case = cases.open_case_of(draft_id=DraftId(received.draft.pk))
        assert case is not None
        self.case_id = CaseId(case.pk)

    @property
    def case(self) -> CaseId:
        """The case that was opened."""
        assert self.case_id is not None
        return self.case_id

    def state(self) -> str:
        """Return how the case stands."""
        return cases.get_case(case_id=self.case).state

    def claim(self) -> int:
        """Take the case to edit, and return the fence."""
        with self.tally.step("claim"):
            return leases.claim(
                case_id=self.case, purpose=Purpose.EDIT, by=self.cast.editor, at=self.clock.pass_by(minutes=5)
            ).fence

    def typed(self) -> tuple[JournalEntry, ...]:
        """Return what an editor types to turn the draft into the edited text."""
        return typed_entries(self.pair.draft, self.pair.edited)

    def autosave(self, fence: int, typed: str, start: int, entries: Sequence[JournalEntry], name: str) -> str:
        """Keep a slice of typing on the head; return the text that it leads to."""
        head = desk.desk(case_id=self.case, by=self.cast.editor, at=self.clock.now).head
        result = applied(typed, tuple(entries))
        at = self.clock.pass_by(seconds=THINKING_SECONDS)
        with self.tally.step(name):
            text.save_text(
                case_id=self.case,
                fence=fence,
                base=head.number,
                start=start,
                entries=entries,
                base_sha256=head.text_sha256,
                sha256=sha256(result.encode()).hexdigest(),
                by=self.cast.editor,
                at=at,
            )
        return result

    def save(self, fence: int, name: str) -> None:
        """Make what was typed a version: attributed and judged at once."""
        number = drafts.head_of(draft_id=DraftId(cases.get_case(case_id=self.case).draft_id)).number
        with self.tally.step(name):
            saved = text.save_version(
                case_id=self.case,
                fence=fence,
                base=number,
                by=self.cast.editor,
                at=self.clock.pass_by(seconds=THINKING_SECONDS),
            )
        assert saved.changed

    def release(self) -> None:
        """Give the case back."""
        leases.release(case_id=self.case, by=self.cast.editor, at=self.clock.now)

    def check(self) -> None:
        """Check every claim, and vouch for what was left as it stood, a paragraph at a time."""
        editor, now = self.cast.editor, self.clock.now
        shown = desk.desk(case_id=self.case, by=editor, at=now)
        hashes = [claim.sentence_hash for claim in shown.claims if claim.is_open and not claim.is_stale]
        if hashes:
            with self.tally.step("check claims"):
                claims.check_claims(
                    case_id=self.case,
                    sentence_hashes=hashes,
                    state=ClaimState.CORRECT,
                    basis=Basis.SOURCE,
                    source_url="https://example.org/handbook",
                    by=editor,
                    at=self.clock.pass_by(seconds=THINKING_SECONDS),
                )
        for paragraph in desk.desk(case_id=self.case, by=editor, at=self.clock.now).paragraphs:
            with self.tally.step("vouch for a paragraph"):
                claims.check_claims(
                    case_id=self.case,
                    sentence_hashes=paragraph.sentence_hashes,
                    state=ClaimState.STANDS,
                    by=editor,
                    at=self.clock.pass_by(seconds=10),
                )

    def sign(self, fence: int) -> None:
        """Sign as the editor."""
        self._read(self.cast.editor, fence)
        page = desk.sign_page(case_id=self.case, by=self.cast.editor, at=self.clock.now)
        with self.tally.step("sign"):
            signing.sign(
                case_id=self.case,
                fence=fence,
                digest=page.head.digest,
                policy_version=page.policy.version,
                declaration=self._declaration(),
                authenticated_at=self.clock.now,
                method="password",
                by=self.cast.editor,
                at=self.clock.now,
            )
        self.work()

    def approve(self) -> None:
        """Take the case as the second person, and approve it."""
        approver = self.cast.approver
        with self.tally.step("claim to approve"):
            fence = leases.claim(
                case_id=self.case, purpose=Purpose.APPROVE, by=approver, at=self.clock.pass_by(hours=1)
            ).fence
        self._read(approver, fence)
        page = desk.sign_page(case_id=self.case, by=approver, at=self.clock.now)
        with self.tally.step("approve"):
            signing.approve(
                case_id=self.case,
                fence=fence,
                digest=page.head.digest,
                policy_version=page.policy.version,
                declaration=self._declaration(),
                authenticated_at=self.clock.now,
                method="password",
                by=approver,
                at=self.clock.now,
            )
        self.work()

    def work(self) -> None:
        """Let the workers do all that is due, each Job measured under its kind."""
        at = self.clock.now
        while due := event_queries.due_jobs(at=at):
            for job_id in due:
                kind = Job.objects.values_list("kind", flat=True).get(pk=job_id)
                with self.tally.step(f"Job {kind}"):
                    pipeline.run_job(job_id, clock=lambda: at)

    def _read(self, reader: Person, fence: int) -> None:
        """Let the reader's browser say that they are there, for as long as reading takes."""
        for _ in range(1 + self.pair.words // 150):
            at = self.clock.pass_by(seconds=THINKING_SECONDS)
            with self.tally.step("heartbeat"):
                leases.renew(case_id=self.case, fence=fence, by=reader, at=at)

    def _declaration(self) -> Declaration:
        return Declaration(
            facts_checked=True,
            sources_checked=True,
            competence="practitioner",
            competence_note="I know the subject from my own work with it.",
            tools=(ToolUse(name="Search engine", ai=False, used_for="search"),),
            public_interest=False,
            responsible_id=self.cast.responsible_id,
        )


def load_language_model() -> None:
    """Load what gives advice on English texts, as a worker does when it starts."""
    load("en", conf.language_model_parts)
