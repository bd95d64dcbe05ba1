from datetime import timedelta
from typing import Any

import pytest

from content.actors import SYSTEM, NotPermitted, PeopleOnly
from content.drafts import queries as drafts
from content.drafts.actions import sources
from content.drafts.models import SourceToken
from content.drafts.refusals import (
    SourceExists,
    TokenExpired,
    TokenMalformed,
    TokenNotFound,
    TokenRevoked,
    TokenUnknown,
)
from content.drafts.states import Mode
from content.drafts.tokens import PATTERN, parse, spell
from content.permissions import Scope
from tests.make import NOON, Maker

SPELLED = spell(mode=Mode.LIVE, lookup=bytes(5), secret=bytes(range(32)))


class TestTheFormOfATokenIs:
    def test_one_that_scanners_can_find(self) -> None:
        assert PATTERN.fullmatch(SPELLED)
        assert SPELLED.startswith("rd_live_00000000_")

    def test_held_by_a_checksum(self) -> None:
        assert parse(SPELLED).lookup == "00000000"

        with pytest.raises(TokenMalformed):
            parse(SPELLED.replace("rd_live", "rd_test"))

    @pytest.mark.parametrize("wrong", ["", "rd_live_", SPELLED[:-1], SPELLED + "0", SPELLED.lower(), " " + SPELLED])
    def test_the_only_one(self, wrong: str) -> None:
        with pytest.raises(TokenMalformed):
            parse(wrong)


class TestTokens:
    def test_open_the_api_for_their_source(self, make: Maker) -> None:
        source = make.source()
        issued = make.token(source=source, scopes=[Scope.DRAFTS_READ])

        caller = drafts.authenticate(plaintext=issued.plaintext, at=NOON)

        assert caller.machine.source_id == source.pk
        assert caller.machine.scopes == {Scope.DRAFTS_READ}

    def test_are_not_stored(self, make: Maker) -> None:
        issued = make.token()

        row = SourceToken.objects.get(pk=issued.token_id)
        assert issued.plaintext not in str(row.__dict__)

    def test_of_the_right_form_that_nobody_got_are_unknown(self, make: Maker) -> None:
        make.token()

        with pytest.raises(TokenUnknown):
            drafts.authenticate(plaintext=SPELLED, at=NOON)

    def test_expire(self, make: Maker) -> None:
        issued = make.token(days=1)

        with pytest.raises(TokenExpired):
            drafts.authenticate(plaintext=issued.plaintext, at=NOON + timedelta(days=1))

    def test_can_be_revoked_once(self, make: Maker) -> None:
        issued = make.token()
        sources.revoke_token(token_id=issued.token_id, by=SYSTEM, at=NOON)

        with pytest.raises(TokenRevoked):
            drafts.authenticate(plaintext=issued.plaintext, at=NOON)
        with pytest.raises(TokenNotFound):
            sources.revoke_token(token_id=issued.token_id, by=SYSTEM, at=NOON)

    def test_are_made_by_those_who_manage_sources(self, make: Maker) -> None:
        source = make.source()
        asked: dict[str, Any] = {"source_id": source.pk, "name": "x", "scopes": [Scope.DRAFTS_READ], "at": NOON}

        assert sources.create_token(**asked, by=make.manager()).token_id
        with pytest.raises(NotPermitted):
            sources.create_token(**asked, by=make.editor())
        with pytest.raises(PeopleOnly):
            sources.create_token(**asked, by=make.cms())

    @pytest.mark.parametrize("asked", [{"scopes": []}, {"days": 0}, {"days": 366}])
    def test_need_a_scope_and_a_life(self, make: Maker, asked: dict[str, object]) -> None:
        with pytest.raises(sources.TokenInvalid):
            make.token(**asked)  # type: ignore[arg-type]


class TestSources:
    def test_have_a_name_once(self, make: Maker) -> None:
        make.source(slug="newsroom")

        with pytest.raises(SourceExists):
            make.source(slug="newsroom")

    @pytest.mark.parametrize("wrong", [{"slug": "news room"}, {"name": " "}, {"default_kind": "poem"}])
    def test_need_fields_that_can_be(self, make: Maker, wrong: dict[str, str]) -> None:
        with pytest.raises(sources.SourceInvalid):
            make.source(**wrong)
