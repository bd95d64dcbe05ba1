from dataclasses import replace

import pytest

from content.review.changes import ChangeClass, Signed, classify

TEXT = (
    "# Bread\n\nBread keeps best in a box of wood. See [the guide](https://example.org/guide) for more. "
    "It is not a toy. He said “keep it dry” and left in 2024.\n\n```\nbake --slow\n```\n\n"
    + "Words follow words. "
    * 60
)
SIGNED = Signed(text=TEXT, digest="sha256:a", fields={"title": "Keeping bread"}, meta={"slug": "bread"})


def changed(old: str, new: str) -> Signed:
    assert old in TEXT
    return replace(SIGNED, text=TEXT.replace(old, new, 1), digest="sha256:b")


class TestClassify:
    def test_sees_no_change(self) -> None:
        assert classify(SIGNED, SIGNED, by_machine=False) is ChangeClass.NO_CHANGE

    def test_sees_no_change_in_what_a_machine_sends_again(self) -> None:
        assert classify(SIGNED, SIGNED, by_machine=True) is ChangeClass.NO_CHANGE

    def test_sees_that_only_the_address_changed(self) -> None:
        assert classify(SIGNED, replace(SIGNED, meta={"slug": "loaf"}), by_machine=True) is ChangeClass.META

    def test_puts_a_machine_before_everything_that_it_may_have_changed(self) -> None:
        assert classify(SIGNED, changed("box", "tin"), by_machine=True) is ChangeClass.MACHINE

    def test_knows_an_older_text_again(self) -> None:
        new = changed("box", "tin")

        assert classify(SIGNED, new, by_machine=False, older=["sha256:b"]) is ChangeClass.REVERT

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Bread keeps", "Bread  keeps"),
            ("of wood. See", "of wood.\nSee"),
            ("Words follow words. Words", "Words follow words.\n\nWords"),
        ],
    )
    def test_calls_white_space_cosmetic(self, old: str, new: str) -> None:
        assert classify(SIGNED, changed(old, new), by_machine=False) is ChangeClass.COSMETIC

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("bake --slow", "bake  --slow"),
            ("(https://example.org/guide)", "(https://example.org/guides)"),
            ("box", "b\u200box"),
        ],
    )
    def test_calls_nothing_else_cosmetic(self, old: str, new: str) -> None:
        assert classify(SIGNED, changed(old, new), by_machine=False) is not ChangeClass.COSMETIC

    @pytest.mark.parametrize(("old", "new"), [("best", "well"), ("a box", "the box"), ("follow", "trail")])
    def test_calls_a_typo_minor(self, old: str, new: str) -> None:
        assert classify(SIGNED, changed(old, new), by_machine=False) is ChangeClass.MINOR

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("2024", "2025"),
            ("is not a", "is a"),
            ("Bread keeps", "Loaf keeps"),
            ("keep it dry", "keep it cold"),
            ("example.org/guide", "example.org/guard"),
            ("box of wood", "box " + "of wood and tin and glass and stone and paper and linen and wool"),
        ],
    )
    def test_calls_what_carries_meaning_substantive(self, old: str, new: str) -> None:
        assert classify(SIGNED, changed(old, new), by_machine=False) is ChangeClass.SUBSTANTIVE

    def test_calls_four_small_changes_substantive(self) -> None:
        text = (
            TEXT.replace("best", "well").replace("wood", "iron").replace("for more", "for much").replace("toy", "pet")
        )
        new = replace(SIGNED, text=text, digest="sha256:b")

        assert classify(SIGNED, new, by_machine=False) is ChangeClass.SUBSTANTIVE

    def test_calls_a_small_change_of_a_short_text_substantive(self) -> None:
        short = Signed(text="a small text", digest="sha256:a")

        change = classify(short, replace(short, text="a short text", digest="sha256:b"), by_machine=False)

        assert change is ChangeClass.SUBSTANTIVE

    def test_calls_another_title_substantive(self) -> None:
        new = replace(SIGNED, fields={"title": "Keeping cake"}, digest="sha256:b")

        assert classify(SIGNED, new, by_machine=False) is ChangeClass.SUBSTANTIVE

    def test_calls_a_new_field_substantive(self) -> None:
        new = replace(SIGNED, fields=dict(SIGNED.fields) | {"teaser": "On bread"}, digest="sha256:b")

        assert classify(SIGNED, new, by_machine=False) is ChangeClass.SUBSTANTIVE


class TestVoidCauses:
    def test_say_which_changes_void(self) -> None:
        assert {each: each.void_cause for each in ChangeClass if each.void_cause} == {
            ChangeClass.MACHINE: "machine",
            ChangeClass.REVERT: "revert",
            ChangeClass.MINOR: "minor",
            ChangeClass.SUBSTANTIVE: "substantive",
        }
