"""Policies as data: immutable versions, one active for each kind of text."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class Policy(models.Model):
    """A named, versioned set of rules. `sha256` is of the RFC 8785 form of `body`."""

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="draft")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=40)
    activated_at = models.DateTimeField(null=True, blank=True)
    activated_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(fields=("slug", "version"), name="one_policy_a_version"),
            UniqueConstraint(fields=("kind",), condition=Q(state="active"), name="one_active_policy_a_kind"),
            CheckConstraint(condition=Q(state__in=("draft", "active", "retired")), name="policy_state_known"),
            CheckConstraint(
                condition=Q(activated_at=None, activated_by="") | Q(activated_at__isnull=False) & ~Q(activated_by=""),
                name="policy_activated_both_or_neither",
            ),
        )
