"""Where the review of a draft stands, and the few things a program may do about it. No program ever signs."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from rest_framework.request import Request

from content.api.http.answers import answer
from content.api.http.operations import Operation, operation
from content.api.http.resource import Resource
from content.api.representation import draft_answer, etag_of_draft
from content.drafts.answers import Answer
from content.drafts.facts import DraftId
from content.drafts.intake.fields import DIGEST_PATTERN
from content.drafts.intake.shapes import Choice, Member, Record, Text
from content.drafts.states import Format
from content.permissions import Scope
from content.policy import queries as policies
from content.publishing.actions import requests
from content.review.actions import closing
from content.review.facts import CaseId
from content.review.queries import cases, desk, dry_run, gate, sign_offs
from content.review.queries.facts import live_lease
from content.review.refusals import NotInState

if TYPE_CHECKING:
    from content.drafts.models import Draft
    from content.review.models import Case
    from content.review.queries.gate import Judgement

WITHDRAWAL = Record(
    code="payload_invalid",
    members={"reason": Member(shape=Text(code="reason_invalid", least=1, most=500), missing="reason_invalid")},
    example={"reason": "The product was renamed."},
)
REQUEST = Record(
    code="payload_invalid",
    members={
        "digest": Member(
            shape=Text(code="digest_invalid", most=71, pattern=DIGEST_PATTERN),
            missing="digest_invalid",
            note="The content digest that you expect to go out.",
        )
    },
)
PREVIEW = Record(
    code="payload_invalid",
    members={
        "policy": Member(shape=Text(code="policy_unknown", least=1, most=60)),
        "kind": Member(shape=Text(code="kind_unknown", least=1, most=40)),
        "machine_text": Member(shape=Text(code="text_too_large", least=1, most=512 * 1024), missing="body_blank"),
        "text": Member(shape=Text(code="text_too_large", least=1, most=512 * 1024), missing="body_blank"),
        "format": Member(shape=Choice(code="format_unknown", words=(Format.MARKDOWN.value, Format.TEXT.value))),
        "language": Member(shape=Text(code="language_invalid", least=2, most=35)),
    },
)


class ReviewResource(Resource):
    """What asks for the case of a draft."""

    def open_case(self, draft: "Draft") -> "Case":
        """Return the newest case of a draft.

        :raises NotInState: before its first.
        """
        case = cases.case_of(draft_id=DraftId(draft.pk))
        if case is None:
            raise NotInState("The draft is still being read; it has no case yet.", state="received")
        return case


class Actions(ReviewResource):
    """What can be done now, by whom, and what is in the way."""

    @operation(
        Operation(
            id="drafts_actions",
            summary="Read what can be done now",
            scope=Scope.DRAFTS_READ,
            answers={200: "Actions"},
            refuses=(409,),
        )
    )
    def get(self, _request: Request, ref: str) -> Answer:
        """Return every action with whether it would succeed now, and the reasons against it."""
        draft = self.draft(ref)
        case = self.open_case(draft)
        allowed = desk.allowed_actions(case_id=CaseId(case.pk), by=self.machine, at=self.at)
        return answer({"actions": [_action(draft, each) for each in allowed]})


def _action(draft: "Draft", allowed: desk.AllowedAction) -> dict[str, Any]:
    reasons = [
        {"code": each.code, "rule": each.rule or None, "reason": each.reason, "params": dict(each.params)}
        for each in allowed.reasons
    ]
    row: dict[str, Any] = {"action": allowed.action, "ok": allowed.ok, "door": allowed.door, "reasons": reasons}
    if allowed.ok and allowed.action == "withdraw":
        row["href"] = reverse("reviewdesk:api_withdraw", args=[str(draft.pk)])
    return row


class Withdraw(ReviewResource):
    """Take a draft back."""

    @operation(
        Operation(
            id="drafts_withdraw",
            summary="Withdraw a draft",
            scope=Scope.DRAFTS_WRITE,
            request=WITHDRAWAL,
            answers={200: "Draft"},
            refuses=(409,),
            takes_key=True,
            needs_match=True,
            has_etag=True,
        )
    )
    def post(self, _request: Request, ref: str) -> Answer:
        """End the open case; what an editor typed is kept."""
        draft = self.draft(ref)
        closing.withdraw(
            case_id=CaseId(self.open_case(draft).pk),
            reason=self.fields()["reason"],
            expected_etag=self.expected_etag,
            by=self.machine,
            at=self.at,
        )
        return draft_answer(self.draft(ref))


class RequestPublication(ReviewResource):
    """Ask for a ready draft to go out, for sources that time the release themselves."""

    @operation(
        Operation(
            id="drafts_request_publication",
            summary="Ask for a ready draft to be published",
            scope=Scope.PUBLICATIONS_WRITE,
            request=REQUEST,
            answers={202: "Draft"},
            refuses=(409,),
            takes_key=True,
            needs_match=True,
            has_etag=True,
        )
    )
    def post(self, _request: Request, ref: str) -> Answer:
        """Put the draft on its way; `publication.published` follows."""
        draft = self.draft(ref)
        self.require_current(etag_of_draft(draft))  # what matters is compared under the lock: the digest
        case = self.open_case(draft)
        digest = self.fields()["digest"]
        requests.request_publication(case_id=CaseId(case.pk), digest=digest, by=self.machine, at=self.at)
        return draft_answer(self.draft(ref), status=202)


class Gate(ReviewResource):
    """What the gate says about the head."""

    @operation(
        Operation(
            id="drafts_gate",
            summary="Read what the gate says",
            scope=Scope.DRAFTS_READ,
            answers={200: "Gate"},
            refuses=(409,),
        )
    )
    def get(self, _request: Request, ref: str) -> Answer:
        """Return one verdict a rule, the claim level and the disclosure."""
        case = self.open_case(self.draft(ref))
        judged = gate.gate_of(case_id=CaseId(case.pk), at=self.at)
        return answer(_gate(judged) | {"policy": {"name": case.policy.slug, "version": case.policy.version}})


class GatePreview(Resource):
    """The gate over texts that are sent along: the dry run."""

    @operation(
        Operation(
            id="gate_preview",
            summary="Ask what the gate would say",
            scope=Scope.DRAFTS_WRITE,
            request=PREVIEW,
            answers={200: "Gate"},
            most_a_minute=60,
        )
    )
    def post(self, _request: Request) -> Answer:
        """Judge two texts; nothing is stored. What needs a person or an editor's journal stays pending."""
        fields = self.fields()
        policy = policies.policy_for(
            kind=fields.get("kind", self.caller.source.default_kind), slug=fields.get("policy", "")
        )
        judged = dry_run.dry_run(
            policy=policy,
            machine_text=fields["machine_text"],
            text=fields["text"],
            language=fields.get("language", self.caller.source.default_language),
            format_=Format(fields.get("format", Format.MARKDOWN.value)),
            at=self.at,
        )
        return answer(_gate(judged) | {"policy": {"name": policy.slug, "version": policy.version}})


def _gate(judged: "Judgement") -> dict[str, Any]:
    decision = judged.decision
    return {
        "stage": decision.stage.value,
        "approved": decision.approved,
        "verdicts": gate.verdict_rows(decision=decision),
        "claim_level": decision.claim_level.value,
        "disclosure": decision.disclosure.value,
        "measures": dict(judged.measures),
    }


class CaseResource(ReviewResource):
    """The newest review cycle of a draft."""

    @operation(
        Operation(
            id="drafts_case",
            summary="Read the case of a draft",
            scope=Scope.DRAFTS_READ,
            answers={200: "Case"},
            refuses=(409,),
        )
    )
    def get(self, _request: Request, ref: str) -> Answer:
        """Return where the case stands; people are not named."""
        case = self.open_case(self.draft(ref))
        given = sign_offs.sign_offs_of(case_id=CaseId(case.pk))
        lease = live_lease(case_id=CaseId(case.pk))
        return answer(
            {
                "id": case.pk,
                "state": case.state,
                "opened_at": case.opened_at,
                "due_at": case.due_at,
                "closed_at": case.closed_at,
                "closing_code": case.closing_code or None,
                "policy": {"name": case.policy.slug, "version": case.policy.version},
                "lease": {
                    "held": lease is not None and not lease.expires_at <= self.at,
                    "expires_at": lease.expires_at if lease else None,
                },
                "sign_offs": [
                    {
                        "kind": each.kind.value,
                        "digest": each.digest,
                        "revision": each.revision_number,
                        "policy_version": each.policy_version,
                        "contributor": each.contributor,
                        "at": each.at,
                        "valid": each.is_valid,
                        "void_cause": each.void_cause.value if each.void_cause else None,
                    }
                    for each in given
                ],
            }
        )
