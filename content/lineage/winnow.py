"""Passage fingerprints, `winnow.v1`: hashes of five words, thinned so that every long enough run keeps one.

Winnowing: Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003. A run
of `K + window - 1` equal words in two texts shares at least one kept hash: 8 words for `DENSE`, 12 for `SPARSE`.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from content.text.tokens import Word, words

SCHEME = "winnow.v1"
K = 5
DENSE = 4
"Window of machine drafts and completions: authorship needs runs of 8 words. Its rows hold those of `SPARSE` too."
SPARSE = 8
"Window of published texts, and of every question about a whole text."


class Gram(NamedTuple):
    """One kept hash: a signed 64-bit integer, and the word at which its five words first begin."""

    hash: int
    position: int


def spaced_words(text: str) -> list[Word]:
    """Return the words that fingerprints are made of, in order: those of scripts that put spaces between words."""
    return [word for word in words(text) if not word.spaceless]


def gram_hash(five: Sequence[str]) -> int:
    """Return the hash of five word keys: BLAKE2b of 8 bytes over them joined by spaces, big-endian and signed."""
    digest = hashlib.blake2b(" ".join(five).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def gram_hashes(keys: Sequence[str]) -> list[int]:
    """Return the hash of every five-gram, in order; fewer than five words have none."""
    return [gram_hash(keys[at : at + K]) for at in range(len(keys) - K + 1)]


def winnow(hashes: Sequence[int], window: int) -> list[Gram]:
    """Keep the rightmost minimum of each window, one row a distinct hash at its first kept position.

    :param hashes: what `gram_hashes` returned; fewer than `window` of them keep their minimum.
    """
    if not hashes:
        return []
    kept: dict[int, int] = {}
    place = -1
    for end in range(min(window, len(hashes)), len(hashes) + 1):
        first = max(0, end - window)
        if place < first:  # the minimum left the window: look at all of it, from the right
            place = min(range(first, end), key=lambda at: (hashes[at], -at))
        elif hashes[end - 1] <= hashes[place]:
            place = end - 1
        kept.setdefault(hashes[place], place)
    return [Gram(value, at) for value, at in kept.items()]


def fingerprint(keys: Sequence[str], window: int) -> list[Gram]:
    """Return the rows to store, or to ask for, for a text with these word keys."""
    return winnow(gram_hashes(keys), window)
