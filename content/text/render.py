"""Markdown to safe HTML, and to plain text: the only place where either happens.

CommonMark with tables and strikethrough; raw HTML is shown as text; what comes out passes an allowlist. Rendering runs
in a process of its own with limits (`python -m content.text.render`, UTF-8 from stdin to stdout; exit status 3 and one
line on stderr when the text is too complex), never while a request waits.
"""

import re
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.errors import Invalid

RENDERER: Final = "markdown_html.v1"
MAXIMUM_LINE: Final = 20_000  # code points; markdown-it is quadratic in unclosed brackets: 30,000 take one second
MAXIMUM_COLUMNS: Final = 64
MAXIMUM_CELLS: Final = 50_000
MAXIMUM_NESTING: Final = 20
MAXIMUM_OUTPUT: Final = 4 * 1024 * 1024  # bytes of HTML
TOO_COMPLEX_STATUS: Final = 3

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS: Final = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
).union(_HEADINGS)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    **{heading: {"id"} for heading in _HEADINGS},
}
_ALIGNMENTS: Final = {"text-align:left": "align-left", "text-align:center": "align-center"}
_CLASSES: Final = {cell: {"align-left", "align-center", "align-right"} for cell in ("td", "th")}
_ABSOLUTE: Final = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_MARKERS: Final = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))*")
_MARKER: Final = re.compile(r">|[-*+]|[0-9]+[.)]")
_DELIMITER_ROW: Final = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_SLUG_BREAK: Final = re.compile(r"[^a-z0-9]+")


class RenderingTooComplex(Invalid):
    """This text is too deeply nested or its lines or tables are too large to be rendered; simplify it."""

    code = "rendering_too_complex"


def render_markdown(text: str) -> str:
    """Return the text as HTML that is safe to publish.

    Links lead to http, https, mailto or a heading of the page; heading ids start with `text-`; no style attribute.

    :raises RenderingTooComplex: if the text is over a cap, or the HTML over 4 MiB.
    """
    parsed = _parse(text)
    _name_headings(parsed)
    _class_alignments(parsed)
    parser = _parser()
    html = nh3.clean(
        parser.renderer.render(parsed, parser.options, {}),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_safe_attribute,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
        strip_comments=True,
    )
    if len(html.encode()) > MAXIMUM_OUTPUT:
        raise RenderingTooComplex(limit="output", maximum=MAXIMUM_OUTPUT)
    return html


def plain_text(markdown: str) -> str:
    """Return the words of a Markdown text without its markup: blocks apart by a blank line, one final line feed.

    :raises RenderingTooComplex: if the text is over a cap.
    """
    pieces: list[str] = []
    for token in _parse(markdown):
        if token.type == "inline":
            pieces.append(_inline_text(token.children or ()))
        elif token.type in {"fence", "code_block"}:
            pieces.append(token.content.rstrip("\n"))
    return "".join(f"{piece}\n\n" for piece in pieces if piece)[:-1]


def check_caps(text: str) -> None:
    """Look for what a Markdown parser is slow at, in one linear pass.

    :raises RenderingTooComplex: if a line, a table or the nesting is over its cap; params `limit`, `maximum`, `line`.
    """
    columns = cells = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAXIMUM_LINE:
            raise RenderingTooComplex(limit="line", maximum=MAXIMUM_LINE, line=number)
        if _depth_of(line) > MAXIMUM_NESTING:
            raise RenderingTooComplex(limit="nesting", maximum=MAXIMUM_NESTING, line=number)
        columns = _columns_after(line, columns)
        if columns > MAXIMUM_COLUMNS:
            raise RenderingTooComplex(limit="columns", maximum=MAXIMUM_COLUMNS, line=number)
        cells += columns
        if cells > MAXIMUM_CELLS:
            raise RenderingTooComplex(limit="cells", maximum=MAXIMUM_CELLS, line=number)


def main() -> int:
    """Render stdin to stdout; return the exit status."""
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        html = render_markdown(text)
    except RenderingTooComplex as refusal:
        sys.stderr.write(f"{refusal.code}: {refusal.detail}\n")
        return TOO_COMPLEX_STATUS
    sys.stdout.buffer.write(html.encode("utf-8"))
    return 0


def _parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": MAXIMUM_NESTING}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


def _parse(text: str) -> list[Token]:
    check_caps(text)
    parsed = _parser().parse(text)
    # At its limit markdown-it leaves out what is inside. A page that silently lacks text is worse than none.
    if any(token.nesting == 1 and token.level >= MAXIMUM_NESTING - 1 for token in parsed):
        raise RenderingTooComplex(limit="nesting", maximum=MAXIMUM_NESTING)
    return parsed


def _depth_of(line: str) -> int:
    markers = _MARKERS.match(line)
    return len(_MARKER.findall(markers.group())) if markers else 0


def _columns_after(line: str, columns: int) -> int:
    """Return how many cells the line holds: its table goes on until a blank line."""
    if not line or line.isspace():
        return 0
    if "-" in line and _DELIMITER_ROW.match(line):
        return max(columns, line.strip(" \t>").strip("|").count("|") + 1)
    return columns


def _safe_attribute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute in {"href", "src"} and not _ABSOLUTE.match(value):
        return None
    return value


def _name_headings(parsed: Sequence[Token]) -> None:
    taken: set[str] = set()
    for heading, inline in pairwise(parsed):
        if heading.type != "heading_open":
            continue
        slug = _SLUG_BREAK.sub("-", inline.content.lower()).strip("-")[:60] or "section"
        name, count = slug, 1
        while name in taken:
            count += 1
            name = f"{slug}-{count}"
        taken.add(name)
        heading.attrSet("id", f"text-{name}")


def _class_alignments(parsed: Sequence[Token]) -> None:
    for token in parsed:
        style = token.attrs.pop("style", None)
        if style is not None:
            token.attrSet("class", _ALIGNMENTS.get(str(style), "align-right"))


def _inline_text(children: Sequence[Token]) -> str:
    pieces = []
    for child in children:
        if child.type in {"text", "text_special", "code_inline"}:
            pieces.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
        elif child.type == "image":
            pieces.append(_inline_text(child.children or ()))
    return "".join(pieces)


if __name__ == "__main__":
    sys.exit(main())
