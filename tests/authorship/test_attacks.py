# ruff: noqa: RUF001 the subject is odd characters
"""The table of attacks of `authorship.v1`, section 12, on a text written for it."""

import random
import re

import pytest

from content.authorship.attribute import Attributor, PoolMatch, RevisionText
from content.drafts.journal import Journal
from tests.authorship.texts import DRAFT, EDITED, OTHER_PARAGRAPH, REWRITE, after, inserted, names, share, typed_over

PARAGRAPHS = DRAFT.split("\n\n")
WORDS = DRAFT.split(" ")


def shuffled(pieces: list[str], joiner: str) -> str:
    order = list(pieces)
    random.Random(11).shuffle(order)
    return joiner.join(order)


def reordered_in_fours(text: str) -> str:
    chooser = random.Random(4)
    words = text.split(" ")
    fours = [words[at : at + 4] for at in range(0, len(words), 4)]
    for four in fours:
        chooser.shuffle(four)
    return " ".join(word for four in fours for word in four)


DISGUISES = {
    "no edit": DRAFT,
    "white space": DRAFT.replace(" ", "  ").replace("\n\n", "\n\n\n"),
    "smart quotes": DRAFT.replace("'", "’"),
    "merged paragraphs": DRAFT.replace("\n\n", " ").replace("\n", " "),
    "split paragraphs": DRAFT.replace(". ", ".\n\n"),
    "upper case": DRAFT.upper(),
    "invisible character in each word": " ".join(word[:1] + "\u200b" + word[1:] for word in WORDS),
    "soft hyphens": " ".join(word[:2] + "\u00ad" + word[2:] for word in WORDS),
    "look-alikes": DRAFT.translate(str.maketrans("aeopcyx", "аеорсух")),
    "paragraphs shuffled": shuffled(PARAGRAPHS, "\n\n"),
    "sentences shuffled": shuffled(re.split(r"(?<=[.])\s", DRAFT), " "),
}


class TestDisguise:
    @pytest.mark.parametrize("disguise", DISGUISES)
    def test_makes_no_word_human(self, disguise: str) -> None:
        attribution = after(DISGUISES[disguise])

        assert share(attribution, "human_share") == 0
        assert share(attribution, "novel_share") == 0
        assert share(attribution, "touched_share") == 0

    def test_by_punctuation_makes_next_to_no_word_human(self) -> None:
        attribution = after(DRAFT.replace(",", ";").replace(".", "!"))

        assert share(attribution, "human_share") <= 0.01
        assert share(attribution, "novel_share") == 0

    def test_by_invisible_characters_is_signaled(self) -> None:
        assert "invisible_characters" in names(after(DISGUISES["invisible character in each word"]))
        assert "invisible_characters" not in names(after(DISGUISES["soft hyphens"]))

    def test_by_look_alikes_is_signaled(self) -> None:
        assert "mixed_script_words" in names(after(DISGUISES["look-alikes"]))


class TestRetyping:
    def test_of_everything_makes_no_word_human(self) -> None:
        assert share(after("", DRAFT), "human_share") == 0

    def test_in_chunks_makes_no_word_human(self) -> None:
        cuts = [DRAFT.find(" ", len(DRAFT) * part // 5) for part in range(1, 5)]

        assert share(after("", *[DRAFT[:cut] for cut in cuts], DRAFT), "human_share") == 0

    def test_paragraph_by_paragraph_makes_no_word_human(self) -> None:
        steps = ["\n\n".join(PARAGRAPHS[:count]) for count in range(1, len(PARAGRAPHS) + 1)]

        assert share(after("", *steps), "human_share") == 0

    def test_with_a_true_typing_record_makes_no_word_typed(self) -> None:
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", machine=True))

        attribution = attributor.add(RevisionText(DRAFT, "editor", machine=False, journal=typed_over(DRAFT, DRAFT)))

        assert share(attribution, "typed_share") == 0

    def test_without_each_fifth_word_makes_nothing_novel_or_touched(self) -> None:
        attribution = after("", " ".join(word for at, word in enumerate(WORDS) if at % 5))

        assert share(attribution, "human_share") <= 0.07
        assert share(attribution, "novel_share") == 0
        assert share(attribution, "touched_share") == 0


class TestPadding:
    def test_that_is_deleted_again_leaves_nothing_but_a_note(self) -> None:
        attribution = after(f"{DRAFT}\n\n{REWRITE}", DRAFT)

        assert share(attribution, "human_share") == 0
        assert "reverted_work" in names(attribution)

    def test_by_a_second_copy_of_a_paragraph_is_machine_text_too(self) -> None:
        attribution = after(f"{DRAFT}\n\n{PARAGRAPHS[0]}")

        assert share(attribution, "human_share") == 0
        assert "duplicate_runs" in names(attribution)

    def test_by_one_own_paragraph_leaves_the_draft_untouched(self) -> None:
        attribution = after(f"{DRAFT}\n\n{OTHER_PARAGRAPH}")

        assert share(attribution, "human_share") < 0.12
        assert attribution.measures["longest_ai_run"] == after().measures["words"]

    def test_in_a_hidden_comment_counts_for_nothing(self) -> None:
        attribution = after(f"{DRAFT}\n\n<!-- {OTHER_PARAGRAPH} -->")

        assert share(attribution, "human_share") == 0
        assert "hidden_text" in names(attribution)

    def test_in_a_hidden_element_is_signaled(self) -> None:
        hidden = f'{DRAFT}\n\n<div style="display: none">\n\n{OTHER_PARAGRAPH}\n\n</div>'

        assert "hidden_text" in names(after(hidden))

    def test_in_a_code_fence_counts_for_nothing(self) -> None:
        attribution = after(f"{DRAFT}\n\n```\n{OTHER_PARAGRAPH}\n```")

        assert share(attribution, "human_share") == 0
        assert "hidden_text" not in names(attribution)


class TestChurn:
    def test_by_reordering_words_makes_nothing_novel(self) -> None:
        attribution = after("\n\n".join(map(reordered_in_fours, PARAGRAPHS)))

        assert share(attribution, "human_share") <= 0.45
        assert share(attribution, "novel_share") == 0

    def test_by_plurals_makes_next_to_nothing_novel(self) -> None:
        churned = re.sub(
            r"\b[A-Za-z]{4,}\b", lambda word: word[0][:-1] if word[0].endswith("s") else f"{word[0]}s", DRAFT
        )

        assert share(after(churned), "novel_share") <= 0.03

    def test_by_synonyms_touches_no_sentence(self) -> None:
        synonyms = {"small": "little", "narrow": "slim", "brief": "short", "quiet": "calm", "strange": "odd"}

        attribution = after(re.sub("|".join(synonyms), lambda word: synonyms[word[0]], DRAFT))

        assert 0 < share(attribution, "human_share") <= 0.04
        assert share(attribution, "touched_share") == 0

    def test_by_a_random_word_each_tenth_touches_no_sentence(self) -> None:
        chooser = random.Random(2)
        strange = re.findall(r"[a-z]{5,}", REWRITE)
        stuffed = " ".join(chooser.choice(strange) if at % 10 == 9 else word for at, word in enumerate(WORDS))

        attribution = after(stuffed)

        assert share(attribution, "human_share") <= 0.15
        assert share(attribution, "touched_share") <= 0.05


class TestForeignMachineText:
    def test_in_the_pool_is_matched(self) -> None:
        text = f"{DRAFT}\n\n{OTHER_PARAGRAPH}"
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", machine=True))

        attribution = attributor.add(
            RevisionText(text, "editor", machine=False), [PoolMatch(len(DRAFT) + 2, len(text), "draft:9")]
        )

        assert share(attribution, "human_share") == 0
        assert share(attribution, "matched_share") > 0

    def test_that_was_pasted_is_not_human(self) -> None:
        text, journal = inserted(DRAFT, len(DRAFT), f"\n\n{OTHER_PARAGRAPH}", event="input.paste")
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", machine=True))

        attribution = attributor.add(RevisionText(text, "editor", machine=False, journal=journal))

        assert share(attribution, "human_share") == 0
        assert share(attribution, "pasted_share") > 0

    def test_without_pool_and_journal_is_at_most_asserted(self) -> None:
        attribution = after(f"{DRAFT}\n\n{OTHER_PARAGRAPH}")

        assert share(attribution, "typed_share") == 0
        assert share(attribution, "asserted_share") > 0
        assert "journal_absent" in names(attribution)


class TestForgedJournal:
    @pytest.mark.parametrize(
        "journal", [typed_over("another text", EDITED), typed_over(DRAFT, REWRITE), Journal("", ())]
    )
    def test_counts_for_nothing(self, journal: Journal) -> None:
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", machine=True))

        attribution = attributor.add(RevisionText(EDITED, "editor", machine=False, journal=journal))

        assert share(attribution, "typed_share") == 0
        assert share(attribution, "asserted_share") == share(after(EDITED), "human_share")
        assert "journal_mismatch" in names(attribution)


class TestHonestWork:
    def test_of_an_editor_is_seen(self) -> None:
        attribution = after(EDITED)

        assert 0.15 <= share(attribution, "human_share") <= 0.4
        assert share(attribution, "novel_share") >= 0.12
        assert share(attribution, "substantive_hunks") >= 5
        assert share(attribution, "touched_share") >= 0.2

    def test_of_a_rewriter_is_seen(self) -> None:
        attribution = after(REWRITE)

        assert share(attribution, "human_share") >= 0.9
        assert share(attribution, "novel_share") >= 0.55

    def test_that_was_typed_is_typed(self) -> None:
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", machine=True))

        attribution = attributor.add(RevisionText(EDITED, "editor", machine=False, journal=typed_over(DRAFT, EDITED)))

        assert share(attribution, "typed_share") == share(after(EDITED), "human_share")
        assert names(attribution) == set()
