from dataclasses import replace

import pytest

from content.policy.body import PolicyBody, parse
from content.policy.evidence import Evidence
from content.policy.gate import Disclosure, decide
from content.policy.rule import RULES, Rule
from content.policy.shipped import SHIPPED
from content.policy.verdict import Outcome, Refusal, Stage, WayOut, decimal_string
from content.proof.claims import ClaimLevel
from tests.policy.evidence import SOUND, but

DOCUMENTATION = parse(SHIPPED["documentation"])
ANALYSIS = parse(SHIPPED["analysis"])


class TestDecide:
    def test_approves_what_every_rule_approves(self) -> None:
        decision = decide(DOCUMENTATION, SOUND, Stage.PUBLISH)

        assert decision.approved
        assert decision.blocking == ()

    def test_skips_the_rules_of_later_stages(self) -> None:
        decision = decide(DOCUMENTATION, but(approvals=0, sign_off_age_days=None), Stage.SIGN)

        skipped = {each.rule for each in decision.verdicts if each.outcome is Outcome.SKIPPED}
        assert skipped == {"no_objection.v1", "required_approvals.v1", "signoff_not_older_than.v1"}
        assert decision.approved

    def test_holds_up_at_the_stage_of_a_rule_and_after_it(self) -> None:
        waiting = but(approvals=0)

        assert decide(DOCUMENTATION, waiting, Stage.SIGN).approved
        assert not decide(DOCUMENTATION, waiting, Stage.APPROVE).approved
        assert not decide(DOCUMENTATION, waiting, Stage.PUBLISH).approved

    def test_names_everything_that_is_missing_at_once(self) -> None:
        decision = decide(DOCUMENTATION, but(open_threads=1, claims_open=2), Stage.SIGN)

        assert {each.code for each in decision.blocking} == {"threads_open", "claims_open"}

    def test_waits_for_what_is_being_measured(self) -> None:
        unmeasured = but(coverage=None, effective_human_share=None, waits_for=("authorship",))

        decision = decide(DOCUMENTATION, unmeasured, Stage.SIGN)

        assert decision.waits
        assert not decision.approved

    def test_never_approves_a_rule_that_raises(self) -> None:
        def broken(evidence: Evidence, *, minimum: float) -> Refusal | None:
            raise ZeroDivisionError

        body = replace(DOCUMENTATION, rules=DOCUMENTATION.rules[:1])
        with RULES.temporarily({"coverage.v1": Rule(name="coverage.v1", stage=Stage.SIGN, judge=broken)}):
            decision = decide(body, SOUND, Stage.SIGN)

        assert [(each.outcome, each.way_out) for each in decision.verdicts] == [(Outcome.ERROR, WayOut.MANAGER)]
        assert not decision.approved

    def test_tells_what_the_dialog_asks_from_what_it_does_not(self) -> None:
        decision = decide(DOCUMENTATION, but(declaration_missing=None, open_threads=1), Stage.SIGN)

        assert {each.code for each in decision.not_asked} == {"threads_open"}


class TestTheClaimLevel:
    @pytest.mark.parametrize(
        ("facts", "level"),
        [
            ({}, ClaimLevel.HUMAN_REWRITTEN),
            ({"effective_human_share": 0.7499}, ClaimLevel.SUBSTANTIALLY_EDITED),
            ({"longest_ai_run": 26}, ClaimLevel.SUBSTANTIALLY_EDITED),
            ({"longest_ai_run": 201}, ClaimLevel.REVIEWED),
            ({"effective_human_share": 0.1499}, ClaimLevel.REVIEWED),
            ({"novel_share": 0.0}, ClaimLevel.REVIEWED),
            ({"substantive_hunks": 0}, ClaimLevel.REVIEWED),
            ({"ai_written_passages": 1}, ClaimLevel.REVIEWED),
        ],
    )
    def test_is_the_highest_whose_rules_all_hold(self, facts: dict[str, object], level: ClaimLevel) -> None:
        assert decide(DOCUMENTATION, but(**facts), Stage.SIGN).claim_level is level

    def test_never_holds_up_a_sign_off(self) -> None:
        lightly_edited = but(effective_human_share=0.01, novel_share=0.0, longest_ai_run=900, substantive_hunks=0)

        decision = decide(ANALYSIS, lightly_edited, Stage.PUBLISH)

        assert decision.approved
        assert decision.claim_level is ClaimLevel.REVIEWED

    def test_never_skips_a_level(self) -> None:
        body = replace(
            DOCUMENTATION,
            claims={
                ClaimLevel.SUBSTANTIALLY_EDITED: ANALYSIS.claims[ClaimLevel.SUBSTANTIALLY_EDITED],
                ClaimLevel.HUMAN_REWRITTEN: DOCUMENTATION.claims[ClaimLevel.HUMAN_REWRITTEN],
            },
        )

        assert decide(body, but(asserted_words=900), Stage.SIGN).claim_level is ClaimLevel.REVIEWED


class TestTheDisclosure:
    @pytest.mark.parametrize(
        ("body", "facts", "disclosure"),
        [
            (ANALYSIS, {}, Disclosure.EXEMPT_REVIEWED),
            (ANALYSIS, {"novel_share": 0.0}, Disclosure.LABEL_REQUIRED),
            (ANALYSIS, {"public_interest": False}, Disclosure.EXEMPT_REVIEWED),
            (DOCUMENTATION, {"public_interest": False}, Disclosure.OUT_OF_SCOPE),
            (DOCUMENTATION, {"public_interest": None}, Disclosure.EXEMPT_REVIEWED),
            (DOCUMENTATION, {"public_interest": None, "novel_share": 0.0}, Disclosure.LABEL_REQUIRED),
        ],
    )
    def test_follows_from_claim_and_public_interest(
        self, body: PolicyBody, facts: dict[str, object], disclosure: Disclosure
    ) -> None:
        assert decide(body, but(**facts), Stage.PUBLISH).disclosure is disclosure

    def test_may_exempt_a_reviewed_text_by_a_policy_that_says_why(self) -> None:
        body = replace(ANALYSIS, exempt_from=ClaimLevel.REVIEWED, exempt_reason="Our lawyers said so, in writing.")

        assert decide(body, but(novel_share=0.0), Stage.PUBLISH).disclosure is Disclosure.EXEMPT_REVIEWED


class TestEvidence:
    def test_has_a_fingerprint_of_every_fact(self) -> None:
        assert SOUND.fingerprint().startswith("sha256:")
        assert SOUND.fingerprint() != but(open_threads=1).fingerprint()

    def test_counts_the_asserted_share_of_human_words_only(self) -> None:
        assert but(asserted_words=225).asserted_share == 0.25
        assert but(asserted_words=0, human_words=0).asserted_share == 0.0
        assert but(asserted_words=None).asserted_share is None


class TestDecimalStrings:
    @pytest.mark.parametrize(
        ("number", "text"), [(0.15, "0.15"), (200, "200"), (1.0, "1"), (0.1234567, "0.123457"), (None, ""), (0, "0")]
    )
    def test_have_no_exponent_and_no_trailing_zero(self, number: float | None, text: str) -> None:
        assert decimal_string(number) == text
