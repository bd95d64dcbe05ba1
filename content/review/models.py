"""Cases, who holds them, what people decided about them, and what the gate said."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from content.events.models import AppendOnly
from content.review.states import (
    OPEN_STATES,
    Basis,
    CaseState,
    ClaimState,
    LeaseEnd,
    PasteOrigin,
    Purpose,
    SignOffKind,
    VoidCause,
)

USER = settings.AUTH_USER_MODEL
OPEN = [state.value for state in OPEN_STATES]


def _words(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Case(models.Model):
    """One review cycle of a draft. `state` is the cached answer of `transitions.settle` while it is open."""

    id = models.UUIDField(primary_key=True, editable=False)
    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=CaseState.QUEUED.value, choices=_words(CaseState))
    policy = models.ForeignKey("reviewdesk.Policy", on_delete=models.PROTECT, related_name="+")
    priority = models.SmallIntegerField(default=1)
    due_at = models.DateTimeField()
    risk = models.PositiveSmallIntegerField(default=0)
    assignee = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changes_requested_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, default="", blank=True)
    closing_code = models.CharField(max_length=40, default="", blank=True)
    closing_reason = models.CharField(max_length=2000, default="", blank=True)

    class Meta:
        constraints = (
            CheckConstraint(condition=Q(state__in=[s.value for s in CaseState]), name="case_state_known"),
            UniqueConstraint(fields=("draft",), condition=Q(state__in=OPEN), name="one_open_case_a_draft"),
            CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None, closed_by="")
                | ~Q(state__in=OPEN) & Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="case_closed_both_or_neither",
            ),
        )
        indexes = (
            Index(
                F("priority").desc(),
                F("due_at").asc(),
                F("risk").desc(),
                F("id"),
                name="case_queue_order",
                condition=Q(state__in=OPEN),
            ),
            Index(fields=("draft", "opened_at"), name="case_by_draft"),
        )


class Lease(models.Model):
    """Exclusive work on a case for a time. `fence` rises with each; a write with an older one is refused."""

    case = models.ForeignKey("reviewdesk.Case", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=_words(Purpose))
    fence = models.BigIntegerField()
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    active_seconds = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=20, default="", blank=True, choices=_words(LeaseEnd))

    class Meta:
        constraints = (
            UniqueConstraint(fields=("case",), condition=Q(ended_at=None), name="one_live_lease_a_case"),
            CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="lease_ended_both_or_neither",
            ),
        )
        indexes = (Index(fields=("holder",), name="lease_live_by_holder", condition=Q(ended_at=None)),)


class Comment(models.Model):
    """A remark on a span, or on the whole; replies name their thread's first comment."""

    case = models.ForeignKey("reviewdesk.Case", on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey("reviewdesk.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=5000)
    anchor = models.JSONField(default=dict, blank=True)
    for_source = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = (
            CheckConstraint(
                condition=Q(resolved_at=None, resolved_by="") | Q(resolved_at__isnull=False) & ~Q(resolved_by=""),
                name="comment_resolved_both_or_neither",
            ),
            CheckConstraint(
                condition=Q(author=None, source__isnull=False) | Q(author__isnull=False, source=None),
                name="comment_by_a_person_or_a_source",
            ),
        )


class ClaimCheck(models.Model):
    """What a person decided about a sentence, bound to its hash: a changed sentence has another one."""

    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    sentence_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=_words(ClaimState))
    basis = models.CharField(max_length=20, default="", blank=True, choices=_words(Basis))
    source_url = models.CharField(max_length=2048, default="", blank=True)
    note = models.CharField(max_length=2000, default="", blank=True)
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        indexes = (Index(fields=("draft", "sentence_hash", "-id"), name="claim_check_latest"),)


class PasteDeclaration(models.Model):
    """Where a passage that came in one piece is from; `passage_hash` names its words, wherever they stand."""

    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    passage_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=10, choices=_words(PasteOrigin))
    source_url = models.CharField(max_length=2048, default="", blank=True)
    note = models.CharField(max_length=2000, default="", blank=True)
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        indexes = (Index(fields=("draft", "passage_hash"), name="paste_declared"),)


class FindingDismissal(models.Model):
    """Why a finding of an enforced check, or a tamper signal, may stay; `finding_hash` names it and its words."""

    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    finding_hash = models.CharField(max_length=64)
    check_name = models.CharField(max_length=80)
    reason = models.CharField(max_length=2000)
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        indexes = (Index(fields=("draft", "finding_hash"), name="finding_dismissed"),)


class GateResult(models.Model):
    """What the gate said about one revision under one policy version, and all that it saw."""

    case = models.ForeignKey("reviewdesk.Case", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey("reviewdesk.Policy", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10)
    approved = models.BooleanField()
    claim_level = models.CharField(max_length=30, default="", blank=True)
    disclosure = models.CharField(max_length=30, default="", blank=True)
    verdicts = models.JSONField()
    evidence = models.JSONField()
    evidence_digest = models.CharField(max_length=71)
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        indexes = (Index(fields=("case", "stage", "-id"), name="gate_result_latest"),)


class ResponsibleParty(models.Model):
    """Who answers for published texts, with a page that the public can open."""

    name = models.CharField(max_length=200)
    role = models.CharField(max_length=120)
    contact_url = models.CharField(max_length=2048)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)


class SignOff(models.Model):
    """A person's yes to exact bytes, with what they declared."""

    case = models.ForeignKey("reviewdesk.Case", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=71)
    newest_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=_words(SignOffKind))
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    identity_key = models.CharField(max_length=254)
    contributor = models.BooleanField()
    policy = models.ForeignKey("reviewdesk.Policy", on_delete=models.PROTECT, related_name="+")
    gate_result = models.ForeignKey("reviewdesk.GateResult", on_delete=models.PROTECT, related_name="+")
    evidence_digest = models.CharField(max_length=71)
    responsible = models.ForeignKey("reviewdesk.ResponsibleParty", on_delete=models.PROTECT, related_name="+")
    statement = models.CharField(max_length=40)
    statement_sha256 = models.CharField(max_length=64)
    declaration = models.JSONField()
    active_seconds = models.PositiveIntegerField()
    auth_method = models.CharField(max_length=20)
    auth_at = models.DateTimeField()
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        constraints = (
            UniqueConstraint(fields=("gate_result", "kind", "person"), name="one_sign_off_a_person_and_judgement"),
        )


class SignOffVoid(models.Model):
    """Why a sign-off counts no more; the sign-off itself stays for ever."""

    sign_off = models.OneToOneField("reviewdesk.SignOff", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, choices=_words(VoidCause))
    revision = models.ForeignKey("reviewdesk.Revision", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnly()


class SignOffCarry(models.Model):
    """A sign-off that holds for a revision which differs from the signed one in form only."""

    sign_off = models.ForeignKey("reviewdesk.SignOff", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        constraints = (UniqueConstraint(fields=("sign_off", "revision"), name="one_carry_a_sign_off_and_revision"),)


class Objection(models.Model):
    """An approver's no, with its reason; it blocks until it is lifted."""

    case = models.ForeignKey("reviewdesk.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=40)
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField()

    objects = AppendOnly()


class ObjectionLift(models.Model):
    """The end of an objection."""

    objection = models.OneToOneField("reviewdesk.Objection", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=2000, default="", blank=True)
    at = models.DateTimeField()

    objects = AppendOnly()
