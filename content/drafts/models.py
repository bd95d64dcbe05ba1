"""Who posts, who may do what, and the texts on their way."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from content.drafts.states import Format, Mode, Origin, Placement, Priority
from content.events.models import AppendOnly
from content.permissions import Role


class Source(models.Model):
    """A CMS or AI system that posts drafts."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    default_kind = models.CharField(max_length=40, default="documentation")
    default_language = models.CharField(max_length=35, default="en")
    intake_filter = models.CharField(max_length=80, default="json.v1")
    licence = models.CharField(max_length=200, default="", blank=True)
    train_ai = models.CharField(max_length=1, default="", blank=True)
    may_request_publication = models.BooleanField(default=False)
    may_assert_human = models.BooleanField(default=False)
    requests_a_minute = models.PositiveIntegerField(default=600)
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (CheckConstraint(condition=Q(train_ai__in=("", "y", "n")), name="source_train_ai_known"),)


class SourceToken(models.Model):
    """A credential of a Source. Only its SHA-256 is kept; `lookup` is the part that may be shown."""

    source = models.ForeignKey("reviewdesk.Source", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    lookup = models.CharField(max_length=8, unique=True)
    sha256 = models.CharField(max_length=64)
    scopes = models.JSONField()
    mode = models.CharField(max_length=4, default=Mode.LIVE.value, choices=[(m.value, m.value) for m in Mode])
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=40)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=40, default="", blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            CheckConstraint(
                condition=Q(revoked_at=None, revoked_by="") | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
                name="token_revoked_both_or_neither",
            ),
        )

    def is_expired(self, at: datetime) -> bool:
        """Tell whether the token's time is over."""
        return self.expires_at <= at


class Grant(models.Model):
    """A role given to a person, for one Source or all, one kind or all, one language or all."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    source = models.ForeignKey("reviewdesk.Source", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, default="", blank=True)
    language = models.CharField(max_length=35, default="", blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=40)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=("user", "role", "source", "kind", "language"),
                name="one_grant_of_a_role_to_a_person_for_one_source",
            ),
            UniqueConstraint(
                fields=("user", "role", "kind", "language"),
                condition=Q(source=None),
                name="one_grant_of_a_role_to_a_person_for_every_source",
            ),
        )


class IdempotencyKey(models.Model):
    """One request that was answered, so that a repeat gets the same answer."""

    token = models.ForeignKey("reviewdesk.SourceToken", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (UniqueConstraint(fields=("token", "key"), name="one_use_of_an_idempotency_key"),)
        indexes = (Index(fields=("created_at",), name="idempotency_by_age"),)


class Draft(models.Model):
    """A piece of writing on its way. `version` counts every change, `fence` every lease that began or ended.

    `tag_line` is the tags, casefolded, each between commas: both databases can look for one in it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    source = models.ForeignKey("reviewdesk.Source", on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    mode = models.CharField(max_length=4, default=Mode.LIVE.value, choices=[(m.value, m.value) for m in Mode])
    kind = models.CharField(max_length=40)
    format = models.CharField(max_length=10, choices=[(f.value, f.value) for f in Format])
    head = models.ForeignKey("reviewdesk.Revision", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    fence = models.BigIntegerField(default=0)
    payload_digest = models.CharField(max_length=71)
    priority = models.CharField(
        max_length=10, default=Priority.NORMAL.value, choices=[(p.value, p.value) for p in Priority]
    )
    due_at = models.DateTimeField(null=True, blank=True)
    tags = models.JSONField(default=list)
    tag_line = models.TextField(default="", blank=True)
    context = models.JSONField(default=dict)
    sources = models.JSONField(null=True)
    spans = models.JSONField(null=True)
    upstream_marks = models.JSONField(default=list)
    policy_slug = models.CharField(max_length=60, default="", blank=True)
    warnings = models.JSONField(default=list)
    losses = models.JSONField(default=list)
    received_digest = models.CharField(max_length=71)
    received_bytes = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            UniqueConstraint(fields=("source", "mode", "external_id"), name="one_draft_an_external_id"),
            CheckConstraint(condition=Q(priority__in=[p.value for p in Priority]), name="draft_priority_known"),
            CheckConstraint(condition=Q(mode__in=("live", "test")), name="draft_mode_known"),
        )
        indexes = (Index(fields=("source", "mode", "-id"), name="draft_by_source"),)


class Revision(models.Model):
    """One immutable state of a draft's text. `digest` covers everything that is signed, `text_sha256` the body."""

    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Origin])
    placement = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Placement])
    author = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=1000, default="", blank=True)
    language = models.CharField(max_length=35)
    canonical_url = models.CharField(max_length=2048, default="", blank=True)
    extras = models.JSONField(default=dict)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=71)
    words = models.PositiveIntegerField()
    generation = models.JSONField(default=dict)
    requested_by = models.JSONField(default=dict)
    journal = models.JSONField(null=True)
    note = models.CharField(max_length=500, default="", blank=True)
    created_at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        constraints = (
            UniqueConstraint(fields=("draft", "number"), name="one_revision_a_number"),
            CheckConstraint(condition=Q(origin__in=[o.value for o in Origin]), name="revision_origin_known"),
            CheckConstraint(condition=Q(placement__in=[p.value for p in Placement]), name="revision_placement_known"),
        )


class ReceivedBody(models.Model):
    """A body as it came, kept where what is stored differs: HTML beside its Markdown, or other line ends."""

    revision = models.OneToOneField("reviewdesk.Revision", primary_key=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()

    objects = AppendOnly()


class WorkingCopy(models.Model):
    """Text that somebody types, not yet a Revision. One a draft and person; `seq` counts stored journal entries."""

    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    base = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=1000, default="", blank=True)
    extras = models.JSONField(default=dict)
    text = models.TextField()
    entries = models.JSONField(default=list)
    trusted = models.BooleanField(default=True)
    seq = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (UniqueConstraint(fields=("draft", "person"), name="one_working_copy_a_person_and_draft"),)


class Rendering(models.Model):
    """HTML and plain text made from a Markdown text by one renderer; published HTML comes from nowhere else."""

    text_sha256 = models.CharField(max_length=64)
    renderer = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    html = models.TextField()
    plain = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (UniqueConstraint(fields=("text_sha256", "renderer"), name="one_rendering_a_text_and_renderer"),)
