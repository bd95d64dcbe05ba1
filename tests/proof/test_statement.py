import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from content.proof.citing import cite_blocks, pseudonym
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
    subjects_of,
    words_of,
)

DIGEST = frozen_text().digest
OTHER = digest_of(b"other")


def predicate_of(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(payload_of(**changes))["predicate"]
    return value


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
