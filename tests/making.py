"""People, sources and drafts, made through real actions; `tests.make.Maker` inherits these."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, ClassVar

from django.contrib.auth import get_user_model

from content.actors import SYSTEM, Machine, Person, PersonId
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.actions import people, receiving, saving, sources
from content.drafts.attested import sha256_of
from content.drafts.intake.payload import DraftPayload, read_payload
from content.drafts.models import Draft, Revision, Source
from content.drafts.states import Mode
from content.permissions import Role, Scope

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"The clock of the tests; pass it as `at`."


class MakesDrafts:
    """Makes who takes part, and the drafts they work on."""

    LONG_LIFE: ClassVar[int] = 365

    def __init__(self) -> None:
        self._numbers = count(1)

    def number(self) -> int:
        """Return a number that this test has not had yet."""
        return next(self._numbers)

    def user(self, *, email: str = "") -> Any:
        """Return an account; its password is `correct horse`."""
        number = self.number()
        address = email or f"person{number}@desk.example"
        return get_user_model().objects.create_user(f"person{number}", address, "correct horse")

    def person(self, *roles: Role, email: str = "") -> Person:
        """Return somebody who has these roles everywhere."""
        user = self.user(email=email)
        for role in roles:
            people.grant_role(user_id=user.pk, role=role, by=SYSTEM, at=NOON)
        return drafts.person_of(user_id=PersonId(user.pk))

    def editor(self) -> Person:
        return self.person(Role.EDITOR)

    def approver(self) -> Person:
        return self.person(Role.APPROVER)

    def manager(self) -> Person:
        return self.person(Role.MANAGER)

    def outsider(self) -> Person:
        return self.person()

    def source(self, **fields: Any) -> Source:
        """Return a source of documentation in English."""
        number = self.number()
        wanted = {"slug": f"cms-{number}", "name": f"CMS {number}"} | fields
        return sources.create_source(**wanted, by=SYSTEM, at=NOON)

    def token(
        self,
        *,
        source: Source | None = None,
        scopes: Collection[Scope] = tuple(Scope),
        mode: Mode = Mode.LIVE,
        at: datetime = NOON,
        days: int | None = None,
    ) -> sources.Issued:
        """Return a token with all scopes, or those given."""
        source_id = (source or self.source()).pk
        return sources.create_token(
            source_id=source_id, name="tests", scopes=scopes, mode=mode, days=days, by=SYSTEM, at=at
        )

    def cms(self, *, source: Source | None = None, mode: Mode = Mode.LIVE) -> Machine:
        """Return a program of a source, with all scopes."""
        issued = self.token(source=source, mode=mode)
        return drafts.authenticate(plaintext=issued.plaintext, at=NOON).machine

    def payload(self, **fields: Any) -> dict[str, Any]:
        """Return a good payload as a CMS posts it; a field that is None is left out."""
        wanted = {
            "external_id": f"page:{self.number()}",
            "title": "Heat pumps in old houses",
            "body": "# Heat pumps\n\nA heat pump can warm an old house. It needs large radiators.\n",
            "language": "en",
            "generation": {"provider": "unknown", "model": "writer-9"},
        } | fields
        return {name: value for name, value in wanted.items() if value is not None}

    def read(self, *, by: Machine, **fields: Any) -> DraftPayload:
        """Return a payload as intake reads it."""
        source = next(each for each in drafts.sources() if each.pk == by.source_id)
        facts = drafts.facts_of(source=source)
        return read_payload(self.payload(**fields), source=facts, kinds=conf.kinds, at=NOON)

    def draft(self, *, by: Machine | None = None, at: datetime = NOON, **fields: Any) -> Draft:
        """Return a draft that a CMS posted."""
        machine = by or self.cms()
        payload = self.read(by=machine, **fields)
        return receiving.receive_draft(payload=payload, by=machine, at=at).draft

    def written(self, draft: Draft, text: str, *, by: Person, at: datetime = NOON + timedelta(hours=1)) -> Revision:
        """Return the head after a person wrote this text, sent whole: without a typing record."""
        now = drafts.get_draft(draft_id=draft.pk)
        head = drafts.head_of(draft_id=draft.pk)
        saving.save_working_copy(
            draft_id=draft.pk,
            base=head.number,
            fence=now.fence,
            start=0,
            entries=(),
            base_sha256=head.text_sha256,
            sha256=sha256_of(text),
            text=text,
            by=by,
            at=at,
        )
        return saving.save_revision(draft_id=draft.pk, base=head.number, fence=now.fence, by=by, at=at)
