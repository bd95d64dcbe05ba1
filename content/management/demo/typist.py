"""Types an edited text over a draft, word by word: the journal that a browser would have recorded."""

from collections.abc import Iterator
from itertools import accumulate

from content.drafts.journal import BULK_LIMIT, JournalEntry
from content.text.diff import word_diff
from content.text.offsets import to_units

MS_A_WORD = 700
"Slow enough that no two seconds hold more words than a person can type."


def typed_entries(before: str, after: str, *, start_ms: int = 0) -> tuple[JournalEntry, ...]:
    """Return entries that turn `before` into `after`: each change is deleted and typed anew in small pieces.

    :param start_ms: time of the first entry; one piece follows the other after `MS_A_WORD`.
    """
    pieces = list(_pieces(before, after))
    times = accumulate(pieces, lambda ms, _piece: ms + MS_A_WORD, initial=start_ms)
    return tuple(
        JournalEntry(at_ms=at_ms, event=event, changes=changes)
        for at_ms, (event, changes) in zip(times, pieces, strict=False)
    )


def _pieces(before: str, after: str) -> Iterator[tuple[str, tuple[int | tuple[int | str, ...], ...]]]:
    """Yield (event, change sections); the last changes come first, so that earlier positions stay true."""
    length = _units(before)
    for change in reversed(word_diff(before, after)):
        at = _units(before[: change.from_a])
        gone = _units(before[change.from_a : change.to_a])
        if gone:
            yield "delete.selection", _sections(at, (gone,), length - at - gone)
            length -= gone
        for piece in _typed_pieces(after[change.from_b : change.to_b]):
            yield "input.type", _sections(at, (0, *piece.split("\n")), length - at)
            size = _units(piece)
            at, length = at + size, length + size


def _sections(kept: int, change: tuple[int | str, ...], rest: int) -> tuple[int | tuple[int | str, ...], ...]:
    return (*((kept,) if kept else ()), change, *((rest,) if rest else ()))


def _typed_pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of at most one word and what follows it, none over what counts as typing."""
    piece = ""
    for character in text:
        if piece and (len(piece) >= BULK_LIMIT or (piece[-1].isspace() and not character.isspace())):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _units(text: str) -> int:
    return len(to_units(text))
