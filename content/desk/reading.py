"""Read a case: its text with the changes shown, its versions, what happened, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.actors import Person, SourceId, Subject
from content.desk import diffs, forms, telling
from content.desk.door import Again, again_status, go, page, say, show
from content.drafts import queries as draft_queries
from content.drafts.facts import DraftId
from content.drafts.refusals import RevisionNotFound
from content.errors import ReviewDeskError
from content.permissions import Permission
from content.publishing.queries import publications
from content.review.actions import text
from content.review.assembly import Reading
from content.review.facts import CaseId
from content.review.passages import Passage
from content.review.queries import cases as case_queries
from content.review.queries import desk as desk_queries
from content.review.queries import evidence as evidences
from content.review.queries import sign_offs as sign_off_queries
from content.review.queries.desk import DeskFacts
from content.review.queries.queue import names_of
from content.review.refusals import CaseNotFound
from content.web.person import person

if TYPE_CHECKING:
    from content.drafts.models import Draft, Revision
    from content.review.models import Case


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One version as lists show it."""

    id: int
    number: int
    origin: str
    placement: str
    who: str
    digest: str
    at: datetime


def seen(case_id: UUID, by: Person) -> tuple["Case", "Draft", "Revision"]:
    """Return a case, its draft and the text that is reviewed, for whoever may see them.

    :raises CaseNotFound: if there is none, or the person may not see it.
    """
    case = case_queries.get_case(case_id=CaseId(case_id))
    head = draft_queries.head_of(draft_id=case.draft_id)
    subject = Subject(source_id=SourceId(case.draft.source_id), kind=case.draft.kind, language=head.language)
    if not by.may(Permission.VIEW, subject):
        raise CaseNotFound(case_id=str(case_id))
    return case, case.draft, head


def lines_of(draft_id: DraftId) -> list[Line]:
    """Return the versions of a draft, newest first, each with the name of who made it."""
    rows = draft_queries.revision_lines(draft_id=draft_id)
    names = names_of(user_ids=[int(row.author[7:]) for row in rows if row.author.startswith("person:")])
    return [
        Line(
            id=row.id,
            number=row.number,
            origin=row.origin,
            placement=row.placement,
            who=who(row.author, names),
            digest=row.digest,
            at=row.created_at,
        )
        for row in reversed(rows)
    ]


def who(author: str, names: Mapping[int, str]) -> str:
    """Return the name behind an author string such as `person:7`."""
    kind, _colon, ident = author.partition(":")
    if kind == "person":
        return names.get(int(ident), "")
    return _("The source") if kind == "source" else "ReviewDesk"


def undeclared(draft_id: DraftId, judged: Reading) -> list[Passage]:
    """Return the pasted passages of a text that nobody said the origin of."""
    if not judged.passages:
        return []
    declared = evidences.declared_passages(draft_id=draft_id)
    return [each for each in judged.passages if each.hash not in declared]


@page("GET", "HEAD", needs=Permission.VIEW)
def read(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a version of the text as a page to read and print, with its changes against another version."""
    case, draft, head = seen(case_id, person(request))
    number = _number(request, "version", head.number)
    against = _number(request, "against", 1)
    shown = head if number == head.number else draft_queries.revision(draft_id=draft.pk, number=number)
    base = draft_queries.revision(draft_id=draft.pk, number=against)
    plain = request.GET.get("as") == "text"
    context = {
        "case": case,
        "head": head,
        "shown": shown,
        "base": base,
        "plain": plain,
        "rendering": draft_queries.rendering_of(text_sha256=shown.text_sha256, format_=draft.format) if plain else None,
        "blocks": diffs.blocks_of(shown.text if plain else base.text, shown.text),
        "title_blocks": diffs.blocks_of(shown.title if plain else base.title, shown.title),
    }
    return show(request, "case/read.html", context)


def _number(request: HttpRequest, name: str, default: int) -> int:
    value = request.GET.get(name, "")
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise RevisionNotFound
    return int(value)


def ended(request: HttpRequest, facts: DeskFacts) -> HttpResponse:
    """Show the text of a case that has ended, what happened to it, when, and by whom."""
    publication = publications.publication_of(draft_id=facts.draft.pk)
    kind, _colon, ident = facts.case.closed_by.partition(":")
    names = {**facts.names, **names_of(user_ids=[int(ident)] if kind == "person" else [])}
    context = {
        "facts": facts,
        "closed_by": who(facts.case.closed_by, names),
        "publication": publications.facts_of(publication_id=publication.pk) if publication else None,
        "sign_offs": sign_off_queries.sign_offs_of(case_id=facts.facts.case_id),
        "may_retract": person(request).may(Permission.RETRACT, facts.facts.subject),
        "blocks": diffs.blocks_of(facts.original.text, facts.head.text),
    }
    return show(request, "case/ended.html", context)


def show_versions(request: HttpRequest, case_id: UUID, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show all versions, who made them and when, to compare any two and to restore one."""
    by = person(request)
    case, draft, head = seen(case_id, by)
    lines = lines_of(DraftId(draft.pk))
    facts = desk_queries.allowed_actions(case_id=CaseId(case_id), by=by, at=timezone.now())
    context = {
        "case": case,
        "head": head,
        "lines": lines,
        "fence": draft.fence,
        "may_edit": any(each.ok for each in facts if each.action == "edit"),
        "error": error,
    }
    return show(request, "case/versions.html", context, status=again_status(error))


@page("GET", "HEAD", needs=Permission.VIEW)
def versions(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show all versions of a draft."""
    return show_versions(request, case_id)


_versions_again: Again = show_versions


@page("POST", again=_versions_again)
def restore(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make an older version the text again, as a new version."""
    saved = text.restore(
        case_id=CaseId(case_id),
        fence=forms.whole(request, "fence"),
        number=forms.whole(request, "number"),
        by=person(request),
        at=timezone.now(),
    )
    say(request, _("Version %(number)s is the text now.") % {"number": saved.revision.number})
    return go("case", case_id)


@page("GET", "HEAD", needs=Permission.VIEW)
def history(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show everything that happened to a draft, newest first."""
    case, _draft, head = seen(case_id, person(request))
    events = list(desk_queries.history_of(case_id=CaseId(case_id)))
    names = names_of(user_ids=telling.people_in(events))
    context = {"case": case, "head": head, "entries": [telling.told(event, names) for event in events]}
    return show(request, "case/history.html", context)
