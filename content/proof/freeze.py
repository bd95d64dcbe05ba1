"""The content freeze: exactly which bytes a person signs. It refuses, it never repairs.

`content.md` or `content.txt` holds the text, `meta.json` everything else a reader or a crawler sees (RFC
8785, five keys, always there), `SHA256SUMS` one line `<hex>  <name>` for each, sorted by name. The content
digest is the SHA-256 of `SHA256SUMS`. No Unicode normalization, no added newline, no trimmed space.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from content.errors import Invalid
from content.proof.digest import digest_of, sha256_hex
from content.proof.jcs import JsonValue, NotCanonical, jcs
from content.proof.loose import loose_blocks
from content.text.canonical import ControlCharacter, NotUtf8
from content.text.hidden import blocking_characters

TEXT_NAMES: Final[Mapping[str, str]] = {"text/markdown": "content.md", "text/plain": "content.txt"}
MAX_TEXT_BYTES: Final = 512 * 1024
MAX_BLOCKS: Final = 2_000
MAX_EXTRA_BYTES: Final = 64 * 1024  # as much as intake takes (intake-api.md, section 3)
MAX_EXTRA_DEPTH: Final = 4
MAX_EXTRA_KEYS: Final = 64
_MAX_INTEGER: Final = 2**53 - 1
_EXTRA_KEY: Final = re.compile(r"[a-z0-9_]{1,64}")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class HiddenCharacter(Invalid):
    """The text holds a character that readers cannot see; remove it before anybody signs."""

    code = "hidden_character"


class TooLarge(Invalid):
    """The text is larger than 512 KiB; split it."""

    code = "too_large"


class TooManyBlocks(Invalid):
    """The text has more than 2,000 blocks; split it."""

    code = "too_many_blocks"


class Empty(Invalid):
    """Title and text may not be empty."""

    code = "empty"


class BadExtra(Invalid):
    """The extra fields hold something that cannot be signed."""

    code = "bad_extra"


class UnknownMediaType(Invalid):
    """Only text/markdown and text/plain are frozen; convert other formats at intake."""

    code = "unknown_media_type"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frozen:
    """The files that are signed by name, the bytes of `SHA256SUMS` over them, and the digest of those bytes."""

    files: Mapping[str, bytes]
    manifest: bytes
    digest: str


def freeze(
    *, text: str, media_type: str, title: str, summary: str, language: str, extra: Mapping[str, JsonValue]
) -> Frozen:
    """Return the bytes that are signed.

    Refusals of single characters carry the params `field`, `line`, `column` (from 1) and `code_point`
    ("U+200B").

    :param text: canonical text (LF only), at most 512 KiB as UTF-8.
    :raises UnknownMediaType: unless `media_type` is text/markdown or text/plain.
    :raises Empty: if title or text hold nothing but white space.
    :raises NotUtf8: if a string holds half a surrogate pair.
    :raises ControlCharacter: if a string holds a control character other than tab and line feed.
    :raises HiddenCharacter: if a string holds what the signals for hidden characters block.
    :raises TooLarge: if the text is larger than 512 KiB.
    :raises TooManyBlocks: if the text has more than 2,000 blocks.
    :raises BadExtra: if `extra` holds a float, a wrong key, or more than its limits allow.
    """
    if media_type not in TEXT_NAMES:
        raise UnknownMediaType
    _check_extra(extra)
    for field, value in (("title", title), ("text", text)):
        if not value.strip():
            raise Empty(f"The {field} is empty.", field=field)
    for field, value in (("text", text), ("title", title), ("summary", summary), *_strings("extra", extra)):
        _check_characters(field, value, language)
    _check_characters("language", language, "en")
    if len(text.encode("utf-8")) > MAX_TEXT_BYTES:
        raise TooLarge(bytes=len(text.encode("utf-8")))
    if len(loose_blocks(text)) > MAX_BLOCKS:
        raise TooManyBlocks(blocks=len(loose_blocks(text)))
    meta = _meta(media_type, title, summary, language, extra)
    return _frozen(media_type, text.encode("utf-8"), jcs(meta))


def content_digest(
    *, text: str, media_type: str, title: str, summary: str, language: str, extra: Mapping[str, JsonValue]
) -> str:
    """Return the digest that `freeze` gives, `sha256:<hex>`, for any strings at all: it never refuses.

    Revisions are stored with whatever characters they came with. Where `freeze` would refuse, the digest is
    still one fixed value a content: half surrogates are encoded as they are, and what RFC 8785 cannot write
    is written by the standard library.
    """
    meta = _meta(media_type, title, summary, language, extra)
    try:
        meta_bytes = jcs(meta)
    except NotCanonical:
        loose_json = json.dumps(meta, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
        meta_bytes = loose_json.encode("ascii")
    return _frozen(media_type, text.encode("utf-8", "surrogatepass"), meta_bytes).digest


def authorship_file(*, runs: Iterable[tuple[int, int, str]]) -> bytes:
    """Return `authorship.json`: who wrote which code points, as RFC 8785 of `{"method": ..., "runs": [...]}`.

    :param runs: `(start, end, kind)` in code points, in order, without gaps; equal neighbors are joined.
    :raises ValueError: if runs overlap, leave a gap, or are empty.
    """
    joined: list[tuple[int, int, str]] = []
    for start, end, kind in runs:
        expected = joined[-1][1] if joined else 0
        if start != expected or end <= start:
            raise ValueError(f"A run of {kind} from {start} to {end} does not follow {expected}.")
        if joined and joined[-1][2] == kind:
            joined[-1] = (joined[-1][0], end, kind)
        else:
            joined.append((start, end, kind))
    return jcs({"method": "authorship.v1", "runs": [list(run) for run in joined]})


def _meta(
    media_type: str, title: str, summary: str, language: str, extra: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    return {
        "extra": extra,
        "language": language,
        "media_type": media_type,
        "summary": summary,
        "title": title,
    }


def _frozen(media_type: str, text: bytes, meta: bytes) -> Frozen:
    files = {TEXT_NAMES.get(media_type, "content"): text, "meta.json": meta}
    lines = [f"{sha256_hex(body)}  {name}\n" for name, body in sorted(files.items())]
    manifest = "".join(lines).encode("ascii")
    return Frozen(files=files, manifest=manifest, digest=digest_of(manifest))


def _strings(field: str, value: JsonValue) -> Iterator[tuple[str, str]]:
    """Yield every string inside a JSON value with its JSON pointer."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _strings(f"{field}/{key}", entry)
    elif isinstance(value, (list, tuple)):
        for at, entry in enumerate(value):
            yield from _strings(f"{field}/{at}", entry)


def _check_characters(field: str, value: str, language: str) -> None:
    surrogate = _SURROGATE.search(value)
    if surrogate:
        place = _place(field, value, surrogate.start())
        raise NotUtf8(f"{_where(place)} holds half of a surrogate pair.", **place)
    control = _CONTROL.search(value)
    if control:
        place = _place(field, value, control.start())
        raise ControlCharacter(f"{_where(place)} holds the control character {place['code_point']}.", **place)
    hidden = blocking_characters(value, language=language)
    if hidden:
        place = _place(field, value, hidden[0].start)
        raise HiddenCharacter(
            f"{_where(place)} holds the hidden character {place['code_point']}; remove it.",
            kind=hidden[0].kind,
            **place,
        )


def _place(field: str, value: str, at: int) -> dict[str, object]:
    return {
        "field": field,
        "line": value.count("\n", 0, at) + 1,
        "column": at - value.rfind("\n", 0, at),
        "code_point": f"U+{ord(value[at]):04X}",
    }


def _where(place: Mapping[str, object]) -> str:
    return f"In {place['field']}, line {place['line']}, column {place['column']}"


def _check_extra(extra: Mapping[str, JsonValue]) -> None:
    layer: list[tuple[str, JsonValue]] = [("extra", extra)]
    keys = 0
    for _ in range(MAX_EXTRA_DEPTH + 1):
        below = [child for field, value in layer for child in _extra_children(field, value)]
        keys += sum(isinstance(value, Mapping) and len(value) for _, value in layer)
        if keys > MAX_EXTRA_KEYS:
            raise BadExtra(f"The extra fields have more than {MAX_EXTRA_KEYS} keys.", field="extra")
        if not below:
            break
        layer = below
    else:
        raise BadExtra(f"The extra fields are nested more than {MAX_EXTRA_DEPTH} deep.", field="extra")
    try:
        size = len(jcs(extra))
    except NotCanonical:
        return  # half a surrogate pair: refused by name and place as `not_utf8`
    if size > MAX_EXTRA_BYTES:
        raise BadExtra(f"The extra fields are larger than {MAX_EXTRA_BYTES} bytes.", field="extra")


def _extra_children(field: str, value: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    if isinstance(value, Mapping):
        for key, entry in value.items():
            if not _EXTRA_KEY.fullmatch(key):
                raise BadExtra("A key of the extra fields is not made of a-z, 0-9 and _.", field=field)
            yield f"{field}/{key}", entry
    elif isinstance(value, (list, tuple)):
        yield from ((f"{field}/{at}", entry) for at, entry in enumerate(value))
    elif isinstance(value, int):
        if abs(value) > _MAX_INTEGER:
            raise BadExtra("An integer of the extra fields is beyond 2^53-1.", field=field)
    elif value is not None and not isinstance(value, str):
        raise BadExtra("The extra fields hold a float or a foreign value.", field=field)
