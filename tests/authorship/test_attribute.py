import pytest

from content.authorship.attribute import (
    AttributedToken,
    Attribution,
    Attributor,
    AuthorshipKind,
    PoolMatch,
    RevisionText,
)
from content.drafts.journal import Journal, JournalEntry
from tests.authorship.texts import DRAFT, EDITED, OTHER_PARAGRAPH, after, digest, inserted, names, share


def kinds(attribution: Attribution) -> list[str]:
    return [token.kind.value for token in attribution.tokens]


def attributed(*revisions: RevisionText) -> Attribution:
    attributor = Attributor()
    return [attributor.add(revision) for revision in revisions][-1]


class TestAttributor:
    def test_gives_a_first_machine_text_to_its_machine(self) -> None:
        attribution = attributed(RevisionText("Two words.", "model", True))

        assert list(attribution.tokens) == [
            AttributedToken(0, 3, 0, "model", AuthorshipKind.MACHINE),
            AttributedToken(4, 9, 0, "model", AuthorshipKind.MACHINE),
            AttributedToken(9, 10, 0, "model", AuthorshipKind.MACHINE),
        ]

    def test_gives_a_changed_word_to_who_changed_it(self) -> None:
        attribution = attributed(
            RevisionText("The old harbour slept all night.", "model", True),
            RevisionText("The old shipyard slept all night.", "ann", False),
        )

        assert [(token.revision, token.author) for token in attribution.tokens] == [
            (0, "model"),
            (0, "model"),
            (1, "ann"),
            (0, "model"),
            (0, "model"),
            (0, "model"),
            (0, "model"),
        ]

    def test_keeps_the_origin_of_what_a_machine_leaves_of_a_person(self) -> None:
        attribution = attributed(
            RevisionText("The keeper counted lamps before dusk.", "ann", False),
            RevisionText("The keeper counted lamps before dusk. Rain followed soon.", "model", True),
        )

        assert kinds(attribution) == ["asserted"] * 7 + ["machine"] * 4

    def test_calls_text_of_the_system_imported(self) -> None:
        assert set(kinds(attributed(RevisionText("A template.", "system:import", False)))) == {"imported"}

    def test_brings_a_deleted_paragraph_back_with_its_origin(self) -> None:
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", True))
        attributor.add(RevisionText(DRAFT.split("\n\n")[0], "ann", False))

        attribution = attributor.add(RevisionText(f"{OTHER_PARAGRAPH}\n\n{DRAFT}", "ann", False))

        assert {token.revision for token in attribution.tokens[-20:]} == {0}
        assert attribution.tokens[0].revision == 2

    def test_lets_two_people_keep_what_each_wrote(self) -> None:
        attribution = attributed(
            RevisionText("Base text stays here today.", "model", True),
            RevisionText("Base text stays here today. Ann wrote these curious lines.", "ann", False),
            RevisionText(
                "Base text stays here today. Ann wrote these curious lines. Bob answered with doubts.", "bob", False
            ),
        )

        assert attribution.measures["author_words"] == {"ann": 5, "bob": 4}

    def test_accepts_an_empty_text(self) -> None:
        attribution = attributed(RevisionText("", "model", True))

        assert len(attribution.tokens) == 0
        assert share(attribution, "human_share") == share(attribution, "machine_share") == 0.0

    def test_accepts_a_text_of_white_space(self) -> None:
        assert len(attributed(RevisionText(" \n\t\r\n", "model", True)).tokens) == 0

    @pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
    def test_takes_any_line_end(self, line_end: str) -> None:
        attribution = after(DRAFT.replace("\n", line_end))

        assert share(attribution, "human_share") == 0

    def test_refuses_a_lone_surrogate_and_stays_as_it_was(self) -> None:
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", True))
        before = attributor.to_bytes()

        with pytest.raises(ValueError, match="surrogate"):
            attributor.add(RevisionText("new words \ud83d", "ann", False))

        assert attributor.to_bytes() == before

    @pytest.mark.parametrize("match", [PoolMatch(-1, 2, "x"), PoolMatch(0, 99, "x"), PoolMatch(3, 3, "x")])
    def test_refuses_a_match_outside_the_text_and_stays_as_it_was(self, match: PoolMatch) -> None:
        attributor = Attributor()
        before = attributor.to_bytes()

        with pytest.raises(ValueError, match="outside"):
            attributor.add(RevisionText("short", "ann", False), [match])

        assert attributor.to_bytes() == before

    def test_applies_matches_to_new_words_only(self) -> None:
        attributor = Attributor()
        attributor.add(RevisionText("Kept words stand here.", "ann", False))
        text = "Kept words stand here. New words came along."

        attribution = attributor.add(RevisionText(text, "ann", False), [PoolMatch(0, len(text), "draft:1")])

        assert kinds(attribution) == ["asserted"] * 5 + ["matched"] * 5

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("東京は大きい町です。夜は静かです。", "東京は大きい町です。夜は静かです。朝は早い。"),
            ("ภาษาไทยสวยงาม", "ภาษาไทยสวยงามมาก"),
            ("שלום עולם וברוכים הבאים", "שלום עולם וברוכים הבאים לכולם"),
            ("| a | b |\n|---|---|\n| one | two |", "| a | b |\n|---|---|\n| one | two |\n| three | four |"),
            ("👨‍👩‍👧 went home", "👨‍👩‍👧 went home late"),
        ],
    )
    def test_keeps_what_was_there_in_any_script(self, old: str, new: str) -> None:
        attribution = attributed(RevisionText(old, "model", True), RevisionText(new, "ann", False))

        machine = [token for token in attribution.tokens if token.kind is AuthorshipKind.MACHINE]
        assert machine[-1].end == len(old)
        assert kinds(attribution)[-1] == "asserted" or new[-1] == "|"


class TestJournalEvidence:
    @pytest.mark.parametrize(
        ("event", "kind"),
        [
            ("input.type.compose", "typed"),
            ("input.paste", "pasted"),
            ("input.complete", "assisted"),
            (None, "assisted"),
            ("something.new", "pasted"),
        ],
    )
    def test_sets_the_kind_of_new_words(self, event: str | None, kind: str) -> None:
        text, journal = inserted("The boats sleep.", 16, " Ropes creak nearby.", event=event)

        attribution = attributed(
            RevisionText("The boats sleep.", "model", True), RevisionText(text, "ann", False, journal)
        )

        assert kinds(attribution) == ["machine"] * 4 + [kind] * 4
        assert "journal_absent" not in names(attribution)

    def test_gives_a_word_of_mixed_origin_the_lowest_class_of_its_new_part(self) -> None:
        text, journal = inserted("The harbor sleeps.", 8, "u", event="input.type")

        attribution = attributed(
            RevisionText("The harbor sleeps.", "model", True), RevisionText(text, "ann", False, journal)
        )

        assert kinds(attribution) == ["machine", "typed", "machine", "machine"]

    def test_returns_words_that_no_key_touched_to_who_wrote_them(self) -> None:
        before = "Nothing warned us that the old ferry would drift."
        first, second = before.find("that"), before.find("that the") + 8
        text = "Rain told Marit that the lamps burned out."
        entry = JournalEntry(
            0, "input.type.compose", ([first, "Rain told Marit "], 8, [len(before) - second, " lamps burned out."])
        )
        journal = Journal(digest(before), (entry,))
        history = RevisionText(before, "model", True)

        without = attributed(history, RevisionText(text, "ann", False))
        recorded = attributed(history, RevisionText(text, "ann", False, journal))

        assert kinds(without)[3:5] == ["asserted", "asserted"]
        assert kinds(recorded)[3:5] == ["machine", "machine"]

    def test_gives_a_second_copy_of_such_words_the_same_origin(self) -> None:
        before = "Nothing warned us that the old ferry would drift."
        text, journal = inserted(before, len(before), " that the", event="input.paste")
        at_start, journal_at_start = inserted(before, 0, "us that ", event="input.paste")

        for now, record in ((text, journal), (at_start, journal_at_start)):
            attribution = attributed(RevisionText(before, "model", True), RevisionText(now, "ann", False, record))
            assert set(kinds(attribution)) == {"machine"}

    def test_takes_words_pushed_together_for_what_they_were(self) -> None:
        before = "sea side walks"
        entry = JournalEntry(0, "delete.backward", (3, [1], 10))

        attribution = attributed(
            RevisionText(before, "model", True),
            RevisionText("seaside walks", "ann", False, Journal(digest(before), (entry,))),
        )

        assert kinds(attribution) == ["machine", "machine"]

    def test_ignores_a_journal_that_breaks_a_pair(self) -> None:
        journal = Journal(digest("😀 here."), (JournalEntry(0, "input.type", (1, [0, "x"], 7)),))

        attribution = attributed(
            RevisionText("😀 here.", "model", True), RevisionText("😀 there.", "ann", False, journal)
        )

        assert "journal_mismatch" in names(attribution)

    def test_applies_pool_matches_beside_a_journal(self) -> None:
        text, journal = inserted("The boats sleep.", 16, " Ropes creak nearby.", event="input.type.compose")
        attributor = Attributor()
        attributor.add(RevisionText("The boats sleep.", "model", True))

        attribution = attributor.add(RevisionText(text, "ann", False, journal), [PoolMatch(17, 28, "draft:3")])

        assert kinds(attribution)[4:] == ["matched", "matched", "typed", "typed"]

    def test_marks_words_that_came_too_fast_until_they_are_gone(self) -> None:
        words = " ".join(f"word{number}" for number in range(40))
        text, journal = inserted("Start.", 6, f" {words}", event="input.type.compose")
        attributor = Attributor()
        attributor.add(RevisionText("Start.", "model", True))

        fast = attributor.add(RevisionText(text, "ann", False, journal))
        later = attributor.add(RevisionText(f"{text} More.", "ann", False))
        gone = attributor.add(RevisionText("Start.", "ann", False))

        assert share(fast, "typed_share") == 0
        assert "burst" in names(fast)
        assert "burst" in names(later)
        assert "burst" not in names(gone)

    def test_notes_a_missing_journal_while_words_without_one_stand(self) -> None:
        attribution = after(EDITED)

        absent = next(signal for signal in attribution.signals if signal.name == "journal_absent")
        assert absent.severity == "note"
        assert absent.count > 0
        assert "journal_absent" not in names(after(EDITED, DRAFT)) or share(after(EDITED, DRAFT), "human_share") == 0

    def test_asks_no_journal_of_a_machine(self) -> None:
        assert names(attributed(RevisionText(DRAFT, "model", True))) == set()


class TestTokenSequence:
    def test_reads_like_any_sequence(self) -> None:
        tokens = attributed(RevisionText("One two three.", "model", True)).tokens

        assert len(tokens) == 4
        assert tokens[-1] == list(tokens)[-1]
        assert tokens[1:3] == (tokens[1], tokens[2])
        assert tokens == list(tokens)
        assert tokens != list(tokens)[:-1]
        assert tokens.__eq__("four") is NotImplemented
        assert repr(tokens) == "<4 tokens>"
        with pytest.raises(IndexError):
            tokens[4]

    def test_stays_as_it_was_when_the_text_goes_on(self) -> None:
        attributor = Attributor()
        first = attributor.add(RevisionText("One two.", "model", True))
        seen = list(first.tokens)

        attributor.add(RevisionText("Wholly different words here.", "ann", False))

        assert list(first.tokens) == seen
