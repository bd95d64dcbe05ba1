"""A place that was to be filled in."""

import re
from collections.abc import Iterator
from typing import Final

from content.language.check import Checked, Severity, check

_PLACEHOLDER: Final = re.compile(
    r"\[(?:TODO|TBD|TBC|TK|FIXME|XXX|PLACEHOLDER)\b[^\]\n]{0,200}\]"
    r"|\[(?i:insert|your|add|enter|fill in)[ \t][^\]\n]{1,80}\](?!\()"
    r"|\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\bTK\b(?![\w.])"
    r"|\{\{[ \t]*[A-Za-z_][A-Za-z0-9_. ]{0,60}\}\}"
    r"|\b(?i:lorem ipsum)\b"
)


@check("placeholder_left.v1", reason="A placeholder is left: {quote}.", severity=Severity.ERROR, enforced=True)
def placeholder_left(checked: Checked) -> Iterator[tuple[int, int]]:
    """Find "[TODO]", "TBD", "[insert name]", "{{ product }}" and filler text in prose."""
    for match in _PLACEHOLDER.finditer(checked.text):
        if checked.is_prose(*match.span()):
            yield match.span()
