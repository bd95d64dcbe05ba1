import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from content.proof import cited
from content.proof.citing import cite_blocks, pseudonym
from content.proof.claims import ClaimLevel
from content.proof.digest import NotADigest, digest_of
from content.proof.statement import (
    BadStatement,
    build_statement,
    build_status,
    read_statement,
    read_status,
)
from content.proof.strict import Unreadable, Unsupported
from tests.proof.world import (
    ISSUED,
    TEXT,
    altered,
    attested_of,
    frozen_text,
    payload_of,
    review_of,
    sign_off,
    subjects_of,
    words_of,
)

DIGEST = frozen_text().digest
OTHER = digest_of(b"other")


def predicate_of(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(payload_of(**changes))["predicate"]
    return value


def reviewed(**changes: Any) -> cited.ReviewCited:
    return replace(review_of(DIGEST), **changes)


def measured(**changes: Any) -> cited.AuthorshipCited:
    return replace(attested_of().authorship, **changes)


class TestBuilding:
    def test_a_statement_is_read_back(self) -> None:
        statement = read_statement(payload_of())

        assert set(statement.subject) == {
            "content.md",
            "meta.json",
            "authorship.json",
            "content.html",
            "content.txt",
        }
        assert statement.predicate["content_digest"] == DIGEST

    def test_the_payload_is_canonical_and_holds_no_float_boolean_or_null(self) -> None:
        payload = payload_of()

        again = json.dumps(json.loads(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert again.encode() == payload
        assert not {b"true", b"false", b"null"} & set(payload.replace(b":", b",").split(b","))

    def test_an_absent_value_is_an_absent_key(self) -> None:
        predicate = predicate_of()

        assert "supersedes" not in predicate
        assert "url" not in predicate["publication"]
        assert "override" not in predicate["review"]

    def test_times_are_utc_with_whole_seconds(self) -> None:
        east = datetime(2026, 11, 22, 15, 4, 5, 987_654, tzinfo=timezone(timedelta(hours=2)))

        assert predicate_of(issued_at=east)["issued_at"] == "2026-11-22T13:04:05Z"

    def test_active_time_is_cut_to_minutes(self) -> None:
        assert predicate_of()["review"]["sign_offs"][0]["active_seconds"] == 1260

    def test_a_foreign_value_is_refused(self) -> None:
        with pytest.raises(TypeError):
            payload_of(supersedes=1.5)

    def test_a_statement_for_plain_text_has_four_subjects(self) -> None:
        from content.proof.freeze import freeze

        frozen = freeze(text=TEXT, media_type="text/plain", title="T", summary="", language="en", extra={})
        subjects = subjects_of(frozen_text(), TEXT)
        del subjects["content.md"]
        subjects |= frozen.files
        attested = replace(attested_of(), content_digest=frozen.digest, review=review_of(frozen.digest))

        statement = read_statement(build_statement(subjects=subjects, attested=attested))

        assert len(statement.subject) == 4

    def test_two_thousand_blocks_fit(self) -> None:
        text = "Word and another word in a paragraph of some length.\n\n" * 2_000

        payload = payload_of(text)

        assert len(payload) < 512 * 1024
        assert read_statement(payload).subject


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


class TestShape:
    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            (lambda value: value["predicate"].update(unknown="x"), Unsupported),
            (lambda value: value["predicate"]["review"].update(unknown="x"), Unsupported),
            (lambda value: value.update(unknown="x"), Unsupported),
            (lambda value: value["predicate"].update(version=2), Unsupported),
            (lambda value: value["predicate"].update(claim_method="claims.v2"), Unsupported),
            (lambda value: value["predicate"]["evidence"].update(tree="other.v1"), Unsupported),
            (lambda value: value.update(_type="https://in-toto.io/Statement/v0.1"), Unsupported),
            (lambda value: value.update(predicateType="https://slsa.dev/provenance/v1"), Unsupported),
            (lambda value: value["predicate"].pop("claim"), BadStatement),
            (lambda value: value["predicate"].update(review=[]), BadStatement),
            (lambda value: value["predicate"].update(limits="all"), BadStatement),
            (lambda value: value["predicate"].update(limits=[]), BadStatement),
            (lambda value: value["predicate"].update(issued_at="2026-13-22T13:04:05Z"), BadStatement),
            (lambda value: value["predicate"].update(issued_at="2026-11-22T13:04:05+00:00"), BadStatement),
            (lambda value: value["predicate"].update(issued_at=1), BadStatement),
            (lambda value: value["predicate"]["evidence"].update(retain_until="2033-02-30"), BadStatement),
            (lambda value: value["predicate"]["evidence"].update(retain_until="soon"), BadStatement),
            (lambda value: value["predicate"]["evidence"].update(leaves=-1), BadStatement),
            (lambda value: value["predicate"]["evidence"].update(leaves="24"), BadStatement),
            (lambda value: value["predicate"]["authorship"].update(human_share_bp=10_001), BadStatement),
            (lambda value: value["predicate"]["authorship"]["blocks"][0].update(depth=1, ai=0), BadStatement),
            (lambda value: value["predicate"]["authorship"]["blocks"][1].update(human=99), BadStatement),
            (lambda value: value["predicate"]["review"]["sign_offs"][0].update(active_seconds=61), BadStatement),
            (lambda value: value["subject"].pop(), BadStatement),
            (lambda value: value["subject"].append(value["subject"][0]), BadStatement),
            (lambda value: value["subject"][0].update(name="content.pdf"), BadStatement),
            (lambda value: value["subject"][0]["digest"].update(sha256="0" * 64), BadStatement),
            (lambda value: value["subject"][0]["digest"].update(sha512="0" * 128), Unsupported),
        ],
    )
    def test_a_forged_payload_is_refused(
        self, change: Callable[[dict[str, Any]], object], refusal: type[Exception]
    ) -> None:
        payload = altered(payload_of(), change)

        with pytest.raises(refusal):
            read_statement(payload)

    @pytest.mark.parametrize("payload", [b"[]", b"", b'{"_type":true}', b" " * (512 * 1024) + b"{}"])
    def test_what_is_no_statement_is_refused(self, payload: bytes) -> None:
        with pytest.raises(Unreadable):
            read_statement(payload)


class TestStatus:
    def test_a_revocation_is_read_back(self) -> None:
        payload = build_status(payload_digest=DIGEST, status="revoked", reason="retracted", at=ISSUED)

        statement = read_status(payload)

        assert statement.subject == {"attestation": DIGEST.removeprefix("sha256:")}
        assert statement.predicate == {
            "version": 1,
            "status": "revoked",
            "reason": "retracted",
            "at": "2026-11-22T13:04:05Z",
        }

    def test_a_replacement_names_the_newer_one(self) -> None:
        payload = build_status(
            payload_digest=DIGEST, status="superseded", reason="corrected", at=ISSUED, replaced_by=OTHER
        )

        assert read_status(payload).predicate["replaced_by"] == OTHER

    @pytest.mark.parametrize(
        ("status", "reason", "replaced_by"),
        [
            ("superseded", "corrected", None),
            ("revoked", "retracted", OTHER),
            ("revoked", "no reason", None),
            ("issued", "corrected", None),
        ],
    )
    def test_parts_that_do_not_go_together_are_refused(self, status: str, reason: str, replaced_by: str | None) -> None:
        with pytest.raises(BadStatement):
            build_status(payload_digest=DIGEST, status=status, reason=reason, at=ISSUED, replaced_by=replaced_by)

    def test_a_misspelled_digest_is_refused(self) -> None:
        with pytest.raises(NotADigest):
            build_status(payload_digest="abc", status="revoked", reason="legal", at=ISSUED)

    def test_an_attestation_is_no_status_statement_and_the_reverse(self) -> None:
        status = build_status(payload_digest=DIGEST, status="revoked", reason="legal", at=ISSUED)

        with pytest.raises(Unsupported):
            read_status(payload_of())
        with pytest.raises(Unsupported):
            read_statement(status)


class TestCiting:
    def test_words_are_counted_in_their_blocks_by_side(self) -> None:
        blocks = cite_blocks(text="one two\n\nthree", words=[(0, "typed"), (4, "machine"), (9, "pasted")], depth=2)

        assert [(block.words, block.human, block.ai, block.depth) for block in blocks] == [
            (2, 1, 1, 2),
            (1, 0, 0, None),
        ]

    @pytest.mark.parametrize("start", [3, 4, 99])
    def test_a_word_outside_all_blocks_is_a_mistake(self, start: int) -> None:
        with pytest.raises(ValueError, match="no block"):
            cite_blocks(text="one\n\n\ntwo", words=[(start, "typed")], depth=None)

    def test_all_words_of_the_text_are_in_its_blocks(self) -> None:
        blocks = cite_blocks(text=TEXT, words=words_of(TEXT), depth=1)

        assert sum(block.words for block in blocks) == len(words_of(TEXT))

    def test_a_person_is_another_one_in_another_draft(self) -> None:
        first = pseudonym(salt=b"salt", draft_id="a")

        assert first == pseudonym(salt=b"salt", draft_id="a")
        assert len({first, pseudonym(salt=b"salt", draft_id="b"), pseudonym(salt=b"other", draft_id="a")}) == 3

    def test_statement_times_need_a_zone_to_mean_anything(self) -> None:
        assert predicate_of(issued_at=ISSUED.astimezone(UTC))["issued_at"] == "2026-11-22T13:04:05Z"
