import pytest

from content.actors import SYSTEM, NotPermitted, Person
from content.permissions import Role
from content.policy import actions, queries
from content.policy.body import PolicyInvalid
from content.policy.shipped import SHIPPED
from tests.make import NOON, Maker


@pytest.fixture
def manager(make: Maker) -> Person:
    return make.person(Role.MANAGER)


class TestInstallPolicies:
    def test_activates_one_for_each_kind(self, make: Maker) -> None:
        installed = actions.install_policies(by=SYSTEM, at=NOON)

        assert {each.kind for each in installed} == set(SHIPPED)
        assert queries.policy_for(kind="news").version == 1

    def test_does_nothing_twice(self, make: Maker) -> None:
        actions.install_policies(by=SYSTEM, at=NOON)

        assert actions.install_policies(by=SYSTEM, at=NOON) == []

    def test_leaves_a_kind_alone_that_has_a_policy_of_another_name(self, make: Maker, manager: Person) -> None:
        drafted = actions.draft_policy(slug="house", kind="news", body=SHIPPED["news"], by=manager, at=NOON)
        actions.activate_policy(policy_id=drafted.pk, by=make.manager(), at=NOON)

        installed = actions.install_policies(by=SYSTEM, at=NOON)

        assert "news" not in {each.kind for each in installed}

    def test_is_no_business_of_a_person(self, manager: Person) -> None:
        with pytest.raises(NotPermitted):
            actions.install_policies(by=manager, at=NOON)  # type: ignore[arg-type]


class TestDraftPolicy:
    def test_numbers_the_versions_of_a_slug(self, manager: Person) -> None:
        first = actions.draft_policy(slug="house", kind="news", body=SHIPPED["news"], by=manager, at=NOON)
        second = actions.draft_policy(slug="house", kind="news", body=SHIPPED["news"], by=manager, at=NOON)

        assert (first.version, second.version, second.state) == (1, 2, "draft")

    def test_refuses_a_body_that_would_approve_everything(self, manager: Person) -> None:
        with pytest.raises(PolicyInvalid) as refused:
            actions.draft_policy(slug="house", kind="news", body=SHIPPED["news"] | {"rules": []}, by=manager, at=NOON)

        assert [each.pointer for each in refused.value.errors] == ["/rules"]

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.MANAGER])
    def test_is_for_managers(self, make: Maker, role: Role) -> None:
        with pytest.raises(NotPermitted):
            actions.draft_policy(slug="house", kind="news", body=SHIPPED["news"], by=make.person(role), at=NOON)


class TestActivatePolicy:
    def test_retires_the_version_before(self, make: Maker, manager: Person) -> None:
        actions.install_policies(by=SYSTEM, at=NOON)
        drafted = actions.draft_policy(slug="news", kind="news", body=SHIPPED["news"], by=manager, at=NOON)

        actions.activate_policy(policy_id=drafted.pk, by=make.manager(), at=NOON)

        assert queries.policy_for(kind="news").version == 2
        assert queries.get_policy(slug="news", version=1).state == "retired"

    def test_needs_a_second_manager(self, manager: Person) -> None:
        drafted = actions.draft_policy(slug="house", kind="news", body=SHIPPED["news"], by=manager, at=NOON)

        with pytest.raises(actions.SecondPersonNeeded):
            actions.activate_policy(policy_id=drafted.pk, by=manager, at=NOON)

    def test_works_once(self, make: Maker, manager: Person) -> None:
        drafted = actions.draft_policy(slug="house", kind="news", body=SHIPPED["news"], by=manager, at=NOON)
        second = make.manager()
        actions.activate_policy(policy_id=drafted.pk, by=second, at=NOON)

        with pytest.raises(actions.NotADraft):
            actions.activate_policy(policy_id=drafted.pk, by=second, at=NOON)

    def test_refuses_what_is_not_there(self, manager: Person) -> None:
        with pytest.raises(queries.PolicyNotFound):
            actions.activate_policy(policy_id=0, by=manager, at=NOON)


class TestPolicyFor:
    def test_prefers_the_policy_that_a_source_named(self, make: Maker, manager: Person) -> None:
        actions.install_policies(by=SYSTEM, at=NOON)

        assert queries.policy_for(kind="documentation", slug="news").slug == "news"

    def test_says_when_none_is_active(self, make: Maker) -> None:
        with pytest.raises(queries.PolicyNotFound):
            queries.policy_for(kind="poetry")

    def test_lists_all_versions(self, make: Maker) -> None:
        actions.install_policies(by=SYSTEM, at=NOON)

        assert [each.slug for each in queries.policies()] == sorted(SHIPPED)

    def test_reads_a_body_once(self, make: Maker) -> None:
        actions.install_policies(by=SYSTEM, at=NOON)
        policy = queries.policy_for(kind="news")

        assert queries.body_of(policy=policy) is queries.body_of(policy=queries.policy_by_id(policy_id=policy.pk))
