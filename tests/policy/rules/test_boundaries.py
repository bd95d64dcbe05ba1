from typing import Any

import pytest

from content.policy.body import RuleUse
from content.policy.gate import judge
from content.policy.rules import RULES
from content.policy.verdict import Outcome, Stage, WayOut
from tests.policy.evidence import SOUND, but

Facts = dict[str, Any]

# rule, parameters, facts that just pass, facts that just do not, code, part of the sentence
BOUNDARIES: list[tuple[str, Facts, Facts, Facts, str, str]] = [
    ("coverage.v1", {"minimum": 1.0}, {}, {"coverage": 0.99, "uncovered_sentences": 12}, "sentences_uncovered", "12 s"),
    ("coverage.v1", {"minimum": 0.5}, {"coverage": 0.5}, {"coverage": 0.49}, "sentences_uncovered", "neither edited"),
    ("all_claims_checked.v1", {}, {"claims_found": 9}, {"claims_open": 9}, "claims_open", "9 claims to check."),
    ("declaration_complete.v1", {}, {}, {"declaration_missing": None}, "declaration_asked", "when you sign"),
    (
        "declaration_complete.v1",
        {},
        {},
        {"declaration_missing": ("competence_note", "tools")},
        "declaration_incomplete",
        "why you can judge",
    ),
    ("responsible_person_set.v1", {}, {}, {"responsible_valid": False}, "no_responsible", "Nobody answers"),
    ("attested_fields_complete.v1", {}, {}, {"missing_fields": ("teaser",)}, "fields_missing", "teaser"),
    ("attested_fields_complete.v1", {}, {}, {"images_without_alt": 2}, "alt_text_missing", "2 images have no alt"),
    ("pasted_text_has_source.v1", {}, {}, {"pasted_without_source": 1}, "paste_without_source", "1 pasted passage has"),
    ("no_tamper_signals.v1", {}, {}, {"tamper_signals": (("burst", 900),)}, "tamper_signal", "900 word(s) arrived"),
    ("hidden_characters_resolved.v1", {}, {}, {"hidden_characters": 3}, "hidden_characters", "3 invisible characters"),
    (
        "minimum_reading_time.v1",
        {"ask": 0.25, "block": 0},
        {"active_seconds": 250},
        {"active_seconds": 249},
        "reading_time_asked",
        "4 of 5 minutes",
    ),
    (
        "minimum_reading_time.v1",
        {"ask": 0.25, "block": 0.1},
        {"active_seconds": 100, "reading_note": True},
        {"active_seconds": 99, "reading_note": True},
        "reading_time_short",
        "1 of 2 minutes",
    ),
    ("no_open_threads.v1", {}, {}, {"open_threads": 1}, "threads_open", "1 thread waits"),
    ("no_objection.v1", {}, {}, {"open_objections": 1}, "objection_open", "1 objection is"),
    (
        "enforced_checks_clean.v1",
        {},
        {},
        {"enforced_findings": (("placeholder_left.v1", "A placeholder is left: [TODO]."),)},
        "finding_open",
        "[TODO]",
    ),
    ("generation_depth_limit.v1", {"limit": 2}, {}, {"generation_depth": 3}, "too_deep", "Built on AI text"),
    (
        "generation_depth_limit.v1",
        {"limit": 2},
        {"generation_depth": 2, "primary_source_named": True},
        {"generation_depth": 2},
        "primary_source_missing",
        "name a primary source",
    ),
    (
        "generation_depth_limit.v1",
        {"limit": 2, "unknown_depth": "block"},
        {},
        {"depth_basis": "unknown"},
        "depth_unknown",
        "not said",
    ),
    (
        "not_a_duplicate_of_published.v1",
        {"limit": 0.6},
        {"duplicate_share": 0.59},
        {"duplicate_share": 0.6},
        "duplicate_of_published",
        "60 %",
    ),
    (
        "not_a_duplicate_of_published.v1",
        {"limit": 0.6},
        {"duplicate_share": 0.9, "relation_declared": True},
        {"duplicate_share": 0.9},
        "duplicate_of_published",
        "90 %",
    ),
    ("required_approvals.v1", {"count": 1}, {}, {"approvals": 0}, "approvals_missing", "1 approval is"),
    (
        "required_approvals.v1",
        {"count": 1},
        {},
        {"approvals": 0, "refused_as_contributor": True},
        "not_a_distinct_person",
        "You edited this text",
    ),
    (
        "signoff_not_older_than.v1",
        {"days": 30},
        {"sign_off_age_days": 30.0},
        {"sign_off_age_days": 30.6},
        "sign_off_old",
        "31 days ago",
    ),
    (
        "minimum_human_share.v1",
        {"minimum": 0.15},
        {"effective_human_share": 0.15},
        {"effective_human_share": 0.1499},
        "human_share_low",
        "1 more word",
    ),
    (
        "minimum_novel_share.v1",
        {"minimum": 0.05},
        {"novel_share": 0.05},
        {"novel_share": 0.0499},
        "novel_share_low",
        "Almost every word",
    ),
    ("maximum_ai_run.v1", {"maximum": 200}, {"longest_ai_run": 200}, {"longest_ai_run": 201}, "ai_run_long", "201"),
    (
        "substantive_change.v1",
        {"minimum": 1},
        {"substantive_hunks": 1},
        {"substantive_hunks": 0},
        "only_light_changes",
        "Only spelling",
    ),
    (
        "maximum_asserted_share.v1",
        {"maximum": 0.5},
        {"asserted_words": 450},
        {"asserted_words": 451},
        "edits_without_record",
        "50 %",
    ),
]
NEEDS_A_FACT = {
    "coverage.v1": {"coverage": None},
    "pasted_text_has_source.v1": {"pasted_without_source": None},
    "no_tamper_signals.v1": {"tamper_signals": None},
    "generation_depth_limit.v1": {"generation_depth": None},
    "not_a_duplicate_of_published.v1": {"duplicate_share": None},
    "signoff_not_older_than.v1": {"sign_off_age_days": None},
    "minimum_human_share.v1": {"effective_human_share": None},
    "minimum_novel_share.v1": {"novel_share": None},
    "maximum_ai_run.v1": {"longest_ai_run": None},
    "substantive_change.v1": {"substantive_hunks": None},
    "maximum_asserted_share.v1": {"asserted_words": None},
}
PARAMETERS = {name: parameters for name, parameters, *_ in BOUNDARIES}


@pytest.mark.parametrize(("name", "parameters", "passing", "failing", "code", "words"), BOUNDARIES)
class TestEachRule:
    def test_approves_up_to_its_boundary(
        self, name: str, parameters: Facts, passing: Facts, failing: Facts, code: str, words: str
    ) -> None:
        verdict = judge(RuleUse(rule=name, parameters=parameters), but(**passing), Stage.PUBLISH)

        assert (verdict.outcome, verdict.reason) == (Outcome.APPROVED, "")

    def test_says_what_is_missing_beyond_it(
        self, name: str, parameters: Facts, passing: Facts, failing: Facts, code: str, words: str
    ) -> None:
        verdict = judge(RuleUse(rule=name, parameters=parameters), but(**failing), Stage.PUBLISH)

        assert (verdict.outcome, verdict.code) == (Outcome.PENDING, code)
        assert words in verdict.reason
        assert verdict.reason.endswith(".")
        assert verdict.way_out is not None


@pytest.mark.parametrize(("name", "absent"), NEEDS_A_FACT.items())
class TestAnAbsentFact:
    def test_is_waited_for_while_it_is_being_made(self, name: str, absent: dict[str, None]) -> None:
        evidence = but(**absent, waits_for=("authorship",))

        verdict = judge(RuleUse(rule=name, parameters=PARAMETERS[name]), evidence, Stage.PUBLISH)

        assert (verdict.outcome, verdict.code, verdict.way_out) == (Outcome.PENDING, "evidence_not_ready", WayOut.WAIT)

    def test_never_approves(self, name: str, absent: dict[str, None]) -> None:
        verdict = judge(RuleUse(rule=name, parameters=PARAMETERS[name]), but(**absent), Stage.PUBLISH)

        assert (verdict.outcome, verdict.code) == (Outcome.ERROR, "fact_absent")


class TestTheRegister:
    def test_has_every_rule_of_the_design(self) -> None:
        assert set(RULES) == {name for name, *_ in BOUNDARIES}

    def test_explains_each_rule(self) -> None:
        assert [name for name in RULES if not RULES[name].meaning.startswith("Require")] == []

    def test_asks_in_the_dialog_for_what_only_the_signer_can_say(self) -> None:
        short = judge(
            RuleUse(rule="minimum_reading_time.v1", parameters={"ask": 0.25, "block": 0}),
            but(active_seconds=0),
            Stage.SIGN,
        )

        assert short.asked

    def test_measures_what_statements_cite(self) -> None:
        verdict = judge(
            RuleUse(rule="minimum_human_share.v1", parameters={"minimum": 0.15}),
            but(effective_human_share=0.289),
            Stage.SIGN,
        )

        assert (verdict.needed, verdict.measured) == ("0.15", "0.289")

    def test_takes_a_default_for_what_a_policy_leaves_out(self) -> None:
        verdict = judge(RuleUse(rule="substantive_change.v1", parameters={}), SOUND, Stage.SIGN)

        assert (verdict.needed, verdict.measured) == ("1", "20")
