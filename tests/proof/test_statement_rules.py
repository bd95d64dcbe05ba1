from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from content.proof import cited
from content.proof.citing import cite_blocks
from content.proof.claims import ClaimLevel
from content.proof.digest import digest_of
from content.proof.statement import BadStatement
from tests.proof.world import ISSUED, TEXT, attested_of, frozen_text, payload_of, review_of, sign_off

DIGEST = frozen_text().digest
OTHER = digest_of(b"other")


def reviewed(**changes: Any) -> cited.ReviewCited:
    return replace(review_of(DIGEST), **changes)


def measured(**changes: Any) -> cited.AuthorshipCited:
    return replace(attested_of().authorship, **changes)


RULES: dict[str, Callable[[], dict[str, Any]]] = {
    "claim above the floor of its measures": lambda: {"claim": ClaimLevel.HUMAN_REWRITTEN},
    "share under the floor": lambda: {"authorship": measured(effective_human_share_bp=1_499)},
    "novelty under the floor": lambda: {"authorship": measured(novel_share_bp=499)},
    "no substantive change": lambda: {"authorship": measured(substantive_hunks=0)},
    "words do not sum": lambda: {"authorship": measured(words=replace(attested_of().authorship.words, quoted=1))},
    "human share is not the one of the words": lambda: {"authorship": measured(human_share_bp=1)},
    "AI run longer than the text": lambda: {"authorship": measured(longest_ai_run=10**6)},
    "unverified run longer than the run": lambda: {"authorship": measured(longest_unverified_ai_run=21)},
    "blocks do not sum": lambda: {"authorship": measured(blocks=attested_of().authorship.blocks[1:])},
    "blocks out of order": lambda: {"authorship": measured(blocks=attested_of().authorship.blocks[::-1])},
    "block deeper than the text": lambda: {"lineage": cited.LineageCited(depth_max=0, basis="unknown")},
    "sign-off of other content": lambda: {
        "review": reviewed(sign_offs=(sign_off("editor", OTHER), sign_off("approver", DIGEST)))
    },
    "sign-off after the statement": lambda: {
        "review": reviewed(sign_offs=(replace(sign_off("editor", DIGEST), signed_at=ISSUED + timedelta(seconds=1)),))
    },
    "carried without a method": lambda: {
        "review": reviewed(
            sign_offs=(replace(sign_off("editor", OTHER), carried_to=DIGEST), sign_off("approver", DIGEST))
        )
    },
    "carried to other content": lambda: {
        "review": reviewed(
            sign_offs=(
                replace(sign_off("editor", DIGEST), carried_to=OTHER, carry_method="cosmetic.v1"),
                sign_off("approver", DIGEST),
            )
        )
    },
    "no editor": lambda: {"review": reviewed(sign_offs=(sign_off("approver", DIGEST),))},
    "four eyes of one person": lambda: {"review": reviewed(sign_offs=(sign_off("editor", DIGEST),))},
    "four eyes of one person twice": lambda: {
        "review": reviewed(sign_offs=(sign_off("editor", DIGEST), replace(sign_off("editor", DIGEST), role="approver")))
    },
    "solo review that is not named": lambda: {"review": reviewed(four_eyes="no")},
    "solo review that is none": lambda: {"limits": ("solo_review",)},
    "change after the statement": lambda: {"review": reviewed(last_change_at=ISSUED + timedelta(days=1))},
    "draft after the statement": lambda: {
        "draft": replace(attested_of().draft, received_at=ISSUED + timedelta(days=1))
    },
    "more claims settled than found": lambda: {
        "review": reviewed(claims=cited.ClaimCounts(found=1, checked=1, cannot_verify=1, dismissed=0))
    },
    "overridden without an override": lambda: {
        "review": reviewed(verdicts=(cited.VerdictCited(rule="coverage.v1", outcome="overridden"),))
    },
    "override that raises a claim": lambda: {
        "review": reviewed(
            verdicts=(cited.VerdictCited(rule="coverage.v1", outcome="overridden"),),
            override=cited.OverrideCited(rules=("coverage.v1",), people=2, reason_digest=OTHER),
        )
    },
    "override of a rule that was met": lambda: {
        "claim": ClaimLevel.REVIEWED,
        "review": reviewed(override=cited.OverrideCited(rules=("coverage.v1",), people=2, reason_digest=OTHER)),
    },
    "a rule with two verdicts": lambda: {"review": reviewed(verdicts=review_of(DIGEST).verdicts[:1] * 2)},
    "exempt only because reviewed, without a reason": lambda: {"claim": ClaimLevel.REVIEWED},
    "a reason without an exemption": lambda: {
        "disclosure": replace(attested_of().disclosure, outcome="label_required", exemption=OTHER)
    },
    "a limit twice": lambda: {"limits": ("truth_not_claimed", "truth_not_claimed")},
    "content digest of other files": lambda: {"content_digest": OTHER},
    "unknown limit": lambda: {"limits": ("all_true",)},
    "contact without https": lambda: {"responsible": replace(attested_of().responsible, contact="http://a.example/")},
    "contact that is a script": lambda: {
        "responsible": replace(attested_of().responsible, contact="javascript:alert(1)")
    },
    "responsible without a name": lambda: {"responsible": replace(attested_of().responsible, name="")},
    "a text that is too long": lambda: {"responsible": replace(attested_of().responsible, name="a" * 2_001)},
    "person by name": lambda: {
        "review": reviewed(sign_offs=(replace(sign_off("editor", DIGEST), person="Ada"), sign_off("approver", DIGEST)))
    },
    "measured as a float": lambda: {
        "review": reviewed(verdicts=(cited.VerdictCited(rule="coverage.v1", outcome="approved", needed="1e3"),))
    },
    "rule without a version": lambda: {
        "review": reviewed(verdicts=(cited.VerdictCited(rule="coverage", outcome="approved"),))
    },
    "mode unknown": lambda: {"mode": "draft"},
}

LEGAL: dict[str, Callable[[], dict[str, Any]]] = {
    "solo review that is named": lambda: {
        "review": reviewed(four_eyes="no", sign_offs=(sign_off("editor", DIGEST),)),
        "limits": ("solo_review",),
    },
    "carried sign-off": lambda: {
        "review": reviewed(
            sign_offs=(
                replace(sign_off("editor", OTHER), carried_to=DIGEST, carry_method="cosmetic.v1"),
                sign_off("approver", DIGEST),
            )
        )
    },
    "override": lambda: {
        "claim": ClaimLevel.REVIEWED,
        "disclosure": replace(attested_of().disclosure, outcome="label_required"),
        "review": reviewed(
            verdicts=(cited.VerdictCited(rule="coverage.v1", outcome="overridden"),),
            override=cited.OverrideCited(rules=("coverage.v1",), people=2, reason_digest=OTHER),
        ),
    },
    "exempt by a written reason": lambda: {
        "claim": ClaimLevel.REVIEWED,
        "disclosure": replace(attested_of().disclosure, exemption=OTHER),
    },
    "out of scope": lambda: {"disclosure": replace(attested_of().disclosure, outcome="out_of_scope")},
    "at the floor of the claim": lambda: {
        "authorship": measured(effective_human_share_bp=1_500, novel_share_bp=500, substantive_hunks=1)
    },
    "a text without counted words": lambda: {
        "claim": ClaimLevel.REVIEWED,
        "disclosure": replace(attested_of().disclosure, outcome="label_required"),
        "authorship": measured(
            words=cited.Words.of({}),
            human_share_bp=0,
            longest_ai_run=0,
            longest_unverified_ai_run=0,
            blocks=cite_blocks(text=TEXT, words=(), depth=None),
        ),
    },
    "replaces an older one": lambda: {"supersedes": OTHER},
}


class TestRules:
    @pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
    def test_a_statement_that_breaks_one_is_never_built(self, rule: Callable[[], dict[str, Any]]) -> None:
        with pytest.raises(BadStatement):
            payload_of(**rule())

    @pytest.mark.parametrize("case", LEGAL.values(), ids=LEGAL.keys())
    def test_a_statement_that_keeps_them_is_built(self, case: Callable[[], dict[str, Any]]) -> None:
        assert payload_of(**case())
