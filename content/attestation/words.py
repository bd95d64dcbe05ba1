"""Every counted word of a text with its authorship kind: what a statement sums up."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from content.text.blocks import WITHOUT_PROSE, blocks
from content.text.segments import block_tokens
from content.text.tokens import is_word

Run = tuple[int, int, str]
"Half-open code points and the kind of every word that starts in them."


def counted_words(text: str, runs: Sequence[Run]) -> Iterator[tuple[int, str]]:
    """Yield `(start, kind)` of each prose word, the words that the measures of `authorship.v1` count.

    :param runs: cover the text in order, without gaps.
    """
    starts = [start for start, _, _ in runs]
    for kind, first, last in blocks(text):
        if kind in WITHOUT_PROSE:
            continue
        columns, prose, _ = block_tokens(kind, text[first:last])
        for at, is_prose in enumerate(prose):
            if is_prose and is_word(columns.surfaces[at]):
                start = first + columns.starts[at]
                yield start, runs[bisect_right(starts, start) - 1][2]
