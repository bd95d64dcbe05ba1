"""The Django admin: it reads, and its buttons call actions."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from content.actors import SYSTEM
from content.drafts import queries as drafts
from content.drafts.actions import people
from content.drafts.models import SourceToken
from content.events.models import Event
from content.permissions import Role
from tests.make import NOON, Maker

MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "reviewdesk"), key=lambda model: model.__name__
)
# What is no row for people to look at: caches, packed hashes, parts of others.
UNSEEN = {
    *("AttestedFile", "AttributorState", "Boilerplate", "EvidenceLeaf", "FindingDismissal", "Fingerprint"),
    *("Log", "LogTile", "ObjectionLift", "PasteDeclaration", "PendingEntry", "PersonSalt", "ReceivedBody"),
    *("RollupCursor", "SignOffCarry"),
}


@pytest.fixture
def operator(db: None) -> Client:
    """Return somebody with every right that Django knows, and no role at the desk."""
    user = get_user_model().objects.create_superuser("operator", "operator@desk.example", "correct horse")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def manager(operator: Client) -> Client:
    user = get_user_model().objects.get(username="operator")
    people.grant_role(user_id=user.pk, role=Role.MANAGER, by=SYSTEM, at=NOON)
    return operator


def page(model: Any, name: str, *args: object) -> str:
    return reverse(f"admin:reviewdesk_{model._meta.model_name}_{name}", args=args)


class TestEveryTable:
    def test_has_a_page_or_a_reason_not_to(self) -> None:
        tables = {model.__name__ for model in apps.get_app_config("reviewdesk").get_models()}

        assert tables - {model.__name__ for model in MODELS} <= UNSEEN

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
    def test_is_listed(self, model: Any, operator: Client) -> None:
        assert operator.get(page(model, "changelist")).status_code == 200

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
    def test_cannot_be_added_to(self, model: Any, operator: Client) -> None:
        assert operator.get(page(model, "add")).status_code == 403
        assert operator.post(page(model, "add"), {}).status_code == 403

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
    def test_is_closed_to_others(self, model: Any, client: Client) -> None:
        assert client.get(page(model, "changelist")).status_code == 302


class TestRows:
    def test_are_shown_and_cannot_be_changed_or_deleted(self, make: Maker, operator: Client) -> None:
        make.signed()
        for model in MODELS:
            row = model._default_manager.first()
            if row is None:
                continue
            shown = operator.get(page(model, "change", row.pk))
            assert shown.status_code == 200, model
            assert b'name="_save"' not in shown.content, model
            assert operator.post(page(model, "change", row.pk), {}).status_code == 403, model
            assert operator.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model

    def test_lead_to_the_desk(self, make: Maker, operator: Client) -> None:
        step = make.signed()

        for table in ("case", "draft", "signoff", "lease", "gateresult"):
            listed = operator.get(reverse(f"admin:reviewdesk_{table}_changelist"))
            assert reverse("reviewdesk:case", kwargs={"case_id": step.case_id}) in listed.content.decode()

    def test_show_no_secret(self, make: Maker, operator: Client) -> None:
        token = make.token()
        row = SourceToken.objects.get(pk=token.token_id)

        shown = operator.get(page(SourceToken, "change", row.pk)).content.decode()

        assert row.lookup in shown
        assert row.sha256 not in shown


class TestButtons:
    def press(self, client: Client, table: str, action: str, pk: object) -> str:
        answer = client.post(
            reverse(f"admin:reviewdesk_{table}_changelist"),
            {"action": action, "_selected_action": [str(pk)]},
            follow=True,
        )
        assert answer.status_code == 200
        return answer.content.decode()

    def test_revoke_a_token_in_the_name_of_who_presses(self, make: Maker, manager: Client) -> None:
        token = make.token()
        said = self.press(manager, "sourcetoken", "revoke", token.token_id)

        assert "1 row changed." in said
        assert SourceToken.objects.get(pk=token.token_id).revoked_at is not None
        event = Event.objects.get(fact="token_revoked.v1")
        assert event.actor == str(get_user_model().objects.get(username="operator").pk)

    def test_are_refused_without_a_role_at_the_desk(self, make: Maker, operator: Client) -> None:
        token = make.token()
        said = self.press(operator, "sourcetoken", "revoke", token.token_id)

        assert "permission" in said
        assert SourceToken.objects.get(pk=token.token_id).revoked_at is None

    def test_take_a_role_back(self, make: Maker, manager: Client) -> None:
        editor = make.editor()
        (grant,) = (each for each in drafts.grants() if each.user_id == editor.id)
        self.press(manager, "grant", "revoke", grant.pk)

        assert drafts.person_of(user_id=editor.id).grants == ()

    def test_never_delete(self, make: Maker, manager: Client) -> None:
        source = make.source()
        self.press(manager, "source", "delete_selected", source.pk)

        assert list(drafts.sources()) == [source]
