"""Turns the generated class tables into regular expressions."""

from content.text import classes

BASIC_PLANE = 0x10000


def parse_ranges(table: str) -> list[tuple[int, int]]:
    """Return the inclusive code point ranges that a table of `classes.py` spells, ascending."""
    found = []
    for word in table.split():
        low, _, high = word.partition("-")
        found.append((int(low, 16), int(high or low, 16)))
    return found


def inside(table: str, *, below: int = 0x110000) -> str:
    """Return the table as the inside of a bracket expression, without code points from `below` on."""
    parts = []
    for low, high in parse_ranges(table):
        if low < below:
            last = min(high, below - 1)
            parts.append(_escaped(low) if low == last else f"{_escaped(low)}-{_escaped(last)}")
    return "".join(parts)


def without(table: str, *removed: str) -> str:
    """Return the table in the spelling of `classes.py` less the code points of the other tables."""
    kept = {code for low, high in parse_ranges(table) for code in range(low, high + 1)}
    for other in removed:
        for low, high in parse_ranges(other):
            kept.difference_update(range(low, high + 1))
    rows: list[list[int]] = []
    for code in sorted(kept):
        if rows and rows[-1][1] == code - 1:
            rows[-1][1] = code
        else:
            rows.append([code, code])
    return " ".join(f"{low:X}-{high:X}" for low, high in rows)


def _escaped(code: int) -> str:
    return f"\\U{code:08x}"


SPACE = inside(classes.SPACE)
INVISIBLE = inside(classes.INVISIBLE)
