"""Who works here and what they may do; who answers for texts; one's own account."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.conf import conf
from content.desk import forms
from content.desk.door import again_status, go, page, say, show
from content.drafts import queries as draft_queries
from content.drafts.actions import people as people_actions
from content.errors import ReviewDeskError
from content.permissions import PERMISSIONS_OF, Permission, Role
from content.review.actions import cases
from content.review.queries import evidence as evidences
from content.web.person import authenticated_at, person


def show_people(request: HttpRequest, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show who holds which roles, with the forms to add a person and to give a role."""
    held: dict[Any, list[Any]] = defaultdict(list)
    for grant in draft_queries.grants():
        held[grant.user].append(grant)
    context = {
        "place": "administration",
        "rows": list(held.items()),
        "roles": [(role.value, sorted(each.value for each in PERMISSIONS_OF[role])) for role in Role],
        "sources": draft_queries.sources(),
        "kinds": conf.kinds,
        "given": forms.answers(request),
        "error": error,
    }
    return show(request, "administration/people.html", context, status=again_status(error))


@page("GET", "POST", "HEAD", needs=Permission.MANAGE_PEOPLE, again=show_people)
def people(request: HttpRequest) -> HttpResponse:
    """Show everybody, or add somebody with a first role."""
    if request.method != "POST":
        return show_people(request)
    role = forms.choice(request, "role", Role)
    by, at = person(request), timezone.now()
    added = people_actions.add_person(
        email=forms.text(request, "email"),
        name=forms.text(request, "name"),
        password=request.POST.get("password", ""),
        by=by,
        at=at,
    )
    people_actions.grant_role(user_id=added.pk, role=role, by=by, at=at)
    say(request, _("Added. Tell them their password in person; they can change it."))
    return go("people")


@page("POST", needs=Permission.MANAGE_PEOPLE, again=show_people)
def grant(request: HttpRequest) -> HttpResponse:
    """Give a person a role."""
    people_actions.grant_role(
        user_id=forms.whole(request, "user"),
        role=forms.choice(request, "role", Role),
        source_id=forms.whole_or_none(request, "source"),
        kind=forms.text(request, "kind"),
        language=forms.text(request, "language"),
        by=person(request),
        at=timezone.now(),
    )
    say(request, _("Given."))
    return go("people")


@page("POST", needs=Permission.MANAGE_PEOPLE, again=show_people)
def revoke(request: HttpRequest) -> HttpResponse:
    """Take a role back."""
    people_actions.revoke_role(grant_id=forms.whole(request, "grant"), by=person(request), at=timezone.now())
    say(request, _("Taken back."))
    return go("people")


def show_parties(request: HttpRequest, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show who answers for published texts, with the form for another one."""
    context = {
        "place": "administration",
        "rows": evidences.responsible_parties(at=timezone.now()),
        "given": forms.answers(request),
        "error": error,
    }
    return show(request, "administration/responsible.html", context, status=again_status(error))


@page("GET", "POST", "HEAD", needs=Permission.MANAGE_POLICIES, again=show_parties)
def responsible(request: HttpRequest) -> HttpResponse:
    """Show who answers for published texts, or add somebody."""
    if request.method != "POST":
        return show_parties(request)
    cases.set_responsible_party(
        name=forms.text(request, "name"),
        role=forms.text(request, "role"),
        contact_url=forms.text(request, "contact_url"),
        by=person(request),
        at=timezone.now(),
    )
    say(request, _("Added."))
    return go("responsible")


@page("GET", "HEAD")
def account(request: HttpRequest) -> HttpResponse:
    """Show a person their own roles, and what is recorded while they edit."""
    by = person(request)
    context = {
        "roles": sorted({grant.role.value for grant in by.grants}),
        "permissions": sorted({each.value for grant in by.grants for each in PERMISSIONS_OF[grant.role]}),
        "authenticated_at": authenticated_at(request),
    }
    return show(request, "account/account.html", context)
