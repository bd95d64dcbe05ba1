from content.authorship.attribute import Attributor, RevisionText
from content.authorship.attribution import SentenceRow
from content.authorship.columns.nearness import NearIndex, near
from content.authorship.columns.reading import longest_increasing
from content.authorship.measures import ai_runs, coverage
from content.text.segments import sentence_hash
from tests.authorship.texts import DRAFT, EDITED, OTHER_PARAGRAPH, after, share, typed_over

MACHINE = "The boat leaves early. The captain knows every current. Coffee cools fast."


class TestMeasures:
    def test_count_what_they_are_shares_of(self) -> None:
        measures = after(machine=MACHINE).measures

        assert (measures["words"], measures["sentences"], measures["tokens"]) == (12, 3, 15)
        assert measures["content_words"] == 9
        assert measures["method"] == "authorship.v1"

    def test_put_human_and_machine_words_side_by_side(self) -> None:
        attribution = after("The boat leaves early. The captain knows every rock. Coffee cools fast.", machine=MACHINE)

        assert share(attribution, "human_share") == round(1 / 12, 6)
        assert share(attribution, "asserted_share") == share(attribution, "human_share")
        assert share(attribution, "human_content_share") == round(1 / 9, 6)
        assert share(attribution, "novel_share") == round(1 / 9, 6)
        assert share(attribution, "draft_survival") == share(attribution, "ai_kept") == round(11 / 12, 6)
        assert share(attribution, "edit_rate") == round(1 / 12, 6)

    def test_count_a_typed_word_twice_in_the_effective_share(self) -> None:
        text = MACHINE.replace("current", "rock")
        attributor = Attributor()
        attributor.add(RevisionText(MACHINE, "model", machine=True))

        typed = attributor.add(RevisionText(text, "ann", machine=False, journal=typed_over(MACHINE, text)))

        assert share(typed, "effective_human_share") == round(2 / 18, 6)
        assert share(after(text, machine=MACHINE), "effective_human_share") == round(1 / 18, 6)

    def test_leave_cosmetic_hunks_out_of_the_effective_share(self) -> None:
        attribution = after(MACHINE.replace("Coffee", "Coffees"), machine=MACHINE)

        assert share(attribution, "human_share") > 0
        assert share(attribution, "effective_human_share") == 0
        assert share(attribution, "cosmetic_share") == 1

    def test_let_no_plural_be_novel(self) -> None:
        assert share(after(MACHINE.replace("current", "currents"), machine=MACHINE), "novel_share") == 0

    def test_break_machine_runs_at_human_content_words_only(self) -> None:
        broken = after(MACHINE.replace("captain", "welder"), machine=MACHINE)
        padded = after(MACHINE.replace("knows every", "knows all the"), machine=MACHINE)

        assert broken.measures["longest_ai_run"] == 6
        assert padded.measures["longest_ai_run"] == 11

    def test_count_words_that_changed_places(self) -> None:
        sentences = MACHINE.split(". ")
        moved = f"{sentences[1]}. {sentences[0]}. {sentences[2]}"

        assert after(moved, machine=MACHINE).measures["moved_words"] == 4

    def test_are_one_for_a_text_by_people(self) -> None:
        attributor = Attributor()

        attribution = attributor.add(RevisionText(MACHINE, "ann", machine=False))

        assert share(attribution, "human_share") == 1
        assert share(attribution, "draft_survival") == 0
        assert share(attribution, "touched_share") == 1
        assert attribution.measures["longest_ai_run"] == 0

    def test_touch_a_sentence_that_was_rewritten_and_no_other(self) -> None:
        text = MACHINE.replace("The captain knows every current.", "Marit lost two anchors here in 1987.")

        attribution = after(text, machine=MACHINE)

        assert [row.touched for row in attribution.sentences] == [False, True, False]
        assert attribution.measures["substantive_hunks"] == 1


class TestSentences:
    def test_say_where_they_stand_and_what_names_them(self) -> None:
        attribution = after(machine=MACHINE)

        first = attribution.sentences[0]
        assert MACHINE[first.start : first.end] == "The boat leaves early."
        assert first.digest == sentence_hash("The boat leaves early.")
        assert (first.words, first.ai_words, first.runs) == (4, 4, (4,))
        assert len(attribution.sentences) == len(list(attribution.sentences)) == 3
        assert [row.words for row in attribution.sentences[1:]] == [5, 3]
        assert repr(attribution.sentences) == "<3 sentences>"


class TestCoverage:
    def test_counts_touched_and_verified_sentences(self) -> None:
        sentences = after(EDITED).sentences
        touched = sum(row.touched for row in sentences)
        verified = frozenset(row.digest for row in sentences if not row.touched)

        assert coverage(sentences, frozenset()) == round(touched / len(sentences), 6)
        assert coverage(sentences, verified) == 1

    def test_is_nothing_of_nothing(self) -> None:
        assert coverage([], frozenset()) == 0


class TestAiRuns:
    def test_are_the_measured_runs_when_nothing_is_verified(self) -> None:
        for text in (DRAFT, EDITED, f"{DRAFT}\n\n{OTHER_PARAGRAPH}"):
            attribution = after(text)

            assert max(ai_runs(attribution.sentences, frozenset())) == attribution.measures["longest_ai_run"]

    def test_end_at_a_verified_sentence(self) -> None:
        sentences = after(machine=MACHINE).sentences

        assert ai_runs(sentences, frozenset({sentences[1].digest})) == [4, 3]

    def test_go_on_across_sentences(self) -> None:
        rows = [SentenceRow(0, 1, "a", 5, False, 3, (1, 2)), SentenceRow(1, 2, "b", 4, False, 4, (4,))]

        assert ai_runs(rows, frozenset()) == [1, 6]


class TestNear:
    def test_is_equal_or_a_long_common_beginning(self) -> None:
        assert near("current", "currents")
        assert near("sea", "sea")
        assert not near("sea", "seas")
        assert not near("harbor", "harvest")

    def test_index_answers_as_the_pairs_do(self) -> None:
        words = ["sea", "seas", "current", "currents", "currently", "curry", "harbor", "harvest", "x" * 70, "a"]
        for known in words:
            index = NearIndex()
            index.add([known])

            assert [index.has_near(word) for word in words] == [near(word, known) for word in words]

    def test_index_answers_the_same_among_many_words_that_begin_alike(self) -> None:
        many = [f"harbor{letter}{other}zzzz" for letter in "abcdefghij" for other in "klmnopq"]
        index = NearIndex()
        index.add([*many, "harborzy"])

        for word in ("harborzz", "harboryy", "harborqkzz", "harborakzz", "harb"):
            assert index.has_near(word) is any(near(word, known) for known in [*many, "harborzy"])


class TestLongestIncreasing:
    def test_is_found(self) -> None:
        assert longest_increasing([3, 1, 2, 5, 4]) == 3
        assert longest_increasing([]) == 0
