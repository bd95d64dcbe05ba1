"""Gathers everything that an attestation cites, and refuses where it could not be true."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from content.attestation.models import Attestation, StatusStatement
from content.drafts import queries as drafts
from content.drafts.attested import attested_fields, media_type
from content.drafts.facts import DraftId, RevisionId
from content.drafts.states import Format
from content.errors import Conflict
from content.events import queries as event_queries
from content.events.flow import NotYet
from content.lineage import queries as lineage_queries
from content.lineage.found import LineageFacts
from content.proof.freeze import authorship_file, freeze
from content.review.facts import CaseId
from content.review.queries import gate as review_gate
from content.review.queries import sign_offs as review_sign_offs
from content.review.queries.gate import Judgement, Publishable

if TYPE_CHECKING:
    from content.drafts.models import Draft, Rendering, Revision
    from content.events.models import Event
    from content.review.models import SignOff


class NotAttestable(Conflict):
    """This text cannot be attested: it is not ready, or was changed after it was signed."""

    code = "not_attestable"


class NoResponsible(Conflict):
    """Nobody with a public https page answers for this text, so nothing is signed."""

    code = "no_responsible"


class RenderingTooComplex(Conflict):
    """The text is too deeply nested to be shown safely, so it is not published; simplify it."""

    code = "rendering_too_complex"


@dataclass(frozen=True, kw_only=True, slots=True)
class Attestable:
    """All that goes into one attestation, read at one moment. `version` is the draft's then."""

    request: "Event"
    draft: "Draft"
    head: "Revision"
    rendering: "Rendering"
    publishable: Publishable
    lineage: LineageFacts
    sign_offs: tuple["SignOff", ...]
    carries: Mapping[int, str]
    previous: Attestation | None

    @property
    def version(self) -> int:
        """The counter that every change of draft and case raises."""
        return self.draft.version

    @property
    def judgement(self) -> Judgement:
        """What the gate said, and what it saw."""
        return self.publishable.judgement

    @property
    def runs(self) -> list[tuple[int, int, str]]:
        """Start, end and kind of each stretch of the text, in code points."""
        return [(int(str(start)), int(str(end)), str(kind)) for start, end, kind in self.judgement.runs]

    @property
    def signers(self) -> tuple[int, ...]:
        """User ids of the people who signed."""
        return tuple(sorted({sign_off.person_id for sign_off in self.sign_offs}))


def gather(*, draft_id: DraftId, case_id: CaseId, event_id: int, at: datetime) -> Attestable:
    """Return everything that an attestation of a case would cite now.

    :param event_id: the Event `PublicationRequested`.
    :raises NotAttestable: if the case is not ready, or its text is not the one that was asked for.
    :raises NotYet: while the text is still being measured or rendered.
    :raises RenderingTooComplex: if the text cannot be rendered.
    """
    request = event_queries.get_event(event_id=event_id)
    draft = drafts.get_draft(draft_id=draft_id)
    found = review_gate.publishable(case_id=case_id, at=at)
    if found.judgement.reading.attributed is None:
        raise NotYet("The text is still being measured.")
    if not found.may_go_out or found.digest != request.payload["digest"]:
        raise NotAttestable
    head = drafts.get_revision(revision_id=RevisionId(found.revision_id))
    ids = [sign_off.id for sign_off in found.sign_offs]
    carried = [sign_off.id for sign_off in found.sign_offs if sign_off.digest != found.digest]
    return Attestable(
        request=request,
        draft=draft,
        head=head,
        rendering=_rendering(draft, head),
        publishable=found,
        lineage=lineage_queries.lineage_of(draft_id=draft_id),
        sign_offs=tuple(review_sign_offs.sign_off_rows(ids=ids)),
        carries=review_sign_offs.carry_methods(ids=carried, revision_id=head.pk) if carried else {},
        previous=_previous(draft_id),
    )


def _rendering(draft: "Draft", head: "Revision") -> "Rendering":
    rendering = drafts.rendering_of(text_sha256=head.text_sha256, format_=draft.format)
    if rendering is None:
        raise NotYet("The text is still being rendered.")
    if rendering.outcome != "ok":
        raise RenderingTooComplex
    return rendering


def _previous(draft_id: DraftId) -> Attestation | None:
    """Return the attestation that a new one of this draft takes the place of."""
    withdrawn = StatusStatement.objects.filter(attestation__draft=draft_id).values("attestation")
    standing = Attestation.objects.filter(draft=draft_id).exclude(pk__in=withdrawn)
    previous: Attestation | None = standing.order_by("-issued_at", "-pk").first()
    return previous


def subjects_of(*, found: Attestable) -> Mapping[str, bytes]:
    """Return the files that are signed, byte for byte.

    :raises Invalid: with the code and the place, if the text cannot be frozen.
    """
    head = found.head
    frozen = freeze(
        text=head.text,
        media_type=media_type(Format(found.draft.format)),
        title=head.title,
        summary=head.summary,
        language=head.language,
        extra=attested_fields(head.extras, head.canonical_url),
    )
    derived = {
        "authorship.json": authorship_file(runs=found.runs),
        "content.html": found.rendering.html.encode(),
        "content.txt": found.rendering.plain.encode(),
    }
    return derived | dict(frozen.files)
