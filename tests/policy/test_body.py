from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from content.policy.body import PolicyInvalid, parse
from content.policy.shipped import SHIPPED
from content.proof.claims import ClaimLevel


def body(**changes: object) -> dict[str, Any]:
    return deepcopy(dict(SHIPPED["documentation"])) | changes


def faults(value: object) -> set[tuple[str, str]]:
    with pytest.raises(PolicyInvalid) as refused:
        parse(value)
    return {(each.pointer, each.code) for each in refused.value.errors}


class TestShippedPolicies:
    @pytest.mark.parametrize("kind", SHIPPED)
    def test_are_valid(self, kind: str) -> None:
        assert len(parse(SHIPPED[kind]).rules) == 16

    def test_say_when_things_are_due(self) -> None:
        assert {kind: parse(SHIPPED[kind]).due for kind in SHIPPED} == {
            "documentation": timedelta(days=5),
            "analysis": timedelta(days=5),
            "marketing": timedelta(days=3),
            "news": timedelta(hours=4),
            "other": timedelta(days=5),
        }

    def test_publish_documentation_and_marketing_by_themselves(self) -> None:
        at_once = {kind for kind in SHIPPED if parse(SHIPPED[kind]).publish == "when_ready"}

        assert at_once == {"documentation", "marketing"}

    def test_carry_no_cosmetic_change_of_news(self) -> None:
        assert not parse(SHIPPED["news"]).carry_cosmetic

    def test_ask_for_two_people(self) -> None:
        assert {parse(SHIPPED[kind]).four_eyes for kind in SHIPPED} == {"strict"}


class TestParse:
    @pytest.mark.parametrize("value", [None, [], "strict"])
    def test_refuses_what_is_no_object(self, value: object) -> None:
        assert faults(value) == {("", "not_an_object")}

    @pytest.mark.parametrize("rules", [[], None, {}, "coverage.v1"])
    def test_refuses_an_empty_list_of_rules(self, rules: object) -> None:
        assert faults(body(rules=rules)) == {("/rules", "empty")}

    @pytest.mark.parametrize("value", [{"rule": "kindness.v1"}, {"rule": "coverage"}, {"minimum": 1.0}, "coverage.v1"])
    def test_refuses_an_unknown_rule(self, value: object) -> None:
        assert faults(body(rules=[value])) == {("/rules/0/rule", "unknown_rule")}

    def test_refuses_an_unknown_parameter(self) -> None:
        rule = {"rule": "coverage.v1", "minimum": 1.0, "maximum": 2}

        assert faults(body(rules=[rule])) == {("/rules/0/maximum", "unknown_parameter")}

    def test_refuses_a_missing_parameter(self) -> None:
        assert faults(body(rules=[{"rule": "coverage.v1"}])) == {("/rules/0/minimum", "parameter_missing")}

    @pytest.mark.parametrize("value", ["1", True, -0.1, None, float("nan"), float("inf")])
    def test_refuses_a_parameter_of_another_type(self, value: object) -> None:
        rule = {"rule": "coverage.v1", "minimum": value}

        assert faults(body(rules=[rule])) == {("/rules/0/minimum", "parameter_invalid")}

    def test_refuses_a_part_of_a_whole_number(self) -> None:
        rule = {"rule": "required_approvals.v1", "count": 0.5}

        assert faults(body(rules=[rule])) == {("/rules/0/count", "parameter_invalid")}

    def test_refuses_a_rule_twice(self) -> None:
        rule = {"rule": "no_open_threads.v1"}

        assert faults(body(rules=[rule, rule])) == {("/rules/1/rule", "rule_twice")}

    def test_refuses_a_claim_rule_that_would_block(self) -> None:
        rule = {"rule": "minimum_human_share.v1", "minimum": 0.3}

        assert faults(body(rules=[rule])) == {("/rules/0/rule", "claim_rule")}

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"four_eyes": "none"}, ("/four_eyes", "unknown_word")),
            ({"publish": "never"}, ("/publish", "unknown_word")),
            ({"exempt_from": "human_rewritten"}, ("/exempt_from", "unknown_word")),
            ({"public_interest": "never"}, ("/public_interest", "unknown_word")),
            ({"due": "soon"}, ("/due", "not_a_time")),
            ({"due": None}, ("/due", "not_a_time")),
            ({"carry_cosmetic": "yes"}, ("/carry_cosmetic", "not_a_flag")),
            ({"exempt_reason": 7}, ("/exempt_reason", "not_a_text")),
            ({"attested_fields": "title"}, ("/attested_fields", "not_fields")),
            ({"attested_fields": ["Title!"]}, ("/attested_fields", "not_fields")),
            ({"solo_until": "next week", "four_eyes": "solo"}, ("/solo_until", "not_a_day")),
            ({"solo_until": "2026-12-31"}, ("/solo_until", "solo_until")),
            ({"four_eyes": "solo"}, ("/solo_until", "solo_until")),
            ({"exempt_from": "reviewed"}, ("/exempt_reason", "reason_missing")),
            ({"exempt_from": "reviewed", "exempt_reason": "because"}, ("/exempt_reason", "reason_missing")),
            ({"kindness": 1}, ("/kindness", "unknown_key")),
        ],
    )
    def test_points_at_what_is_wrong(self, changes: dict[str, object], fault: tuple[str, str]) -> None:
        assert fault in faults(body(**changes))

    def test_reads_solo_review_with_its_last_day(self) -> None:
        assert parse(body(four_eyes="solo", solo_until="2026-12-31")).solo_until == date(2026, 12, 31)

    def test_gathers_all_faults(self) -> None:
        assert len(faults(body(rules=[], publish="never", due=""))) == 3


class TestFloors:
    @pytest.mark.parametrize("level", ["substantially_edited", "human_rewritten"])
    @pytest.mark.parametrize(
        ("rule", "looser"),
        [
            ("minimum_human_share.v1", {"minimum": 0.14}),
            ("minimum_novel_share.v1", {"minimum": 0.04}),
            ("maximum_ai_run.v1", {"maximum": 201}),
            ("substantive_change.v1", {"minimum": 0}),
        ],
    )
    def test_are_not_undercut(self, level: str, rule: str, looser: dict[str, float]) -> None:
        value = body()
        value["claims"][level] = [each | looser if each["rule"] == rule else each for each in value["claims"][level]]

        assert faults(value) == {(f"/claims/{level}", "under_the_floor")}

    def test_are_not_left_out(self) -> None:
        value = body()
        value["claims"]["human_rewritten"] = [{"rule": "maximum_asserted_share.v1", "maximum": 1.0}]

        assert faults(value) == {("/claims/human_rewritten", "under_the_floor")}

    def test_may_be_raised(self) -> None:
        value = body()
        value["claims"]["human_rewritten"][0]["minimum"] = 0.99

        assert parse(value).claims[ClaimLevel.HUMAN_REWRITTEN][0].parameters["minimum"] == 0.99

    def test_belong_to_known_levels_only(self) -> None:
        value = body()
        value["claims"]["human_written"] = []

        assert ("/claims/human_written", "unknown_level") in faults(value)

    def test_need_both_levels(self) -> None:
        assert faults(body(claims={})) == {
            (f"/claims/{level}", code)
            for level in ("substantially_edited", "human_rewritten")
            for code in ("empty", "under_the_floor")
        }
