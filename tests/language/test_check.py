from collections.abc import Iterator

import pytest

from content.language import queries
from content.language.check import CHECKS, FINDINGS_AT_MOST, Check, Checked, Finding, Severity, findings


def codes(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(each.code, each.quote) for each in findings(text, language=language)]


class TestFindings:
    def test_come_in_order_of_place(self) -> None:
        assert codes("The the end. [TODO]") == [("doubled_word", "The the"), ("placeholder_left", "[TODO]")]

    def test_say_what_is_wrong_in_a_sentence(self) -> None:
        (finding,) = findings("Ask [insert name] first.", language="en")

        assert finding == Finding(
            check="placeholder_left.v1",
            code="placeholder_left",
            start=4,
            end=17,
            quote="[insert name]",
            severity=Severity.ERROR,
            enforced=True,
            reason="A placeholder is left: [insert name].",
        )

    def test_of_one_check_are_bounded(self) -> None:
        assert len(findings("[TODO] " * 500, language="en")) == FINDINGS_AT_MOST

    def test_of_a_plug_in_are_found_too(self) -> None:
        def every_word(checked: Checked) -> Iterator[tuple[int, int]]:
            yield 0, len(checked.text)

        shout = Check(
            name="acme.shout.v1", find=every_word, reason="Too loud: {quote}", severity=Severity.NOTE, enforced=False
        )
        with CHECKS.temporarily({shout.name: shout}):
            (finding,) = findings("Hello", language="en")

        assert (finding.code, finding.reason) == ("acme.shout", "Too loud: Hello")

    def test_that_hold_a_sign_off_can_be_asked_for_alone(self) -> None:
        found = queries.enforced_findings(text="The the end. [TODO]", language="en")

        assert [each.code for each in found] == ["placeholder_left"]


class TestPlaceholderLeft:
    @pytest.mark.parametrize(
        "text",
        [
            "See [TODO].",
            "See [TODO: ask Ann].",
            "Price: TBD",
            "Ask [your name] first.",
            "Dear {{ name }},",
            "Lorem ipsum dolor",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert [code for code, _ in codes(text)] == ["placeholder_left"]

    @pytest.mark.parametrize(
        "text",
        [
            "A todo list helps.",
            "```\n# TODO: later\n```",
            "Write `TODO` there.",
            "[Your guide](/guide) is here.",
            "In Tk it works.",
        ],
    )
    def test_is_not_seen_in_code_links_and_words(self, text: str) -> None:
        assert codes(text) == []


class TestAssistantTalk:
    @pytest.mark.parametrize(
        "text",
        [
            "As an AI language model, I cannot do that.",
            "Certainly! Here is the article.",
            "Sure, I\u2019ll write it.",
            "I hope this article helps!",
            "It was so as of my last knowledge cutoff.",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert "assistant_talk" in [code for code, _ in codes(text)]

    @pytest.mark.parametrize("text", ["An AI language model is a program.", "Here is the article.", "`Sure, here is`"])
    def test_is_not_seen_in_a_text_about_models(self, text: str) -> None:
        assert codes(text) == []


class TestDoubledWord:
    @pytest.mark.parametrize("text", ["It is is here.", "The the end.", "over\nover again"])
    def test_is_found(self, text: str) -> None:
        assert [code for code, _ in codes(text)] == ["doubled_word"]

    @pytest.mark.parametrize("text", ["He had had it.", "one. One more", "end\n\nend", "10 10 times", "`is is`"])
    def test_is_not_seen_where_words_rightly_repeat(self, text: str) -> None:
        assert codes(text) == []


class TestEmptyLink:
    @pytest.mark.parametrize("text", ["See [here]().", "See [here](#).", "See [here](https://example.com/)."])
    def test_is_found(self, text: str) -> None:
        assert [code for code, _ in codes(text)] == ["empty_link"]

    @pytest.mark.parametrize("text", ["See [here](#part).", "See [here](/a).", "f[x]() is `f[x]()`"[9:]])
    def test_is_not_seen_when_it_leads_somewhere(self, text: str) -> None:
        assert codes(text) == []


class TestHiddenCharacters:
    def test_are_found_with_their_place(self) -> None:
        (finding,) = findings("a\u200bb", language="en")

        assert (finding.check, finding.start, finding.end) == ("hidden_characters.v1", 1, 2)

    def test_are_at_home_in_emoji(self) -> None:
        assert codes("Hi 👩\u200d💻") == []
