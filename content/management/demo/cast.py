"""Who takes part in the demo: three people, three sources, somebody who answers for what is published."""

from dataclasses import dataclass
from datetime import datetime

from content.actors import SYSTEM, Machine, Person, PersonId
from content.drafts import queries as drafts
from content.drafts.actions import people, sources
from content.permissions import Role, Scope
from content.policy import actions as policies
from content.review.actions import cases

PEOPLE = (
    ("editor@example.org", "Ada Kern", (Role.EDITOR,)),
    ("approver@example.org", "Jonas Brandt", (Role.APPROVER,)),
    ("manager@example.org", "Miriam Vogel", (Role.MANAGER, Role.PUBLISHER)),
)
SOURCES = (
    ("docs-cms", "Documentation CMS", "documentation"),
    ("newsroom-cms", "Newsroom CMS", "analysis"),
    ("marketing-suite", "Marketing suite", "marketing"),
)
SCOPES = (
    Scope.DRAFTS_WRITE,
    Scope.DRAFTS_READ,
    Scope.PUBLICATIONS_READ,
    Scope.EVENTS_READ,
    Scope.WEBHOOKS_MANAGE,
)
TOKEN_DAYS = 365


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """Everybody in the demo. `machines` by slug of their source; `token` is the first source's, to try the API."""

    editor: Person
    approver: Person
    manager: Person
    machines: dict[str, Machine]
    responsible_id: int
    token: str


def assemble(*, password: str, at: datetime) -> Cast:
    """Make everybody who takes part, all with the same password."""
    policies.install_policies(by=SYSTEM, at=at)
    persons = [_person(email, name, roles, password, at) for email, name, roles in PEOPLE]
    tokens = {slug: _token(slug, name, kind, at) for slug, name, kind in SOURCES}
    party = cases.set_responsible_party(
        name="Example Docs, editorial desk",
        role="Editor-in-chief",
        contact_url="https://example.org/imprint",
        by=SYSTEM,
        at=at,
    )
    return Cast(
        editor=persons[0],
        approver=persons[1],
        manager=persons[2],
        machines={slug: drafts.authenticate(plaintext=token, at=at).machine for slug, token in tokens.items()},
        responsible_id=party.pk,
        token=tokens[SOURCES[0][0]],
    )


def _person(email: str, name: str, roles: tuple[Role, ...], password: str, at: datetime) -> Person:
    user = people.add_person(email=email, name=name, password=password, by=SYSTEM, at=at)
    for role in roles:
        people.grant_role(user_id=user.pk, role=role, by=SYSTEM, at=at)
    return drafts.person_of(user_id=PersonId(user.pk))


def _token(slug: str, name: str, kind: str, at: datetime) -> str:
    source = sources.create_source(slug=slug, name=name, default_kind=kind, licence="CC-BY-4.0", by=SYSTEM, at=at)
    issued = sources.create_token(source_id=source.pk, name="Demo", scopes=SCOPES, days=TOKEN_DAYS, by=SYSTEM, at=at)
    return issued.plaintext
