import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.proof.loose import fingerprint, loose_blocks
from tests.proof.world import TEXT

SENTENCE = "The redirect address decides who reads the token."


def kinds(text: str) -> list[str]:
    return [block.kind for block in loose_blocks(text)]


def pieces(text: str) -> list[str]:
    return [text[block.start : block.end] for block in loose_blocks(text)]


class TestBlocks:
    def test_every_kind_is_named(self) -> None:
        assert kinds(TEXT) == ["heading", "paragraph", "paragraph", "item", "item", "quote", "code", "paragraph"]

    def test_a_fence_is_one_block_with_its_blank_lines(self) -> None:
        assert pieces("a\n\n```\nx\n\ny\n```\nb\n") == ["a", "```\nx\n\ny\n```", "b"]

    def test_an_open_fence_runs_to_the_end(self) -> None:
        assert pieces("```\nx\n\ny\n") == ["```\nx\n\ny"]

    def test_a_shorter_or_other_fence_does_not_close(self) -> None:
        assert pieces("````\nx\n```\n~~~~\n````\nb") == ["````\nx\n```\n~~~~\n````", "b"]

    def test_an_indented_line_of_signs_does_not_close(self) -> None:
        assert len(pieces("```\nx\n    ```\ny\n```\n")) == 1

    def test_a_fence_begins_a_block_inside_a_paragraph(self) -> None:
        assert pieces("a\n~~~\nx\n~~~") == ["a", "~~~\nx\n~~~"]

    def test_headings_rows_and_items_begin_blocks(self) -> None:
        assert kinds("text\n# head\n| a | b |\n| - | - |\n- one\n  - two\n3. three\n12) four") == [
            "paragraph",
            "heading",
            "table",
            "table",
            "item",
            "item",
            "item",
            "item",
        ]

    def test_a_number_or_a_dash_without_a_space_begins_nothing(self) -> None:
        assert len(pieces("text\n-not an item\n3.5 percent\n*bold* words")) == 1

    def test_markup_and_rules_are_other(self) -> None:
        assert kinds("***\n\n<div>\n\n---") == ["other", "other", "other"]

    def test_a_line_of_white_space_separates(self) -> None:
        assert pieces("a\n \t\r\nb") == ["a", "b"]

    def test_a_carriage_return_belongs_to_its_block(self) -> None:
        assert pieces("a\r\n\r\nb\r\n") == ["a\r", "b\r"]

    def test_nothing_has_no_blocks(self) -> None:
        assert loose_blocks("") == loose_blocks(" \n\n\t") == ()

    @given(st.text(st.sampled_from("ab#|-*1. \t\n`~<>"), max_size=80))
    def test_blocks_are_in_order_and_hold_everything_that_is_not_space(self, text: str) -> None:
        blocks = loose_blocks(text)

        left_out = list(text)
        last = 0
        for block in blocks:
            assert last <= block.start < block.end
            last = block.end
            left_out[block.start : block.end] = " " * (block.end - block.start)
        assert not "".join(left_out).strip()


class TestFingerprint:
    def test_is_known_for_a_known_sentence(self) -> None:
        kept = b"theredirectaddressdecideswhoreadsthetoken"

        assert fingerprint(SENTENCE) == hashlib.sha256(kept).hexdigest()[:32]

    @pytest.mark.parametrize(
        "twin",
        [
            "the REDIRECT address decides who reads the token",
            "The redirect address\ndecides who reads the token!",
            "The **redirect** _address_ decides who reads the token.",
            "The [redirect](https://example.org/a_(b)) address decides who reads the token.",
            "The <b>redirect</b> address<br/> decides who <a href='x'>reads</a> the token.<!-- note -->",
            "- The redirect address decides who reads the token.",
            "> The \uff52edirect address decides who reads the token.",
        ],
    )
    def test_does_not_see_markup_case_space_and_punctuation(self, twin: str) -> None:
        assert fingerprint(twin) == fingerprint(SENTENCE)

    @pytest.mark.parametrize(
        "other", [SENTENCE.replace("who", "that"), SENTENCE + " 1", SENTENCE.replace("a", "\u0430")]
    )
    def test_sees_another_word_or_letter(self, other: str) -> None:
        assert fingerprint(other) != fingerprint(SENTENCE)

    def test_composed_and_decomposed_letters_are_one(self) -> None:
        assert fingerprint("Caf\u00e9 au lait, cr\u00e8me et croissant") == fingerprint(
            "Cafe\u0301 au lait, cre\u0300me et croissant"
        )

    def test_nineteen_kept_characters_are_too_few(self) -> None:
        assert fingerprint("a" * 19) == ""
        assert len(fingerprint("a" * 20)) == 32

    @given(st.text())
    def test_answers_any_text(self, text: str) -> None:
        assert len(fingerprint(text)) in {0, 32}

    @pytest.mark.parametrize(
        "hostile",
        ["<a " * 170_000, "<!--" * 130_000, "](" * 260_000, "](a(" * 130_000, "](x)" * 130_000, "#" * 500_000],
    )
    def test_takes_no_longer_for_a_hostile_text(self, hostile: str) -> None:
        started = time.process_time()

        loose_blocks(hostile)

        assert time.process_time() - started < 3
