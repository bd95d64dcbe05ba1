"""D01 to D03 and D08: what is public, what was attested, who said yes, and the log over it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from content.attestation.queries import bundles, log
from content.attestation.queries.bundles import AttestationFacts
from content.drafts import queries as drafts
from content.management.examination.finding import QUESTIONS
from content.publishing.queries import publications
from content.publishing.queries.publications import PublicationFacts
from content.review.facts import CaseId
from content.review.queries import problems as review_problems
from content.review.queries import sign_offs


def _public() -> Iterator[tuple[PublicationFacts, AttestationFacts]]:
    after = ""
    while True:
        page = publications.published(after=after, limit=200)
        known = bundles.attestations(ids=[row.attestation_id for row in page.rows])
        for row in page.rows:
            yield row, known[row.attestation_id]
        if not page.next:
            return
        after = page.next


@QUESTIONS.register("D01.published_bytes")
def published_bytes(_at: datetime) -> Iterator[str]:
    """Check that what is served is what was attested, byte for byte."""
    for row, attestation in _public():
        digest = drafts.get_revision(revision_id=attestation.revision_id).digest
        if not row.digest == attestation.digest == digest:
            yield f"publication {row.id}: it shows {row.digest}, the attestation says {attestation.digest}"
        if attestation.draft_id != row.draft_id:
            yield f"publication {row.id}: its attestation {attestation.id} is about another draft"
        yield from _changed_files(attestation)


def _changed_files(attestation: AttestationFacts) -> Iterator[str]:
    files = bundles.files_of(attestation_id=attestation.id)
    subjects = bundles.statement_of(attestation_id=attestation.id).subject
    for name in sorted(subjects.keys() & files.keys()):
        if hashlib.sha256(files[name]).hexdigest() != subjects[name]:
            yield f"attestation {attestation.id}: its file {name} is not the one that was signed"


@QUESTIONS.register("D02.sign_offs")
def attested_sign_offs(_at: datetime) -> Iterator[str]:
    """Check that every published attestation has a sign-off on exactly its bytes, given before it was issued."""
    for _, attestation in _public():
        given = sign_offs.sign_offs_of(case_id=CaseId(attestation.case_id))
        counted = [
            each
            for each in given
            if each.at <= attestation.issued_at
            and (each.digest == attestation.digest or attestation.revision_id in each.carried_to)
        ]
        if not counted:
            yield f"attestation {attestation.id}: nobody signed these bytes before it was issued"


@QUESTIONS.register("D03.log")
def sound_log(_at: datetime) -> Iterator[str]:
    """Check that the log is whole, its checkpoints hold, and every published attestation is in it."""
    yield from log.problems()
    for row, attestation in _public():
        if attestation.log_index is None:
            yield f"publication {row.id}: its attestation {attestation.id} is not in the log"


@QUESTIONS.register("D06.cases")
def sound_cases(at: datetime) -> Iterator[str]:
    """Check that cases, leases, sign-offs and what voids them agree with each other."""
    yield from review_problems.problems(at=at)


@QUESTIONS.register("D08.modes")
def modes(_at: datetime) -> Iterator[str]:
    """Check that nothing a test key signed is public for a draft that counts, nor the other way round."""
    for row, attestation in _public():
        if drafts.get_draft(draft_id=row.draft_id).mode != attestation.mode:
            yield f"publication {row.id}: the key of its attestation {attestation.id} is of mode {attestation.mode}"
