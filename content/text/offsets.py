"""UTF-16 units, as browsers count, and code points, as everything else here counts."""

import re
from array import array
from bisect import bisect_left, bisect_right

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class SplitSurrogate(ValueError):
    """A UTF-16 position lies inside a surrogate pair."""


class OffsetOutside(ValueError):
    """A position lies outside the text."""


class Utf16Offsets:
    """Converts positions in one text. Identity, and free, for a text without astral characters."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        # The n-th astral character at code point p sits at UTF-16 unit p + n.
        self._astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + count for count, point in enumerate(self._astral)]
        self.length_utf16 = self.length + len(self._astral)

    def to_code_point(self, utf16: int) -> int:
        """Return the code point position of a UTF-16 position.

        :raises SplitSurrogate: if it lies inside a surrogate pair.
        :raises OffsetOutside: if it lies outside the text.
        """
        if not 0 <= utf16 <= self.length_utf16:
            raise OffsetOutside(f"UTF-16 position {utf16} is outside a text of {self.length_utf16} units.")
        before = bisect_left(self._units, utf16)
        if before and self._units[before - 1] + 1 == utf16:
            raise SplitSurrogate(f"UTF-16 position {utf16} splits a surrogate pair.")
        return utf16 - before

    def to_utf16(self, code_point: int) -> int:
        """Return the UTF-16 position of a code point position.

        :raises OffsetOutside: if it lies outside the text.
        """
        if not 0 <= code_point <= self.length:
            raise OffsetOutside(f"Position {code_point} is outside a text of {self.length} code points.")
        return code_point + bisect_right(self._astral, code_point - 1)


def to_units(text: str) -> str:
    """Return the text with each astral character as its two surrogates."""
    if text.isascii() or not _ASTRAL.search(text):
        return text
    return "".join(map(chr, array("H", text.encode("utf-16-le", "surrogatepass"))))


def to_text(units: str) -> str:
    """Return the text that units spell.

    :raises UnicodeDecodeError: if half of a surrogate pair is left.
    """
    if units.isascii() or not _SURROGATE.search(units):
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def units_of(units: str) -> int:
    """Return the number of code points that units spell."""
    return len(units) if units.isascii() else sum(1 for unit in units if not "\udc00" <= unit <= "\udfff")
