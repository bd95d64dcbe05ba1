"""From a text, its words and its people to what a statement cites of them."""

import base64
import hashlib
import hmac
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from content.proof.cited import BlockCited
from content.proof.loose import loose_blocks

_HUMAN: Final = frozenset({"typed", "asserted"})
_AI: Final = frozenset({"machine", "matched", "assisted"})
_PSEUDONYM_LETTERS: Final = 26


def cite_blocks(*, text: str, words: Iterable[tuple[int, str]], depth: int | None) -> tuple[BlockCited, ...]:
    """Return the blocks of a text with their words counted by side.

    :param words: `(start, kind)` of each counted prose word: its code point offset and authorship kind.
    :param depth: generation depth of the AI words, or None where it is not known.
    :raises ValueError: if a word lies in no block.
    """
    blocks = loose_blocks(text)
    starts = [block.start for block in blocks]
    counts = [[0, 0, 0] for _ in blocks]
    for start, kind in words:
        at = bisect_right(starts, start) - 1
        if at < 0 or start >= blocks[at].end:
            raise ValueError(f"The word at {start} lies in no block.")
        counts[at][0] += 1
        counts[at][1] += kind in _HUMAN
        counts[at][2] += kind in _AI
    return tuple(
        BlockCited(
            kind=block.kind,
            start=block.start,
            end=block.end,
            words=total,
            human=human,
            ai=ai,
            depth=depth if ai else None,
            loose=block.loose or None,
        )
        for block, (total, human, ai) in zip(blocks, counts, strict=True)
    )


def pseudonym(*, salt: bytes, draft_id: str) -> str:
    """Return how a person is named in the statement about one draft: `urn:rd:person:` and 26 letters and digits.

    HMAC-SHA256(salt, draft id) in lower-case base32. Two people in one draft differ, one person in two
    drafts cannot be linked, and deleting the person's salt erases the link.
    """
    mac = hmac.new(salt, draft_id.encode("utf-8"), hashlib.sha256).digest()
    return "urn:rd:person:" + base64.b32encode(mac).decode("ascii").lower()[:_PSEUDONYM_LETTERS]
