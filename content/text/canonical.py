"""Canonical text: what a Revision stores and what digests and offsets count.

CRLF and CR become LF and one leading byte-order mark goes, once, when text comes in; nothing else is ever changed
(no Unicode normalisation, no final newline). What cannot be signed is refused here, with its place.
"""

import re

from content.errors import Invalid

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


class NotUtf8(Invalid):
    """The text holds half of a surrogate pair, so it is no valid Unicode; send it again as UTF-8."""

    code = "not_utf8"


class ControlCharacter(Invalid):
    """The text holds a control character; remove it. Only tab and line feed may stand in a text."""

    code = "control_character"


def canonical(text: str) -> str:
    """Return the text with LF line ends and without a leading byte-order mark.

    :raises NotUtf8: if it holds a lone surrogate; params `line`, `column` (from 1), `offset` (code points from 0).
    :raises ControlCharacter: if it holds NUL, a C0 or C1 control other than tab and line feed, an inner byte-order
        mark, U+FFFE or U+FFFF; same params and `code_point` such as `U+0000`.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    bad = _BAD.search(plain)
    if bad is None:
        return plain
    offset = bad.start()
    line = plain.count("\n", 0, offset) + 1
    column = offset - plain.rfind("\n", 0, offset)
    if "\ud800" <= bad.group() <= "\udfff":
        raise NotUtf8(line=line, column=column, offset=offset)
    code_point = f"U+{ord(bad.group()):04X}"
    raise ControlCharacter(
        f"Line {line}, column {column} holds the control character {code_point}; remove it.",
        line=line,
        column=column,
        offset=offset,
        code_point=code_point,
    )
