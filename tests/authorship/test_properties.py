# ruff: noqa: RUF001 the subject is odd characters
import random
import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from content.authorship.attribute import Attribution, Attributor, RevisionText
from content.authorship.state import decode_spans, encode_spans
from tests.authorship.texts import DRAFT, EDITED, REWRITE, share

SENTENCES = re.split(r"(?<=[.])\s+", f"{DRAFT} {EDITED} {REWRITE}")
PARAGRAPHS = DRAFT.split("\n\n")

SOUP = st.text(alphabet="ab c.,;\n#>-*`|<!'’😀漢é\u200b\u00ad\r", max_size=60)
CHAIN = st.lists(SOUP, min_size=1, max_size=5)
SEEDS = st.integers(0, 10**6)


def revisions(seed: int) -> list[RevisionText]:
    """Return a history of paragraph moves, edits, deletions, reverts and machine passes."""
    chooser = random.Random(seed)
    texts = [DRAFT]
    for _ in range(5):
        paragraphs = texts[-1].split("\n\n")
        at = chooser.randrange(len(paragraphs))
        match chooser.randrange(6):
            case 0:
                chooser.shuffle(paragraphs)
            case 1:
                paragraphs[at] += " " + chooser.choice(SENTENCES)
            case 2:
                words = paragraphs[at].split(" ")
                words[chooser.randrange(len(words))] = chooser.choice(("lantern", "the", "quietly"))
                paragraphs[at] = " ".join(words)
            case 3:
                del paragraphs[at]
            case 4:
                paragraphs = chooser.choice(texts).split("\n\n")
            case _:
                paragraphs.insert(at, " ".join(chooser.sample(SENTENCES, 2)))
        texts.append("\n\n".join(paragraphs))
    return [RevisionText(text, f"author{at % 3}", at in (0, seed % 5)) for at, text in enumerate(texts)]


def run(history: list[RevisionText]) -> Attribution:
    attributor = Attributor()
    return [attributor.add(revision) for revision in history][-1]


class TestEveryAttribution:
    @given(CHAIN)
    def test_covers_each_code_point_but_space_once_and_in_order(self, texts: list[str]) -> None:
        attributor = Attributor()
        for number, text in enumerate(texts):
            attribution = attributor.add(RevisionText(text, "author", machine=number == 0))

            position = 0
            for token in attribution.tokens:
                assert position <= token.start < token.end <= len(text)
                assert not text[position : token.start].strip(" \n\r\u200b\u00ad")
                assert 0 <= token.revision <= number
                position = token.end
            assert not text[position:].strip(" \n\r\u200b\u00ad")

    @given(SEEDS)
    @settings(max_examples=25, deadline=None)
    def test_shares_add_up_to_one(self, seed: int) -> None:
        attribution = run(revisions(seed))
        kinds = ("machine", "matched", "assisted", "imported", "pasted", "quoted", "asserted", "typed")

        assert abs(sum(share(attribution, f"{kind}_share") for kind in kinds) - 1) < 1e-5

    @given(SEEDS)
    @settings(max_examples=25, deadline=None)
    def test_is_the_same_after_the_state_was_stored(self, seed: int) -> None:
        straight, stored = Attributor(), Attributor()
        for revision in revisions(seed):
            expected, found = straight.add(revision), stored.add(revision)

            assert found == expected
            assert list(found.sentences) == list(expected.sentences)
            state = stored.to_bytes()
            stored = Attributor.from_bytes(state)
            assert stored.to_bytes() == state

    @given(SEEDS)
    @settings(max_examples=25, deadline=None)
    def test_changes_only_authors_when_authors_are_relabelled(self, seed: int) -> None:
        history = revisions(seed)
        renamed = [RevisionText(row.text, f"other-{row.author}", row.machine) for row in history]

        first, second = run(history), run(renamed)

        assert [(t.start, t.end, t.revision, t.kind) for t in first.tokens] == [
            (t.start, t.end, t.revision, t.kind) for t in second.tokens
        ]
        assert share(first, "human_share") == share(second, "human_share")

    @given(SEEDS)
    @settings(max_examples=25, deadline=None)
    def test_stays_the_same_when_nothing_is_changed(self, seed: int) -> None:
        history = revisions(seed)

        assert run(history).tokens == run([*history, RevisionText(history[-1].text, "late", False)]).tokens[:]

    @given(SEEDS)
    @settings(max_examples=25, deadline=None)
    def test_gives_a_reverted_text_its_old_owners_back(self, seed: int) -> None:
        history = revisions(seed)
        before = run(history[:3])

        after_revert = run([*history, RevisionText(history[2].text, "late", False)])

        assert after_revert.tokens == list(before.tokens)

    @given(st.permutations(PARAGRAPHS))
    @settings(max_examples=25, deadline=None)
    def test_has_no_human_word_when_paragraphs_change_places(self, paragraphs: list[str]) -> None:
        attribution = run([RevisionText(DRAFT, "m", True), RevisionText("\n\n".join(paragraphs), "p", False)])

        assert share(attribution, "human_share") == 0

    @given(SEEDS)
    @settings(max_examples=25, deadline=None)
    def test_is_read_back_from_its_stored_spans(self, seed: int) -> None:
        attribution = run(revisions(seed))

        rows = decode_spans(encode_spans(attribution))

        for token in attribution.tokens:
            row = next(row for row in rows if row.start <= token.start < row.end)
            assert (row.revision, row.kind) == (token.revision, token.kind)
        assert all(left.end == right.start for left, right in pairwise(rows))
        assert not rows or (rows[0].start, rows[-1].end) == (0, attribution.length)
