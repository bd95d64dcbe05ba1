"""Makes people, drafts and cases at each step of a review, through the real actions."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from content.actors import SYSTEM, Machine, Person, PersonId
from content.authorship.actions import attribute
from content.drafts import queries as draft_queries
from content.drafts.actions import people
from content.drafts.actions.receiving import Resubmitted
from content.drafts.facts import DraftId, RevisionId
from content.drafts.models import Revision, Source
from content.lineage import actions as lineage
from content.permissions import Role, Scope
from content.review.actions import cases, claims, comments, leases, resubmitting, second, text
from content.review.facts import CaseId
from content.review.models import Case, Comment, Lease, SignOff
from content.review.queries import cases as case_queries
from content.review.queries import claims as claim_queries
from content.review.queries import desk as desk_queries
from content.review.queries import evidence as evidences
from content.review.queries import gate as gates
from content.review.queries.gate import Judgement
from content.review.sentences import hashes_by_paragraph
from content.review.states import Basis, ClaimState, Purpose
from tests.making import NOON, MakesDrafts

BODY = """# Keeping bread

Bread keeps best in a box. It wants air but not much of it. A cloth inside takes up the damp.

Do not put a loaf into the refrigerator. The cold turns the starch hard within hours. It is better to freeze it.

Toast what has gone stale. Old slices make good crumbs. Nothing needs to be thrown away.
"""
EDITED = """# Keeping bread

Bread keeps best in a wooden box with holes. Loaves breathe there without drying out. Linen soaks moisture up.

Never chill a loaf. Starch crystallises quickly when cold and every slice tastes stale. Freeze leftovers sliced.

Toast whatever has gone hard. Grated crusts thicken soups and bind dumplings. Kitchens that plan waste nothing.
"""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A case at some step, with whoever brought it there and the clock at that moment."""

    case_id: CaseId
    draft_id: DraftId
    at: datetime
    editor: Person
    lease: Lease | None = None
    approver: Person | None = None
    sign_off: SignOff | None = None

    @property
    def fence(self) -> int:
        """The fence of the lease."""
        assert self.lease is not None
        return self.lease.fence


class MakesCases(MakesDrafts):
    """Makes cases at each step of a review, and the people who bring them there."""

    BODY, EDITED = BODY, EDITED
    default_cms: Machine | None = None
    "Whoever posts drafts where a test does not say; None: each time a new one."

    def person(self, *roles: Role, email: str = "", **scope: Any) -> Person:
        """Return somebody who has these roles, everywhere or for one source, kind or language."""
        user = self.user(email=email)
        for role in roles:
            people.grant_role(user_id=user.pk, role=role, by=SYSTEM, at=NOON, **scope)
        return draft_queries.person_of(user_id=PersonId(user.pk))

    def measured(self, *, cms: Machine | None = None, at: datetime = NOON, **fields: Any) -> DraftId:
        """Return a draft that was received, indexed and measured."""
        wanted = {"title": "Keeping bread", "body": BODY, "kind": "documentation", "sources": []} | fields
        draft_id = DraftId(self.draft(by=cms or self.default_cms, at=at, **wanted).pk)
        self.measure(draft_id, at)
        return draft_id

    def measure(self, draft_id: DraftId, at: datetime, revision_id: RevisionId | None = None) -> None:
        """Do what the Jobs do with a machine text, the first one unless another is named."""
        revision_id = revision_id or RevisionId(draft_queries.original_of(draft_id=draft_id).pk)
        lineage.index_draft(draft_id=draft_id, revision_id=revision_id, by=SYSTEM, at=at)
        attribute(revision_id=revision_id, by=SYSTEM, at=at)

    def case(self, *, at: datetime = NOON, **fields: Any) -> Case:
        """Return a case that waits in the queue."""
        self.party(at)
        draft_id = self.measured(at=at, **fields)
        case = cases.open_case(draft_id=draft_id, by=SYSTEM, at=at)
        assert case is not None
        return case

    def party(self, at: datetime = NOON) -> int:
        """Return the id of somebody who answers for texts."""
        found = evidences.responsible_parties(at=at)
        if found:
            return int(found[0].pk)
        party = cases.set_responsible_party(
            name="Example News Ltd", role="editor-in-chief", contact_url="https://example.org/imprint", by=SYSTEM, at=at
        )
        return party.pk

    def claimed(self, *, editor: Person | None = None, at: datetime = NOON, **fields: Any) -> Step:
        """Return a case that an editor holds."""
        return self.claim(self.case(at=at, **fields), editor=editor, at=at)

    def type(self, step: Step, body: str, *, at: datetime | None = None, title: str | None = None) -> text.SavedText:
        """Put a whole text into the working copy, without a record of typing."""
        head = draft_queries.head_of(draft_id=step.draft_id)
        return text.save_text(
            case_id=step.case_id,
            fence=step.fence,
            base=head.number,
            start=0,
            entries=(),
            base_sha256=head.text_sha256,
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            text=body,
            title=title,
            by=step.editor,
            at=at or step.at,
        )

    def save(self, step: Step, body: str, *, at: datetime | None = None, title: str | None = None) -> text.SavedVersion:
        """Save a whole text as a version."""
        base = draft_queries.head_of(draft_id=step.draft_id).number
        self.type(step, body, at=at, title=title)
        return text.save_version(case_id=step.case_id, fence=step.fence, base=base, by=step.editor, at=at or step.at)

    def edited(self, *, body: str = EDITED, **fields: Any) -> Step:
        """Return a claimed case with an edited version, every sentence and claim of which is checked."""
        step = self.claimed(**fields)
        self.save(step, body)
        self.check_all(step)
        return step

    def check_all(self, step: Step, *, by: Person | None = None) -> None:
        """Check every claim of the head, and vouch for every sentence left as it is."""
        head = draft_queries.head_of(draft_id=step.draft_id)
        rows = claim_queries.claims_of(draft_id=step.draft_id, text=head.text, language=head.language)
        hashes = [row.sentence_hash for row in rows if row.is_open]
        if hashes:
            claims.check_claims(
                case_id=step.case_id,
                sentence_hashes=hashes,
                state=ClaimState.CORRECT,
                basis=Basis.OWN_KNOWLEDGE,
                by=by or step.editor,
                at=step.at,
            )
        reading = self.judgement(step).reading
        for paragraph in claim_queries.paragraphs_of(draft_id=step.draft_id, reading=reading):
            claims.check_claims(
                case_id=step.case_id,
                sentence_hashes=paragraph.sentence_hashes,
                state=ClaimState.STANDS,
                by=by or step.editor,
                at=step.at,
            )

    def judgement(self, step: Step) -> Judgement:
        """Return what the gate says now."""
        return gates.gate_of(case_id=step.case_id, at=step.at)

    def holding(self, step: Step, lease: Lease) -> Step:
        """Return a step with the lease that its editor has now."""
        return replace(step, lease=lease, approver=None)

    def claim(self, case: Case, *, editor: Person | None = None, at: datetime = NOON) -> Step:
        """Let an editor take a case from the queue."""
        by = editor or self.editor()
        lease = leases.claim(case_id=CaseId(case.pk), purpose=Purpose.EDIT, by=by, at=at)
        return Step(case_id=CaseId(case.pk), draft_id=DraftId(case.draft_id), at=at, editor=by, lease=lease)

    def unmeasured_case(self) -> Case:
        """Return a case whose text nobody has attributed or compared yet."""
        self.party()
        draft = self.draft(title="Keeping bread", body=BODY)
        case = cases.open_case(draft_id=DraftId(draft.pk), by=SYSTEM, at=NOON)
        assert case is not None
        return case

    def step(self, case: Case) -> Step:
        """Return a case that nobody holds."""
        return Step(case_id=CaseId(case.pk), draft_id=DraftId(case.draft_id), at=case.opened_at, editor=self.editor())

    def before_case(self, draft_id: DraftId) -> Step:
        """Return a draft that has no case yet."""
        return Step(case_id=CaseId(draft_id), draft_id=draft_id, at=NOON, editor=self.editor())

    def moved(self, step: Step, case: Case, lease: Lease) -> Step:
        """Return a step of the same draft in a later case."""
        return replace(step, case_id=CaseId(case.pk), lease=lease)

    def head_id(self, step: Step) -> RevisionId:
        """Return the id of the newest text."""
        return RevisionId(self.head(step).pk)

    def asked(self) -> Step:
        """Return a case whose Source was asked for another text."""
        step = self.claimed()
        self.ask_source(step)
        second.request_changes(case_id=step.case_id, by=step.editor, at=step.at)
        return step

    def some_claim(self, step: Step) -> str:
        """Return the hash of a sentence of the head."""
        return hashes_by_paragraph(self.head(step).text)[0][0]

    def taken_over(self, step: Step) -> Step:
        """Return a case that was handed over, with its new editor."""
        lease = Lease.objects.get(case=step.case_id, ended_at=None)
        return replace(step, lease=lease, editor=draft_queries.person_of(user_id=PersonId(lease.holder_id)))

    def again(self, step: Step) -> Step:
        """Let the editor take a case once more."""
        lease = leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=step.editor, at=step.at)
        return self.holding(step, lease)

    def ask_source(self, step: Step) -> None:
        """Write a comment that is meant for the Source."""
        comments.comment(
            case_id=step.case_id, body="Please name the bakery.", for_source=True, by=step.editor, at=step.at
        )

    def threads(self, step: Step) -> list[Comment]:
        """Return the threads of a case, oldest first."""
        return [each.opening for each in desk_queries.threads_of(case_id=step.case_id)]

    def resolve(self, thread: Comment, step: Step) -> None:
        """Let the editor resolve a thread."""
        comments.resolve_thread(comment_id=thread.pk, by=step.editor, at=step.at)

    def reopen(self, thread: Comment, step: Step) -> None:
        """Let the editor reopen a thread."""
        comments.reopen_thread(comment_id=thread.pk, by=step.editor, at=step.at)

    def program(self, source: Source, *scopes: Scope) -> Machine:
        """Return a program of a source with just these scopes."""
        issued = self.token(source=source, scopes=scopes)
        return draft_queries.authenticate(plaintext=issued.plaintext, at=NOON).machine

    def head(self, step: Step) -> Revision:
        """Return the newest text."""
        return draft_queries.head_of(draft_id=step.draft_id)

    def resubmit(
        self, step: Step, cms: Machine, body: str, *, at: datetime | None = None, **fields: Any
    ) -> Resubmitted:
        """Let the Source send another text for the same draft."""
        draft = draft_queries.get_draft(draft_id=step.draft_id)
        wanted = {"external_id": draft.external_id, "title": "Keeping bread", "kind": draft.kind, "sources": []}
        payload = self.read(by=cms, **(wanted | {"body": body} | fields))
        return resubmitting.resubmit(draft_id=step.draft_id, payload=payload, by=cms, at=at or step.at)

    def state(self, step: Step) -> str:
        """Return the state of a case as it is written."""
        return case_queries.get_case(case_id=step.case_id).state


def later(seconds: float, *, after: datetime = NOON) -> datetime:
    """Return a moment after noon."""
    return after + timedelta(seconds=seconds)
