"""Makes people, drafts and cases at each step of a review, through the real actions."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model

from content.actors import SYSTEM, Machine, Person, SourceId
from content.authorship.actions import attribute
from content.conf import KINDS
from content.drafts import queries as draft_queries
from content.drafts.actions import people, receiving, sources
from content.drafts.facts import DraftId, RevisionId
from content.drafts.intake.payload import SourceFacts, read_payload
from content.lineage import actions as lineage
from content.permissions import Role, Scope
from content.review.actions import cases, claims, leases, signing, text
from content.review.declaration import Declaration, ToolUse
from content.review.facts import CaseId
from content.review.models import Case, Lease, SignOff
from content.review.queries import cases as case_queries
from content.review.queries import claims as claim_queries
from content.review.queries import facts as fact_queries
from content.review.queries import gate as gates
from content.review.queries.gate import Judgement
from content.review.states import Basis, ClaimState, Purpose
from tests.make import NOON, Maker

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


class CaseMaker(Maker):
    """Makes cases."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[int, SourceFacts] = {}

    def person(self, *roles: Role, email: str = "", **scope: object) -> Person:
        """Return somebody with these roles."""
        name = f"user{self.number()}"
        user = get_user_model().objects.create_user(name, email or f"{name}@example.org", "secret")
        for role in roles:
            people.grant_role(user_id=user.pk, role=role, by=SYSTEM, at=NOON, **scope)  # type: ignore[arg-type]
        return draft_queries.person_of(user_id=user.pk)

    def editor(self) -> Person:
        """Return an editor."""
        return self.person(Role.EDITOR)

    def approver(self) -> Person:
        """Return an approver."""
        return self.person(Role.APPROVER)

    def manager(self) -> Person:
        """Return a manager."""
        return self.person(Role.MANAGER)

    def cms(self, scopes: Collection[Scope] = tuple(Scope)) -> Machine:
        """Return the program of a new source."""
        slug = f"cms-{self.number()}"
        source = sources.create_source(slug=slug, name=slug, by=SYSTEM, at=NOON)
        self.sources[source.pk] = draft_queries.facts_of(source=source)
        return Machine(source_id=SourceId(source.pk), token_id=0, scopes=frozenset(scopes))

    def payload(self, cms: Machine, *, body: str = BODY, at: datetime = NOON, **fields: object) -> object:
        """Return a payload that intake has read."""
        value = {
            "external_id": f"text-{self.number()}",
            "title": "Keeping bread",
            "body": body,
            "kind": "documentation",
            "language": "en",
            "sources": [],
            "generation": {"provider": "unknown", "model": "writer-9"},
        }
        return read_payload(value | fields, source=self.sources[cms.source_id], kinds=KINDS, at=at)

    def draft(self, *, cms: Machine | None = None, at: datetime = NOON, **fields: object) -> DraftId:
        """Return a draft that was received, indexed and measured."""
        machine = cms or self.cms()
        payload = self.payload(machine, at=at, **fields)  # type: ignore[arg-type]
        received = receiving.receive_draft(payload=payload, by=machine, at=at)  # type: ignore[arg-type]
        draft_id = DraftId(received.draft.pk)
        self.measure(draft_id, at)
        return draft_id

    def measure(self, draft_id: DraftId, at: datetime) -> None:
        """Do what the Jobs do with a machine text."""
        revision = draft_queries.machine_revision_of(draft_id=draft_id)
        revision_id = RevisionId(revision.pk)
        lineage.index_draft(draft_id=draft_id, revision_id=revision_id, by=SYSTEM, at=at)
        attribute(revision_id=revision_id, by=SYSTEM, at=at)

    def case(self, *, at: datetime = NOON, **fields: object) -> Case:
        """Return a case that waits in the queue."""
        self.party(at)
        draft_id = self.draft(at=at, **fields)  # type: ignore[arg-type]
        case = cases.open_case(draft_id=draft_id, by=SYSTEM, at=at)
        assert case is not None
        return case

    def party(self, at: datetime = NOON) -> int:
        """Return the id of somebody who answers for texts."""
        found = gates.evidences.responsible_parties(at=at)
        if found:
            return found[0].pk
        party = cases.set_responsible_party(
            name="Example News Ltd", role="editor-in-chief", contact_url="https://example.org/imprint", by=SYSTEM, at=at
        )
        return party.pk

    def claimed(self, *, editor: Person | None = None, at: datetime = NOON, **fields: object) -> Step:
        """Return a case that an editor holds."""
        case = self.case(at=at, **fields)
        by = editor or self.editor()
        lease = leases.claim(case_id=CaseId(case.pk), purpose=Purpose.EDIT, by=by, at=at)
        return Step(case_id=CaseId(case.pk), draft_id=DraftId(case.draft_id), at=at, editor=by, lease=lease)

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

    def edited(self, *, body: str = EDITED, **fields: object) -> Step:
        """Return a claimed case with an edited version, every sentence and claim of which is checked."""
        step = self.claimed(**fields)  # type: ignore[arg-type]
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

    def declaration(self, **answers: object) -> Declaration:
        """Return a declaration with every answer given."""
        given: dict[str, object] = {
            "facts_checked": True,
            "sources_checked": True,
            "competence": "practitioner",
            "competence_note": "I have baked bread for ten years.",
            "tools": (ToolUse(name="Dictionary", ai=False, used_for="spelling"),),
            "public_interest": False,
            "responsible_id": self.party(),
            "reading_note": "I read the text aloud twice.",
        }
        return Declaration(**(given | answers))  # type: ignore[arg-type]

    def sign(self, step: Step, *, at: datetime | None = None, **changes: object) -> SignOff:
        """Let the editor sign the head."""
        facts = fact_queries.facts_of(case_id=step.case_id)
        asked: dict[str, object] = {
            "case_id": step.case_id,
            "fence": step.fence,
            "digest": facts.head_digest,
            "policy_version": facts.policy_version,
            "declaration": self.declaration(),
            "authenticated_at": at or step.at,
            "method": "password",
            "by": step.editor,
            "at": at or step.at,
        }
        return signing.sign(**(asked | changes))  # type: ignore[arg-type]

    def signed(self, **fields: object) -> Step:
        """Return a case that its editor has signed."""
        step = self.edited(**fields)  # type: ignore[arg-type]
        sign_off = self.sign(step)
        return Step(case_id=step.case_id, draft_id=step.draft_id, at=step.at, editor=step.editor, sign_off=sign_off)

    def reviewed(self, *, approver: Person | None = None, **fields: object) -> Step:
        """Return a signed case that an approver holds."""
        step = self.signed(**fields)
        return self.claim_to_approve(step, approver or self.approver())

    def claim_to_approve(self, step: Step, by: Person, *, at: datetime | None = None) -> Step:
        """Let somebody take a signed case to approve it."""
        lease = leases.claim(case_id=step.case_id, purpose=Purpose.APPROVE, by=by, at=at or step.at)
        return Step(
            case_id=step.case_id, draft_id=step.draft_id, at=step.at, editor=step.editor, lease=lease, approver=by
        )

    def approve(self, step: Step, *, at: datetime | None = None, **changes: object) -> SignOff:
        """Let the approver approve."""
        facts = fact_queries.facts_of(case_id=step.case_id)
        asked: dict[str, object] = {
            "case_id": step.case_id,
            "fence": step.fence,
            "digest": facts.head_digest,
            "policy_version": facts.policy_version,
            "declaration": self.declaration(),
            "authenticated_at": at or step.at,
            "method": "password",
            "by": step.approver,
            "at": at or step.at,
        }
        return signing.approve(**(asked | changes))  # type: ignore[arg-type]

    def ready(self, **fields: object) -> Step:
        """Return a case that is signed and approved."""
        step = self.reviewed(**fields)  # type: ignore[arg-type]
        self.approve(step)
        return step

    def state(self, step: Step) -> str:
        """Return the state of a case as it is written."""
        return case_queries.get_case(case_id=step.case_id).state


def later(seconds: float, *, after: datetime = NOON) -> datetime:
    """Return a moment after noon."""
    return after + timedelta(seconds=seconds)


def uuid_of(case: Case) -> UUID:
    """Return the id of a case."""
    return case.pk
