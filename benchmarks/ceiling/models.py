"""Four tables: whoever may post, what was posted, its text, and that it happened."""

from typing import ClassVar

from django.db import models


class Token(models.Model):
    """Whoever may post; only the digest of what they show is kept."""

    sha256 = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=40)

    objects: ClassVar[models.Manager["Token"]] = models.Manager()


class Draft(models.Model):
    """One posted draft."""

    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    received_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Draft"]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "external_id"), name="ceiling_one_a_source"),)


class Revision(models.Model):
    """Its text."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT)
    text = models.TextField()
    language = models.CharField(max_length=20)

    objects: ClassVar[models.Manager["Revision"]] = models.Manager()


class Event(models.Model):
    """That it happened."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT)
    fact = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Event"]] = models.Manager()
