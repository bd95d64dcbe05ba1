import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import Invalid
from content.proof.freeze import (
    BadExtra,
    Empty,
    Frozen,
    TooLarge,
    TooManyBlocks,
    UnknownMediaType,
    authorship_file,
    content_digest,
    freeze,
)


def frozen(**changes: Any) -> Frozen:
    content: dict[str, Any] = {
        "text": "Some text.\n",
        "media_type": "text/markdown",
        "title": "Title",
        "summary": "Summary",
        "language": "en",
        "extra": {"teaser": "Short"},
    }
    return freeze(**content | changes)


class TestBytes:
    def test_the_text_is_taken_as_it_is(self) -> None:
        text = " caf\u00e9 cafe\u0301 \t\n\n  no newline at the end "

        assert frozen(text=text).files["content.md"] == text.encode()

    def test_plain_text_has_its_own_name(self) -> None:
        assert set(frozen(media_type="text/plain").files) == {"content.txt", "meta.json"}

    def test_all_five_keys_stand_in_the_meta_file(self) -> None:
        meta = frozen(summary="", extra={}).files["meta.json"]

        assert meta == b'{"extra":{},"language":"en","media_type":"text/markdown","summary":"","title":"Title"}'

    def test_the_digest_is_the_one_of_the_sums_file(self) -> None:
        content = frozen()

        lines = [f"{hashlib.sha256(content.files[name]).hexdigest()}  {name}" for name in ("content.md", "meta.json")]
        assert content.manifest.decode() == "".join(f"{line}\n" for line in lines)
        assert content.digest == "sha256:" + hashlib.sha256(content.manifest).hexdigest()

    @pytest.mark.parametrize(
        "changes",
        [
            {"text": "Some text."},
            {"text": "Some text.\n\n"},
            {"text": "Some  text.\n"},
            {"title": "title"},
            {"summary": ""},
            {"language": "de"},
            {"media_type": "text/plain"},
            {"extra": {"teaser": "Shorter"}},
            {"extra": {}},
        ],
    )
    def test_any_change_gives_another_digest(self, changes: dict[str, Any]) -> None:
        assert frozen(**changes).digest != frozen().digest

    def test_composed_and_decomposed_letters_are_different_content(self) -> None:
        assert frozen(text="caf\u00e9").digest != frozen(text="cafe\u0301").digest


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "code", "place"),
        [
            ("a\nb\ud800", "not_utf8", (2, 2, "U+D800")),
            ("a\x00", "control_character", (1, 2, "U+0000")),
            ("a\r\nb", "control_character", (1, 2, "U+000D")),
            ("a\x7f", "control_character", (1, 2, "U+007F")),
            ("a\x85", "control_character", (1, 2, "U+0085")),
            ("\ufeffa", "control_character", (1, 1, "U+FEFF")),
            ("a\uffff", "control_character", (1, 2, "U+FFFF")),
            ("ab\n\nc\u200bd", "hidden_character", (3, 2, "U+200B")),
            ("a\u202eb", "hidden_character", (1, 2, "U+202E")),
            ("a\U000e0041b", "hidden_character", (1, 2, "U+E0041")),
            ("a\u200eb", "hidden_character", (1, 2, "U+200E")),
        ],
    )
    @pytest.mark.parametrize("field", ["text", "title", "summary", "extra"])
    def test_a_character_nobody_can_see_is_named_with_its_place(
        self, field: str, text: str, code: str, place: tuple[int, int, str]
    ) -> None:
        content: Any = {"alt_texts": ["fine", text]} if field == "extra" else text

        with pytest.raises(Invalid) as refusal:
            frozen(**{field: content})

        params = refusal.value.params
        assert refusal.value.code == code
        assert (params["line"], params["column"], params["code_point"]) == place
        assert params["field"] == ("extra/alt_texts/1" if field == "extra" else field)

    def test_soft_hyphens_tabs_and_joined_emoji_pass(self) -> None:
        frozen(text="Donau\u00addampf\t\U0001f469\u200d\U0001f4bb")

    def test_direction_marks_pass_in_languages_that_need_them(self) -> None:
        frozen(text="\u05e9\u05dc\u05d5\u05dd\u200e", language="he")

    def test_half_a_megabyte_passes_and_one_byte_more_does_not(self) -> None:
        frozen(text="a" * (512 * 1024))
        with pytest.raises(TooLarge):
            frozen(text="a" * (512 * 1024 + 1))

    def test_two_thousand_blocks_pass_and_one_more_does_not(self) -> None:
        frozen(text="a\n\n" * 2_000)
        with pytest.raises(TooManyBlocks):
            frozen(text="a\n\n" * 2_001)

    @pytest.mark.parametrize("field", ["title", "text"])
    @pytest.mark.parametrize("value", ["", " \n\t"])
    def test_nothing_cannot_be_signed(self, field: str, value: str) -> None:
        with pytest.raises(Empty):
            frozen(**{field: value})

    def test_html_is_not_frozen(self) -> None:
        with pytest.raises(UnknownMediaType):
            frozen(media_type="text/html")

    @pytest.mark.parametrize(
        "extra",
        [
            {"a": 1.5},
            {"Key": 1},
            {"a-b": 1},
            {"": 1},
            {"a" * 65: 1},
            {"a": 2**53},
            {"a": {"a": {"a": {"a": {"a": 1}}}}},
            {"a": {f"k{number}": 1 for number in range(64)}},
            {"a": "x" * 65_536},
            {"a": b"bytes"},
        ],
    )
    def test_extra_fields_beyond_their_limits_are_refused(self, extra: dict[str, Any]) -> None:
        with pytest.raises(BadExtra):
            frozen(extra=extra)

    def test_extra_fields_within_their_limits_pass(self) -> None:
        frozen(extra={"a": {"a": {"a": [1, -(2**53) + 1, "x", True, None]}}})
        frozen(extra={f"k{number}": 1 for number in range(64)})


class TestContentDigest:
    @given(st.text(max_size=50), st.text(max_size=20), st.sampled_from(["text/markdown", "text/plain"]))
    def test_equals_the_digest_of_the_freeze_wherever_there_is_one(
        self, text: str, title: str, media_type: str
    ) -> None:
        content: dict[str, Any] = {
            "text": text,
            "media_type": media_type,
            "title": title,
            "summary": "",
            "language": "en",
            "extra": {"teaser": title},
        }

        digest = content_digest(**content)

        try:
            expected = freeze(**content).digest
        except Invalid:
            expected = digest
        assert digest == expected

    @pytest.mark.parametrize(
        "changes", [{"text": "\ud800"}, {"title": "\udfff"}, {"extra": {"a": 2**60}}, {"media_type": "x/y"}]
    )
    def test_never_refuses(self, changes: dict[str, Any]) -> None:
        content: dict[str, Any] = {
            "text": "a",
            "media_type": "text/markdown",
            "title": "t",
            "summary": "",
            "language": "en",
            "extra": {},
        }

        assert content_digest(**content | changes) != content_digest(**content)


class TestAuthorshipFile:
    def test_equal_neighbors_become_one_run(self) -> None:
        file = authorship_file(runs=[(0, 3, "machine"), (3, 5, "typed"), (5, 9, "typed")])

        assert json.loads(file) == {"method": "authorship.v1", "runs": [[0, 3, "machine"], [3, 9, "typed"]]}

    @pytest.mark.parametrize("runs", [[(1, 2, "typed")], [(0, 2, "typed"), (3, 4, "machine")], [(0, 0, "typed")]])
    def test_gaps_and_empty_runs_are_refused(self, runs: list[tuple[int, int, str]]) -> None:
        with pytest.raises(ValueError, match="does not follow"):
            authorship_file(runs=runs)
