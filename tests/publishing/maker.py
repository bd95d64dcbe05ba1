"""Brings signed cases to the public, by the Jobs that do it in earnest."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from content import pipeline
from content.actors import SYSTEM, Machine
from content.attestation.actions.keys import register_keys
from content.attestation.models import Attestation
from content.drafts.facts import RevisionId
from content.events.models import Job
from content.publishing.actions import requests
from content.publishing.models import Publication
from content.publishing.queries.publications import PublicationFacts, facts_of
from content.review.queries import cases, gate
from tests.make import NOON, Maker
from tests.making_cases import Step

UNDO = timedelta(seconds=30)
RENDER = "drafts.render"
SIGN = "attestation.issue"
LOG = "attestation.sequence_log"
PUBLISH = "publishing.publish"
REVOKE = ("publishing.revoke_retracted", "publishing.revoke_unpublished")
TELL = ("publishing.fan_out", "publishing.deliver")
TO_THE_PUBLIC = (RENDER, SIGN, LOG, PUBLISH, *REVOKE)


@dataclass(frozen=True, kw_only=True)
class Out:
    """A text that is out."""

    step: Step
    facts: PublicationFacts

    @property
    def attestation_id(self) -> UUID:
        """The attestation of its newest version."""
        return self.facts.attestation_id


class PublishingMaker(Maker):
    """Makes published texts."""

    def keys(self) -> None:
        """Register the keys of this run."""
        register_keys(by=SYSTEM, at=NOON)

    def work(self, *kinds: str, at: datetime) -> int:
        """Work the Jobs of these kinds that are due, until none is left; return how many."""
        wanted: Collection[str] = kinds or TO_THE_PUBLIC
        worked = 0
        while True:
            due = Job.objects.ready().filter(kind__in=wanted, run_at__lte=at).order_by("priority", "run_at", "id")
            ids = list(due.values_list("pk", flat=True))
            if not ids:
                return worked
            worked += sum(pipeline.run_job(job_id, clock=lambda: at) for job_id in ids)

    def requested(self, step: Step | None = None, **fields: Any) -> Step:
        """Return a case whose publication was asked for."""
        ready = step or self.ready(**fields)
        self.work(RENDER, at=ready.at)
        digest = gate.publishable(case_id=ready.case_id, at=ready.at).digest
        requests.request_publication(case_id=ready.case_id, digest=digest, by=SYSTEM, at=ready.at)
        return ready

    def signed_statement(self, **fields: Any) -> Attestation:
        """Return an attestation that waits for the log."""
        step = self.requested(**fields)
        self.work(RENDER, SIGN, at=step.at + UNDO)
        return Attestation.objects.get(case=step.case_id)

    def logged(self, **fields: Any) -> Attestation:
        """Return an attestation that stands in the log and is not published."""
        row = self.signed_statement(**fields)
        self.work(LOG, at=row.issued_at + UNDO)
        return row

    def out(self, step: Step | None = None, **fields: Any) -> Out:
        """Return a published text."""
        asked = self.requested(step, **fields)
        self.work(at=asked.at + UNDO)
        publication = Publication.objects.get(draft=asked.draft_id)
        return Out(step=asked, facts=facts_of(publication_id=publication.pk))

    def last_error(self, kind: str) -> str:
        """Return what a Job of this kind said when it failed last."""
        return str(Job.objects.filter(kind=kind).latest("pk").last_error)

    def corrected(self, out: Out, cms: Machine, *, body: str, at: datetime) -> Out:
        """Return the next version of a published text: its Source sent another one, which went all the way again."""
        sent = self.resubmit(out.step, cms, body, at=at)
        self.measure(out.step.draft_id, at, RevisionId(sent.revision.pk))
        case = cases.case_of(draft_id=out.step.draft_id)
        assert case is not None
        step = self.claim(case, at=at)
        self.save(step, body.replace("Toast", "Roast"))
        self.check_all(step)
        self.sign(step)
        second = self.claim_to_approve(step, self.approver())
        self.approve(second)
        return self.out(second)
