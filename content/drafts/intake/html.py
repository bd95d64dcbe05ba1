"""HTML to Markdown (`html_to_markdown.v1`): deterministic, bounded, and open about what got lost.

Read with lxml: html.parser is quadratic in unclosed tags (measured: 21 kB of "<a " take 4 s there, nothing here).
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag
from markdownify import ATX, MarkdownConverter

from content.errors import Invalid

METHOD: Final = "html_to_markdown.v1"
MOST_DEPTH: Final = 60  # elements within each other; the converter calls itself for each
_KEPT: Final = frozenset(
    re.split(
        r"\s+",
        "a article aside b blockquote body br code dd del div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 "
        "head header hr html i img li main nav ol p pre s section small span strong table tbody td tfoot th thead time "
        "tr ul",
    )
)
_LOST_ATTRIBUTES: Final = frozenset({"colspan", "rowspan", "dir", "lang"})
_REMOVED: Final = (
    *("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title", "embed"),
    *("video", "audio", "canvas", "input", "button", "select", "textarea"),
)


class HtmlTooDeep(Invalid):
    """The HTML has too many elements within each other; simplify it."""

    code = "html_too_deep"


def to_markdown(html: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the Markdown, and what it could not carry: rows `{"what": "element iframe", "count": 2}`.

    :raises HtmlTooDeep: if elements stand in each other more than 60 deep.
    """
    soup = BeautifulSoup(html, "lxml")
    lost: Counter[str] = Counter()
    for tag, depth in _tags(soup):
        if depth > MOST_DEPTH:
            raise HtmlTooDeep(maximum=MOST_DEPTH)
        if tag.name not in _KEPT:
            lost[f"element {tag.name}"] += 1
        for name in _LOST_ATTRIBUTES & set(tag.attrs):
            lost[f"attribute {name}"] += 1
    for tag in soup.find_all(_REMOVED):
        tag.decompose()
    converter = MarkdownConverter(heading_style=ATX, bullets="-", escape_misc=True, newline_style="backslash")
    return converter.convert_soup(soup).strip("\n") + "\n", [
        {"what": what, "count": lost[what]} for what in sorted(lost)
    ]


def _tags(soup: BeautifulSoup) -> Iterator[tuple[Tag, int]]:
    waiting: list[tuple[PageElement, int]] = [(child, 1) for child in soup.children]
    while waiting:
        element, depth = waiting.pop()
        if isinstance(element, Tag):
            yield element, depth
            waiting.extend((child, depth + 1) for child in element.children)
