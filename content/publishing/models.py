"""What is public, and who was told."""

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from content.events.models import AppendOnly


class PublicationRequest(models.Model):
    """That a ready case is to go out. Undone requests stay on record."""

    case = models.ForeignKey("reviewdesk.Case", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=71)
    event_id = models.BigIntegerField(unique=True)
    requested_by = models.CharField(max_length=40)
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=("case", "digest"),
                condition=Q(undone_at=None),
                name="one_standing_request_a_case_and_digest",
            ),
            CheckConstraint(
                condition=Q(undone_at=None, undone_by="") | Q(undone_at__isnull=False) & ~Q(undone_by=""),
                name="request_undone_both_or_neither",
            ),
        )


class Publication(models.Model):
    """A text set free. `version` counts what went out; the newest PublishedVersion is live."""

    id = models.UUIDField(primary_key=True, editable=False)
    draft = models.OneToOneField("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="published")
    version = models.PositiveIntegerField(default=1)
    slug = models.SlugField(max_length=120)
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.CharField(max_length=40, default="", blank=True)
    reason_code = models.CharField(max_length=40, default="", blank=True)
    notice = models.CharField(max_length=2000, default="", blank=True)

    class Meta:
        constraints = (
            CheckConstraint(condition=Q(state__in=("published", "retracted")), name="publication_state_known"),
            CheckConstraint(
                condition=Q(state="retracted", retracted_at__isnull=False) & ~Q(retracted_by="")
                | ~Q(state="retracted") & Q(retracted_at=None, retracted_by=""),
                name="publication_retracted_both_or_neither",
            ),
        )
        indexes = (Index(fields=("-published_at", "-id"), name="publication_newest"),)


class PublishedVersion(models.Model):
    """One set of bytes that went out, with its attestation."""

    publication = models.ForeignKey("reviewdesk.Publication", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=71)
    attestation = models.OneToOneField("reviewdesk.Attestation", on_delete=models.PROTECT, related_name="+")
    train_ai = models.CharField(max_length=1)
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        constraints = (UniqueConstraint(fields=("publication", "version"), name="one_published_version_a_number"),)


class WebhookEndpoint(models.Model):
    """An address of a Source that is told what happens. The secret is sealed; nothing shows it again."""

    source = models.ForeignKey("reviewdesk.Source", on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=2048)
    types = models.JSONField()
    description = models.CharField(max_length=200, default="", blank=True)
    sealed_secret = models.TextField()
    sealed_old_secret = models.TextField(default="", blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    sequence = models.BigIntegerField(default=0)
    enabled = models.BooleanField(default=True)
    disabled_why = models.CharField(max_length=60, default="", blank=True)
    failures_in_a_row = models.PositiveIntegerField(default=0)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)


class Delivery(models.Model):
    """One message to one endpoint. Its body is frozen when it is made; every attempt sends the same bytes."""

    endpoint = models.ForeignKey("reviewdesk.WebhookEndpoint", on_delete=models.PROTECT, related_name="+")
    event_id = models.BigIntegerField()
    type = models.CharField(max_length=60)
    sequence = models.BigIntegerField()
    body = models.TextField()
    outcome = models.CharField(max_length=12, default="pending")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(fields=("endpoint", "event_id"), name="one_delivery_an_event_and_endpoint"),
            CheckConstraint(
                condition=Q(outcome__in=("pending", "delivered", "failed", "refused", "dead", "skipped")),
                name="delivery_outcome_known",
            ),
        )
        indexes = (Index(fields=("endpoint", "-id"), name="delivery_newest"),)


class DeliveryAttempt(models.Model):
    """One try: what the endpoint answered, or why it was not asked."""

    delivery = models.ForeignKey("reviewdesk.Delivery", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    duration_ms = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, default="", blank=True)
    answer = models.TextField(default="", blank=True)

    objects = AppendOnly()
