"""What managers administer: sources, tokens shown once, addresses, people, who answers for texts, policies."""

import re
from typing import ClassVar

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from content.drafts import queries as draft_queries
from content.permissions import Role
from content.policy import queries as policy_queries
from content.review.queries import evidence
from tests.doors.desk.visitor import Visitor
from tests.publishing.maker import PublishingMaker


@pytest.fixture
def manager(make: PublishingMaker) -> Visitor:
    return Visitor(make.manager())


class TestSources:
    fields: ClassVar[dict[str, str]] = {
        "name": "Docs CMS",
        "slug": "docs",
        "default_kind": "documentation",
        "default_language": "en",
    }

    def test_are_added(self, manager: Visitor) -> None:
        page = manager.follow("sources", **self.fields)

        assert draft_queries.get_source(slug="docs").name == "Docs CMS"
        assert "It has no token yet." in page.content.decode()

    def test_are_refused_with_what_was_written_when_the_name_is_taken(self, manager: Visitor) -> None:
        manager.send("sources", **self.fields)

        page = manager.send("sources", **(self.fields | {"name": "Second CMS"}))

        assert page.status_code == 409
        assert "Second CMS" in page.content.decode()

    def test_say_that_there_is_none_yet(self, manager: Visitor) -> None:
        assert "No source may post yet." in manager.open("sources").content.decode()


class TestTokens:
    def make_one(self, manager: Visitor, make: PublishingMaker) -> tuple[str, str]:
        source = make.source()
        page = manager.send(
            "create_token", source.slug, name="Import", scopes=["drafts:write"], mode="live", days="30"
        ).content.decode()
        found = re.search(r'<code id="token"[^>]*>([^<]+)</code>', page)
        assert found is not None
        return source.slug, found[1]

    def test_are_shown_once_and_work(self, manager: Visitor, make: PublishingMaker) -> None:
        slug, token = self.make_one(manager, make)

        again = manager.open("source", slug).content.decode()

        assert token not in again
        assert draft_queries.authenticate(plaintext=token, at=timezone.now()).token_name == "Import"

    def test_are_revoked(self, manager: Visitor, make: PublishingMaker) -> None:
        slug, token = self.make_one(manager, make)
        token_id = draft_queries.token_id_of(plaintext=token)

        page = manager.follow("revoke_token", slug, token=token_id)

        assert "revoked" in page.content.decode()
        assert draft_queries.token_id_of(plaintext=token) is None

    @pytest.mark.parametrize("changes", [{"scopes": []}, {"days": "9999"}, {"days": "x"}, {"mode": "loud"}])
    def test_that_cannot_be_are_refused(
        self, manager: Visitor, make: PublishingMaker, changes: dict[str, object]
    ) -> None:
        source = make.source()
        fields = {"name": "Import", "scopes": ["drafts:write"], "mode": "live", "days": "30"} | changes

        page = manager.send("create_token", source.slug, **fields)

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()

    def test_are_not_an_editor_s_business(self, make: PublishingMaker) -> None:
        source = make.source()

        page = Visitor(make.editor()).send("create_token", source.slug, name="Mine", scopes=["drafts:write"])

        assert page.status_code == 403
        assert not list(draft_queries.tokens_of(source_id=source.pk))


@pytest.mark.localhost
class TestAddresses:
    def test_are_added_tested_given_a_new_secret_and_removed(self, manager: Visitor, make: PublishingMaker) -> None:
        slug = make.source().slug

        added = manager.send("add_endpoint", slug, url="https://8.8.8.8/hook").content.decode()
        endpoint_id = manager.open("source", slug).context["endpoints"][0].pk
        rotated = manager.send("rotate_secret", slug, endpoint=endpoint_id).content.decode()
        tested = manager.send("test_endpoint", slug, endpoint=endpoint_id)
        manager.send("remove_endpoint", slug, endpoint=endpoint_id)

        secrets = [re.findall(r"whsec_[^<]+", page) for page in (added, rotated)]
        assert all(secrets)
        assert secrets[0] != secrets[1]
        assert tested.status_code == 302
        assert "Nobody is told." in manager.open("source", slug).content.decode()

    def test_inside_are_refused(self, manager: Visitor, make: PublishingMaker) -> None:
        page = manager.send("add_endpoint", make.source().slug, url="https://127.0.0.1/hook")

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()


class TestPeople:
    fields: ClassVar[dict[str, str]] = {
        "name": "Ada Kern",
        "email": "ada@desk.example",
        "password": "a" * 16,
        "role": "editor",
    }

    def test_are_added_with_a_first_role(self, manager: Visitor) -> None:
        page = manager.follow("people", **self.fields)

        added = get_user_model().objects.get(email="ada@desk.example")
        assert [grant.role for grant in draft_queries.grants_of(user_id=added.pk)] == [Role.EDITOR]
        assert "Ada Kern" in page.content.decode()

    def test_with_an_address_that_is_taken_are_refused(self, manager: Visitor) -> None:
        manager.send("people", **self.fields)

        page = manager.send("people", **(self.fields | {"name": "Second Ada"}))

        assert page.status_code == 409
        assert "Second Ada" in page.content.decode()

    def test_get_and_lose_roles(self, manager: Visitor, make: PublishingMaker) -> None:
        somebody = make.editor()

        manager.send("grant", user=somebody.id, role="approver", source="", kind="", language="")
        twice = manager.send("grant", user=somebody.id, role="approver", source="", kind="", language="")
        held = draft_queries.grants_of(user_id=somebody.id)
        grant = next(each for each in draft_queries.grants() if each.user_id == somebody.id and each.role == "approver")
        manager.send("revoke", grant=grant.pk)

        assert twice.status_code == 409
        assert {each.role for each in held} == {Role.EDITOR, Role.APPROVER}
        assert [each.role for each in draft_queries.grants_of(user_id=somebody.id)] == [Role.EDITOR]


class TestWhoAnswersForTexts:
    def test_is_added(self, manager: Visitor) -> None:
        manager.send("responsible", name="Docs team", role="editors", contact_url="https://example.org/imprint")

        assert [each.name for each in evidence.responsible_parties(at=timezone.now())] == ["Docs team"]

    def test_needs_a_page_that_the_public_can_open(self, manager: Visitor) -> None:
        page = manager.send("responsible", name="Docs team", role="editors", contact_url="ftp://example.org")

        assert page.status_code == 422
        assert "Docs team" in page.content.decode()


class TestPolicies:
    def test_are_listed_and_read(self, manager: Visitor) -> None:
        shown = policy_queries.policies()[0]

        listed = manager.open("policies").content.decode()
        page = manager.open("policy", shown.pk).content.decode()

        assert shown.slug in listed
        assert "Every sentence edited or verified" in page
        assert "coverage.v1" in page

    def test_that_there_are_not_are_not_found(self, manager: Visitor) -> None:
        assert manager.open("policy", 999_999).status_code == 404


class TestTheAccountPage:
    def test_says_what_one_may_do_and_what_is_recorded(self, make: PublishingMaker) -> None:
        page = Visitor(make.editor()).open("account").content.decode()

        assert "check claims" in page
        assert "What is recorded while you edit" in page
