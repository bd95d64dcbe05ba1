"""Cases that people signed, approved, or ended in another way; `tests.make.Maker` inherits these."""

from datetime import datetime, timedelta
from typing import Any

from content.actors import SYSTEM, Person
from content.review.actions import closing, leases, second, signing
from content.review.declaration import Declaration, ToolUse
from content.review.models import SignOff
from content.review.queries import facts as fact_queries
from content.review.states import Purpose
from tests.making_cases import MakesCases, Step


class MakesSignOffs(MakesCases):
    """Makes cases at the steps after the editing."""

    def declaration(self, **answers: Any) -> Declaration:
        """Return a declaration with every answer given."""
        given: dict[str, Any] = {
            "facts_checked": True,
            "sources_checked": True,
            "competence": "practitioner",
            "competence_note": "I have baked bread for ten years.",
            "tools": (ToolUse(name="Dictionary", ai=False, used_for="spelling"),),
            "public_interest": False,
            "responsible_id": self.party(),
            "reading_note": "I read the text aloud twice.",
        }
        return Declaration(**(given | answers))

    def sign(self, step: Step, *, at: datetime | None = None, **changes: Any) -> SignOff:
        """Let the editor sign the head."""
        facts = fact_queries.facts_of(case_id=step.case_id)
        asked: dict[str, Any] = {
            "case_id": step.case_id,
            "fence": step.fence if step.lease else facts.fence,
            "digest": facts.head_digest,
            "policy_version": facts.policy_version,
            "declaration": self.declaration(),
            "authenticated_at": at or step.at,
            "method": "password",
            "by": step.editor,
            "at": at or step.at,
        }
        return signing.sign(**(asked | changes))

    def signed(self, **fields: Any) -> Step:
        """Return a case that its editor has signed."""
        step = self.edited(**fields)
        sign_off = self.sign(step)
        return Step(case_id=step.case_id, draft_id=step.draft_id, at=step.at, editor=step.editor, sign_off=sign_off)

    def reviewed(self, *, approver: Person | None = None, **fields: Any) -> Step:
        """Return a signed case that an approver holds."""
        step = self.signed(**fields)
        return self.claim_to_approve(step, approver or self.approver())

    def claim_to_approve(self, step: Step, by: Person, *, at: datetime | None = None) -> Step:
        """Let somebody take a signed case to approve it."""
        lease = leases.claim(case_id=step.case_id, purpose=Purpose.APPROVE, by=by, at=at or step.at)
        return Step(
            case_id=step.case_id, draft_id=step.draft_id, at=step.at, editor=step.editor, lease=lease, approver=by
        )

    def approve(self, step: Step, *, at: datetime | None = None, **changes: Any) -> SignOff:
        """Let the approver approve."""
        facts = fact_queries.facts_of(case_id=step.case_id)
        asked: dict[str, Any] = {
            "case_id": step.case_id,
            "fence": step.fence if step.lease else facts.fence,
            "digest": facts.head_digest,
            "policy_version": facts.policy_version,
            "declaration": self.declaration(),
            "authenticated_at": at or step.at,
            "method": "password",
            "by": step.approver,
            "at": at or step.at,
        }
        return signing.approve(**(asked | changes))

    def ready(self, **fields: Any) -> Step:
        """Return a case that is signed and approved."""
        step = self.reviewed(**fields)
        self.approve(step)
        return step

    def declare(self, **answers: Any) -> Declaration:
        """Return a declaration as a form sends it."""
        return Declaration.from_value(self.declaration().to_value() | answers)

    def end_by(self, end: str, step: Step) -> None:
        """End what a step has begun, in one of the ways there are."""
        case_id, at, by = step.case_id, step.at, step.editor
        reason = "Nobody asked for a text on bread."
        match end:
            case "sign":
                self.sign(step)
            case "approve":
                self.approve(step)
            case "release":
                leases.release(case_id=case_id, by=by, at=at)
            case "hand_over":
                leases.hand_over(case_id=case_id, to=self.editor(), note="Please go on.", by=by, at=at)
            case "expire":
                leases.expire_leases(by=SYSTEM, at=at + timedelta(hours=1))
            case "reject":
                closing.reject(case_id=case_id, reason_code="not_needed", reason=reason, by=self.approver(), at=at)
            case "withdraw":
                closing.withdraw(case_id=case_id, reason=reason, by=self.manager(), at=at)
            case "send_back":
                assert step.approver is not None
                second.send_back(case_id=case_id, reason_code="facts", reason=reason, by=step.approver, at=at)
            case "request_changes":
                self.ask_source(step)
                second.request_changes(case_id=case_id, by=by, at=at)
            case _:
                raise AssertionError(end)

    def published(self, **fields: Any) -> Step:
        """Return a case that ended with its publication, as far as review has a say in it."""
        step = self.ready(**fields)
        head = fact_queries.facts_of(case_id=step.case_id).head_id
        closing.close_case(case_id=step.case_id, revision_id=head, by=SYSTEM, at=step.at)
        return step

    def rejected(self) -> Step:
        """Return a case that ended without a publication."""
        step = self.claimed()
        self.end_by("reject", step)
        return step
