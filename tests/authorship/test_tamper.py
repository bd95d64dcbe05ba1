# ruff: noqa: RUF001 the subject is odd characters
import time

import pytest

from content.authorship.attribute import Attributor, RevisionText
from content.authorship.tamper import TamperSignal
from tests.authorship.texts import OTHER_PARAGRAPH


def signals(text: str, *, language: str = "en") -> dict[str, TamperSignal]:
    attribution = Attributor(language=language).add(RevisionText(text, "model", machine=True))
    return {signal.name: signal for signal in attribution.signals}


class TestSignals:
    @pytest.mark.parametrize(
        ("text", "name", "spans"),
        [
            ("A pаypаl mail", "mixed_script_words", ((2, 8),)),
            ("a\u202eb", "bidi_controls", ((1, 2),)),
            ("ok\U000e0041\U000e0042", "tag_characters", ((2, 4),)),
            ("w\u200bord", "invisible_characters", ((1, 2),)),
            ("See <!-- this hint --> here", "hidden_text", ((4, 22),)),
            ("<p hidden>words</p>", "hidden_text", ((10, 15),)),
            ("<i style='font-size: 0'>words</i>", "hidden_text", ((24, 29),)),
        ],
    )
    def test_block_and_say_where(self, text: str, name: str, spans: tuple[tuple[int, int], ...]) -> None:
        found = signals(text)[name]

        assert found.severity == "block"
        assert found.spans == spans

    @pytest.mark.parametrize(
        "text",
        [
            "5 μm of β-carotene",
            "👨‍👩‍👧 ❤️",
            "soft\u00adhyphen",
            "`<!-- shown as code -->` here",
            "```html\n<p hidden>shown as code</p>\n```",
            "<!-- -->",
            "<b>bold</b>",
            "<p style='opacity: 0.5'>seen</p>",
        ],
    )
    def test_do_not_fire_on_honest_text(self, text: str) -> None:
        assert signals(text) == {}

    def test_follow_the_language(self) -> None:
        assert "invisible_characters" in signals("a\u200fb")
        assert signals("a\u200fb", language="ar") == {}

    def test_note_a_run_that_stands_twice(self) -> None:
        found = signals(f"{OTHER_PARAGRAPH}\n\nShort.\n\n{OTHER_PARAGRAPH}")["duplicate_runs"]

        assert found.severity == "note"
        assert found.spans == ((len(OTHER_PARAGRAPH) + 10, 2 * len(OTHER_PARAGRAPH) + 9),)

    def test_show_at_most_twenty_places(self) -> None:
        found = signals("a\u200bb " * 30)["invisible_characters"]

        assert found.count == 30
        assert len(found.spans) == 20
        assert found.to_json()["spans"] == [list(span) for span in found.spans]

    def test_are_found_in_linear_time(self) -> None:
        hostile = ("<p hidden " * 20_000, "<p hidden>" * 20_000, "<!--" * 50_000, "<a" + " hidden" * 30_000)
        started = time.process_time()

        for text in hostile:
            signals(text)

        assert time.process_time() - started < 20
