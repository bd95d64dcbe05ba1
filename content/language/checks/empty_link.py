"""A link or image that leads nowhere."""

import re
from collections.abc import Iterator
from typing import Final

from content.language.check import Checked, Severity, check

_EMPTY: Final = re.compile(r"\[[^\[\]\n]{0,300}\]\([ \t]*(?:#|https?://(?:example\.(?:com|org|net))?/?)?[ \t]*\)")


@check("empty_link.v1", reason="This link leads nowhere: {quote}.", severity=Severity.WARNING)
def empty_link(checked: Checked) -> Iterator[tuple[int, int]]:
    """Find links without a target, and those to the example domains of RFC 2606 without a path."""
    for match in _EMPTY.finditer(checked.text):
        if checked.is_prose(match.start(), match.start() + 1):
            yield match.span()
