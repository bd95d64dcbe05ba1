"""What the index answers: runs of known words in a text, and texts that hold much of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from content.lineage.depth import Ancestor, DepthBasis
from content.lineage.extend import Run

REUSE_SHARE = 0.25
"From this share of a draft's fingerprints on, its reuse of a known text is said aloud (`loop-guard.md`, A3)."
COMPARE_SHARE = 0.15
"From here on a known text is listed as worth comparing."


class TextOrigin(StrEnum):
    """Whose words a stretch of a known text is."""

    MACHINE = "machine"
    HUMAN = "human"
    UNKNOWN = "unknown"


class LineageState(StrEnum):
    """Whether a draft's lineage is known."""

    PENDING = "pending"
    DONE = "done"
    TOO_SHORT = "too_short"


WordRun = tuple[int, int, str, int]
"First word, word after the last, origin, depth."


@dataclass(frozen=True, kw_only=True, slots=True)
class RunMatch:
    """A run of words that stands in a known text: half-open code points of the text that was asked for.

    `source` names the known text; `depth` is the number of machine generations behind these words there.
    """

    start: int
    end: int
    words: int
    source: str
    origin: TextOrigin
    depth: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SimilarText:
    """A known text that holds much of a draft. `share` is 0..1 of the draft's fingerprints, the words are of the draft.

    `title` is for people and `digest` (`sha256:...` of its body) for programs.
    `kind` is `published` when public text holds it, also where it became public after it was found.
    """

    draft_id: UUID
    source_id: int
    kind: str
    title: str
    digest: str
    share: float
    human_words: int
    ai_words: int
    depth: int
    attestation_id: UUID | None

    @property
    def is_reuse(self) -> bool:
        """Tell whether so much is shared that people are warned."""
        return self.share >= REUSE_SHARE


@dataclass(frozen=True, kw_only=True, slots=True)
class LineageFacts:
    """All that is known about where a draft comes from. `reuse_share` is the highest share in one published text."""

    state: LineageState
    reuse_share: float
    similar: tuple[SimilarText, ...]
    depth_max: int
    depth_mean: float
    depth_basis: DepthBasis
    ancestry: tuple[Ancestor, ...]

    @property
    def warns(self) -> bool:
        """Tell whether any known text, public or not, holds so much of the draft that people are warned."""
        return any(text.is_reuse for text in self.similar)

    def seen_by(self, source_id: int) -> tuple[tuple[SimilarText, ...], int]:
        """Return the similar texts that a Source may be told of, and how many others are only counted for it."""
        told = tuple(text for text in self.similar if text.kind == "published" or text.source_id == source_id)
        return told, len(self.similar) - len(told)


UNKNOWN_LINEAGE = LineageFacts(
    state=LineageState.PENDING,
    reuse_share=0.0,
    similar=(),
    depth_max=1,
    depth_mean=1.0,
    depth_basis=DepthBasis.UNKNOWN,
    ancestry=(),
)


def pieces(run: Run, runs: Sequence[WordRun]) -> Iterator[tuple[int, int, TextOrigin, int]]:
    """Cut a shared run where the origin of the known words changes.

    :param runs: the word runs of the known text, ascending.
    :return: first word, word after the last (both of the asked text), origin, depth; words that no run covers are
        left out.
    """
    shift = run.start - run.other_start
    for first, last, origin, depth in runs:
        start, end = max(first, run.other_start), min(last, run.other_start + run.words)
        if start < end:
            yield start + shift, end + shift, TextOrigin(origin), depth


def words_by_origin(shared: Sequence[Run], runs: Sequence[WordRun]) -> dict[TextOrigin, int]:
    """Count the shared words by whose they are in the known text."""
    counted = dict.fromkeys(TextOrigin, 0)
    for run in shared:
        for start, end, origin, _ in pieces(run, runs):
            counted[origin] += end - start
    return counted


def word_runs(
    words: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, TextOrigin]], *, depth: int
) -> list[WordRun]:
    """Turn origins of code points into origins of words; neighbours of one origin join.

    :param words: half-open code points of each word, ascending.
    :param spans: half-open code points and their origin, ascending and disjoint; a word belongs to the span that holds
        its first character, and to `unknown` if none does.
    :param depth: generation depth of the machine words; people's words have 0.
    """
    runs: list[WordRun] = []
    at = 0
    for index, (start, _) in enumerate(words):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        covered = at < len(spans) and spans[at][0] <= start
        origin = spans[at][2] if covered else TextOrigin.UNKNOWN
        deep = depth if origin is TextOrigin.MACHINE else 0
        if runs and runs[-1][2] == origin.value:
            runs[-1] = (runs[-1][0], index + 1, origin.value, deep)
        else:
            runs.append((index, index + 1, origin.value, deep))
    return runs
