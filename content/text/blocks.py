"""Blocks of a Markdown text, by one linear line scanner: CommonMark-aware, no syntax tree.

Blocks are internal to measuring (`authorship.v1`, section 3); the block map that leaves the house is another one.
"""

import re
from enum import StrEnum
from typing import Final, NamedTuple


class BlockKind(StrEnum):
    """What a block is. The first four hold no prose."""

    FRONT_MATTER = "front_matter"
    CODE = "code"
    COMMENT = "comment"
    DEFINITION = "definition"
    HTML = "html"
    TABLE_ROW = "table_row"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    PARAGRAPH = "paragraph"


class Block(NamedTuple):
    """One block: its kind and half-open code point offsets, the last line end left out."""

    kind: BlockKind
    start: int
    end: int


WITHOUT_PROSE: Final = frozenset({BlockKind.FRONT_MATTER, BlockKind.CODE, BlockKind.COMMENT, BlockKind.DEFINITION})
FRONT_MATTER_LINES: Final = 100  # a longer one is text that hides behind three dashes

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_FENCE: Final = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_LIST: Final = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|$)")
_QUOTE: Final = re.compile(r" {0,3}>")
_DEFINITION: Final = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:")
_INDENTED: Final = re.compile(r" {4}| {0,3}\t")
_DELIMITER_ROW: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
_RAW_TAG: Final = re.compile(r" {0,3}<(script|pre|style|textarea)(?:[ \t>]|$)", re.IGNORECASE)
_HTML: Final = re.compile(
    r" {0,3}</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    r"|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html"
    r"|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary"
    r"|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ \t/>]|$)",
    re.IGNORECASE,
)  # CommonMark 0.31, HTML block, start condition 6
_FRONT_MATTER_LINE: Final = re.compile(r"[A-Za-z_\"'][^:]{0,99}:(?:[ \t]|$)|[ \t]+[^ \t]|-[ \t]|#|[\]}]")
_STARTERS: Final = frozenset("`~#-*+>[<|: \t0123456789")
_JOINED: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE})


def blocks(text: str) -> list[Block]:
    """Return the blocks of the text in order; only blank lines lie between them. Any line end is understood."""
    scanner = _Scanner(text)
    for match in _LINE.finditer(text, scanner.skip_front_matter()):
        scanner.read(match.group(1), match.start(1), match.end(1))
    scanner.close()
    return scanner.found


class _Scanner:
    """Reads a text line by line; at most one block is open, and it grows by whole lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Block] = []
        self._kind: BlockKind | None = None
        self._start = self._end = 0
        self._fence = ""
        self._raw_end = ""  # what closes a comment or raw element; lower case
        self._in_table = self._in_list = False

    def skip_front_matter(self) -> int:
        """Record a front matter block if the text starts with one; return where the rest starts."""
        if not self.text.startswith("---"):
            return 0
        for number, match in enumerate(_LINE.finditer(self.text)):
            line = match.group(1).rstrip(" \t")
            if number == 0:
                if line != "---":
                    return 0
            elif line in {"---", "..."}:
                self.found.append(Block(BlockKind.FRONT_MATTER, 0, match.end(1)))
                return match.end()
            elif number > FRONT_MATTER_LINES or not _FRONT_MATTER_LINE.match(line):
                return 0
        return 0

    def read(self, line: str, start: int, end: int) -> None:
        """Take one line without its end."""
        if self._fence or self._raw_end:
            self._read_raw(line, end)
        elif not line or line.isspace():
            self.close()
            self._in_table = False
        elif self._kind is BlockKind.HTML:
            self._end = end
        elif line[0] in _STARTERS or self._in_table:
            self._read_structured(line, start, end)
        else:
            self._read_prose(start, end)

    def close(self) -> None:
        """End the open block, if any."""
        if self._kind is not None:
            self.found.append(Block(self._kind, self._start, self._end))
            self._kind = None

    def _open(self, kind: BlockKind, start: int, end: int) -> None:
        self.close()
        self._kind, self._start, self._end = kind, start, end

    def _single(self, kind: BlockKind, start: int, end: int) -> None:
        self._open(kind, start, end)
        self.close()

    def _read_prose(self, start: int, end: int) -> None:
        if self._kind in _JOINED:
            self._end = end
            return
        if self._kind is None:
            self._in_list = False
        self._open(BlockKind.PARAGRAPH, start, end)

    def _read_raw(self, line: str, end: int) -> None:
        self._end = end
        if self._fence:
            mark = line.strip(" \t")
            if len(mark) >= len(self._fence) and mark == self._fence[0] * len(mark):
                self._fence = ""
                self.close()
            return
        self._look_for_raw_end(line.lower())

    def _look_for_raw_end(self, line: str) -> None:
        at = line.find(self._raw_end)
        if at < 0:
            return
        if line[at + len(self._raw_end) :].strip(" \t>") and self._kind is BlockKind.COMMENT:
            self._kind = BlockKind.HTML  # visible text follows on the line; the comment itself is masked as markup
        self._raw_end = ""
        self.close()

    def _read_structured(self, line: str, start: int, end: int) -> None:
        if self._opens_raw(line, start, end):
            return
        if _HEADING.match(line):
            self._single(BlockKind.HEADING, start, end)
        elif _QUOTE.match(line):
            if self._kind is BlockKind.QUOTE:
                self._end = end
            else:
                self._open(BlockKind.QUOTE, start, end)
        elif self._is_row(line):
            self._single(BlockKind.TABLE_ROW, start, end)
        elif _LIST.match(line) and (self._in_list or not _INDENTED.match(line)):
            self._in_list = True
            self._open(BlockKind.LIST_ITEM, start, end)
        else:
            self._read_indented(line, start, end)

    def _opens_raw(self, line: str, start: int, end: int) -> bool:
        fence = _FENCE.match(line)
        if fence and (self._in_list or not _INDENTED.match(line)):
            self._fence = fence.group(1)
            self._open(BlockKind.CODE, start, end)
            return True
        mark = line.lstrip(" ")
        if not mark.startswith("<"):
            return False
        raw = _RAW_TAG.match(line)
        if mark.startswith("<!--"):
            self._open(BlockKind.COMMENT, start, end)
            self._raw_end = "-->"
            self._look_for_raw_end(mark[4:])
            return True
        if raw:
            self._open(BlockKind.CODE, start, end)
            self._raw_end = f"</{raw.group(1).lower()}"
            self._look_for_raw_end(mark.lower())
            return True
        if _HTML.match(line):
            self._open(BlockKind.HTML, start, end)
            return True
        return False

    def _is_row(self, line: str) -> bool:
        if line.lstrip(" \t").startswith("|"):
            return True
        if _DELIMITER_ROW.match(line) and self._kind is BlockKind.PARAGRAPH:
            self._in_table = True
            return True
        self._in_table = self._in_table and "|" in line
        return self._in_table

    def _read_indented(self, line: str, start: int, end: int) -> None:
        if _INDENTED.match(line) and self._kind in {None, BlockKind.CODE} and not self._in_list:
            if self._kind is BlockKind.CODE:
                self._end = end
            else:
                self._open(BlockKind.CODE, start, end)
        elif self._kind is None and _DEFINITION.match(line):
            self._single(BlockKind.DEFINITION, start, end)
        elif self._kind is None and self._in_list and line[0] in " \t":
            self._open(BlockKind.PARAGRAPH, start, end)  # a further paragraph of a list item
        else:
            self._read_prose(start, end)
