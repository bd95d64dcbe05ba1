"""An `Attributor`'s state as bytes, and the stored form of an attribution's spans.

State: magic `RDA1`, CRC-32, then zlib of length-prefixed sections; no pickle. It is a cache: what cannot be used is
rebuilt from revisions, journals and stored matches, with the same result.
"""

import json
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import sub
from typing import Final

from content.authorship.attribution import Attribution, SpanRow, TokenSequence
from content.authorship.columns.ledger import Ledger
from content.authorship.columns.reading import DraftText
from content.authorship.columns.vocabulary import Vocabulary
from content.authorship.kinds import KINDS, RANK
from content.authorship.measures import METHOD

MAGIC: Final = b"RDA1"
FORMAT: Final = 1
SPANS_MAGIC: Final = b"RDS1"
_LEVEL: Final = 1  # of zlib: the columns are differences, mostly ones, and pack well at any level


class StateUnusable(ValueError):
    """These bytes are no state of this method and version; rebuild it from the revisions."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a state holds."""

    language: str
    text: str
    authors: tuple[str, ...]
    journal_states: tuple[int, ...]
    ledger: Ledger
    standing: tuple[int, ...]  # version of each block of the current text
    draft: DraftText
    bursts: tuple[int, ...]


def pack(stored: Stored) -> bytes:
    """Return the state as bytes."""
    ledger = stored.ledger
    header = {
        **_identity(),
        "language": stored.language,
        "authors": stored.authors,
        "journals": stored.journal_states,
    }
    versions, texts = ledger.versions, list(ledger.texts.items())
    sections = [
        json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        stored.text.encode(),
        "\n".join(ledger.vocabulary.keys).encode(),
        bytes(ledger.vocabulary.flags),
        array("I", ledger.numbers).tobytes(),
        _differences(ledger.revisions),
        bytes(ledger.kinds),
        array("I", stored.standing).tobytes(),
        *_rows([version.uids for version in versions]),
        *_rows([version.cuts for version in versions]),
        b"".join(digest for digest, _ in texts),
        *_rows([numbers for _, numbers in texts]),
        *_rows(ledger.gone),
        _differences(stored.draft.uids),
        stored.draft.flags,
        _differences(stored.bursts),
    ]
    packed = zlib.compress(b"".join(len(part).to_bytes(4, "little") + part for part in sections), _LEVEL)
    return MAGIC + zlib.crc32(packed).to_bytes(4, "little") + packed


def unpack(state: bytes) -> Stored:
    """Return what the bytes hold.

    :raises StateUnusable: on another magic, checksum, method, format or Unicode version.
    """
    if state[:4] != MAGIC or len(state) < 8 or zlib.crc32(state[8:]).to_bytes(4, "little") != state[4:8]:  # noqa: PLR2004
        raise StateUnusable("The state has another magic or checksum.")
    sections = _sections(zlib.decompress(state[8:]))
    header = json.loads(next(sections))
    if {name: header.get(name) for name in _identity()} != _identity():
        raise StateUnusable("The state was made by another method or version.")
    text = next(sections).decode()
    keys = next(sections).decode()
    flags = next(sections)
    ledger = Ledger(Vocabulary(header["language"], keys.split("\n") if flags else (), flags))
    numbers, revisions = array("I", next(sections)), _summed(next(sections))
    ledger.restore(numbers, revisions, next(sections))
    standing = tuple(array("I", next(sections)))
    versions = zip(_unrowed(sections), _unrowed(sections), strict=True)
    for uids, cuts in versions:
        ledger.record(uids, cuts, ledger.key_of(uids))
    digests = next(sections)
    for at, row in enumerate(_unrowed(sections)):
        ledger.texts[digests[16 * at : 16 * at + 16]] = row
    for row in _unrowed(sections):
        ledger.bury(row)
    for number in standing:
        for uid in ledger.versions[number].uids:
            ledger.alive[uid] = 1
    draft = DraftText(_summed(next(sections)), next(sections))
    return Stored(
        language=header["language"],
        text=text,
        authors=tuple(header["authors"]),
        journal_states=tuple(header["journals"]),
        ledger=ledger,
        standing=standing,
        draft=draft,
        bursts=tuple(_summed(next(sections))),
    )


def encode_spans(attribution: Attribution) -> bytes:
    """Return the stored form of the spans: magic, then zlib of varints, length and revision * 8 + rank a row."""
    out = bytearray()
    for start, end, revision, kind in span_rows(attribution):
        for value in (end - start, revision << 3 | RANK[kind]):
            rest = value
            while rest > 0x7F:  # noqa: PLR2004
                out.append(rest & 0x7F | 0x80)
                rest >>= 7
            out.append(rest)
    return SPANS_MAGIC + zlib.compress(bytes(out), 6)


def decode_spans(stored: bytes) -> list[SpanRow]:
    """Return the rows of stored spans: they cover the text without gap.

    :raises ValueError: if the bytes are no stored spans.
    """
    if stored[:4] != SPANS_MAGIC:
        raise ValueError("These bytes are no stored spans.")
    values = list(_varints(zlib.decompress(stored[4:])))
    rows = []
    start = 0
    for length, code in zip(values[::2], values[1::2], strict=True):
        rows.append(SpanRow(start, start + length, code >> 3, KINDS[code & 7]))
        start += length
    return rows


def span_rows(attribution: Attribution) -> list[SpanRow]:
    """Return the attribution as spans: neighbours of one revision and kind joined, white space with what it follows."""
    tokens = attribution.tokens
    if not isinstance(tokens, TokenSequence) or not len(tokens):
        return []
    codes = [revision << 3 | rank for revision, rank in zip(tokens.revisions, tokens.ranks, strict=True)]
    rows = []
    first = 0
    for code, group in groupby(codes):
        last = first + sum(1 for _ in group)
        start = tokens.starts[first] if first else 0
        end = tokens.starts[last] if last < len(codes) else attribution.length
        rows.append(SpanRow(start, end, code >> 3, KINDS[code & 7]))
        first = last
    return rows


def runs(rows: Iterable[SpanRow]) -> list[list[int | str]]:
    """Return `[start, end, kind]` runs, neighbours of one kind joined: for the desk and for `authorship.json`."""
    found: list[list[int | str]] = []
    for start, end, _, kind in rows:
        if found and found[-1][2] == kind.value:
            found[-1][1] = end
        else:
            found.append([start, end, kind.value])
    return found


def _identity() -> dict[str, object]:
    return {
        "format": FORMAT,
        "method": METHOD,
        "unidata": unicodedata.unidata_version,
        "order": sys.byteorder,
    }


def _differences(values: Sequence[int]) -> bytes:
    return array("i", map(sub, values, (0, *values))).tobytes()


def _summed(part: bytes) -> list[int]:
    return list(accumulate(array("i", part)))


def _rows(rows: Sequence[Sequence[int]]) -> tuple[bytes, bytes]:
    """Return lengths and all members of rows of integers."""
    flat = [value for row in rows for value in row]
    return array("I", map(len, rows)).tobytes(), _differences(flat)


def _unrowed(sections: Iterator[bytes]) -> Iterator[tuple[int, ...]]:
    lengths, flat = array("I", next(sections)), _summed(next(sections))
    rows = []
    first = 0
    for length in lengths:
        rows.append(tuple(flat[first : first + length]))
        first += length
    return iter(rows)


def _sections(payload: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(payload):
        length = int.from_bytes(payload[at : at + 4], "little")
        yield payload[at + 4 : at + 4 + length]
        at += 4 + length


def _varints(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:  # noqa: PLR2004
            yield value
            value = shift = 0
