"""Shapes that only a draft has: addresses, digests, extra fields, its sources and its declared spans."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from urllib.parse import urlsplit

from content.drafts.intake.shapes import Choice, Faults, Member, Number, Record, Text, Time, step

MOST_EXTRAS: Final = 50
MOST_EXTRA_LENGTH: Final = 5_000
MOST_EXTRA_BYTES: Final = 64 * 1024
SPAN_ORIGINS: Final = ("machine", "human", "quote", "template", "unknown")
RELATIONS: Final = ("derived_from", "quotes", "translates", "cites")
LOCATORS: Final = ("url", "attestation", "digest")
_EXTRA_KEY: Final = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_SPACE_OR_CONTROL: Final = re.compile("[\x00-\x20\x7f-\x9f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Url:
    """An absolute http(s) address; a `canonical` one is https and has neither user nor fragment."""

    code: str
    canonical: bool = False
    most: int = 2048

    def read(self, value: object, at: str, faults: Faults) -> str | None:
        """Return the address as it is."""
        if isinstance(value, str) and len(value) <= self.most and self._is_address(value):
            return value
        kind = "https address without user or fragment" if self.canonical else "http or https address"
        faults.add(at, self.code, f"An absolute {kind}, at most {self.most} characters.")
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it."""
        return {"type": "string", "format": "uri", "maxLength": self.most}

    def _is_address(self, value: str) -> bool:
        try:
            parts = urlsplit(value)
            host = parts.hostname
            _ = parts.port
        except ValueError:
            return False
        if not host or _SPACE_OR_CONTROL.search(value):
            return False
        if not self.canonical:
            return parts.scheme in {"http", "https"}
        return parts.scheme == "https" and "@" not in parts.netloc and "#" not in value


@dataclass(frozen=True, kw_only=True, slots=True)
class Extras:
    """A flat object of strings: what else of a page a reader or a crawler sees."""

    code: str = "extras_invalid"

    def read(self, value: object, at: str, faults: Faults) -> dict[str, str] | None:
        """Return the strings."""
        if not isinstance(value, dict) or len(value) > MOST_EXTRAS:
            faults.add(at, self.code, f"An object of at most {MOST_EXTRAS} strings.")
            return None
        clean: dict[str, str] = {}
        signed: dict[str, str] = {"canonical_url": "canonical_url"}
        for key, text in value.items():
            spelled = key.replace(".", "_").replace("-", "_")
            if not _EXTRA_KEY.fullmatch(key):
                faults.add(step(at, key), self.code, "A name is [a-z][a-z0-9_.-]{0,63}.")
            elif signed.setdefault(spelled, key) != key or key == "canonical_url":
                faults.add(step(at, key), self.code, f"'{signed[spelled]}' and '{key}' are signed under one name.")
            elif text is None:
                continue
            elif not isinstance(text, str) or len(text) > MOST_EXTRA_LENGTH:
                faults.add(step(at, key), self.code, f"A string of at most {MOST_EXTRA_LENGTH} characters.")
            else:
                clean[key] = text
        if sum(len(key.encode()) + len(text.encode()) for key, text in clean.items()) > MOST_EXTRA_BYTES:
            faults.add(at, self.code, f"At most {MOST_EXTRA_BYTES} bytes in all.")
        return clean

    def schema(self) -> dict[str, Any]:
        """Describe it."""
        return {
            "type": "object",
            "maxProperties": MOST_EXTRAS,
            "propertyNames": {"pattern": f"^{_EXTRA_KEY.pattern}$"},
            "additionalProperties": {"anyOf": [{"type": "string", "maxLength": MOST_EXTRA_LENGTH}, {"type": "null"}]},
        }


_SOURCE = Record(
    code="sources_invalid",
    members={
        "url": Member(shape=Url(code="sources_invalid")),
        "attestation": Member(shape=Text(code="sources_invalid", least=1, most=2048)),
        "digest": Member(shape=Text(code="sources_invalid", most=71, pattern="sha256:[0-9a-f]{64}")),
        "title": Member(shape=Text(code="sources_invalid", most=300)),
        "retrieved_at": Member(shape=Time(code="sources_invalid")),
        "generation_depth": Member(shape=Number(code="sources_invalid", most=100)),
        "relation": Member(shape=Choice(code="sources_invalid", words=RELATIONS)),
    },
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """One text that the draft was made from, named by one of three locators."""

    code: str = "sources_invalid"

    def read(self, value: object, at: str, faults: Faults) -> dict[str, Any] | None:
        """Return the row; times stay as they were written."""
        clean = _SOURCE.read(value, at, faults)
        if clean is None:
            return None
        if sum(name in clean for name in LOCATORS) != 1:
            faults.add(at, self.code, f"Exactly one of {', '.join(LOCATORS)} says which source this is.")
        given = value if isinstance(value, dict) else {}
        return {key: given[key] if key == "retrieved_at" else clean[key] for key in clean}

    def schema(self) -> dict[str, Any]:
        """Describe it."""
        return _SOURCE.schema() | {"oneOf": [{"required": [name]} for name in LOCATORS]}


SPAN = Record(
    code="spans_invalid",
    members={
        "start": Member(shape=Number(code="spans_invalid", most=2**31), missing="spans_invalid"),
        "end": Member(shape=Number(code="spans_invalid", most=2**31), missing="spans_invalid"),
        "origin": Member(shape=Choice(code="spans_invalid", words=SPAN_ORIGINS), missing="spans_invalid"),
        "source": Member(shape=Number(code="spans_invalid", most=99)),
    },
)


def check_spans(spans: list[Any], *, body: str, sources: int, faults: Faults) -> None:
    """Note spans that are empty, outside the body, out of order, overlapping, or name a source that is not there."""
    whole = [span for span in spans if span and {"start", "end", "origin"} <= set(span)]
    if len(whole) != len(spans):
        return  # said already
    for index, span in enumerate(whole):
        if not span["start"] < span["end"] <= len(body):
            faults.add(f"/spans/{index}/end", "spans_invalid", f"0 <= start < end <= {len(body)}.")
        if "source" in span and span["source"] >= sources:
            faults.add(f"/spans/{index}/source", "spans_invalid", f"There are {sources} sources, counted from 0.")
    for index, (before, after) in enumerate(pairwise(whole), start=1):
        if after["start"] < before["end"]:
            faults.add(f"/spans/{index}/start", "spans_invalid", "Spans are sorted and do not overlap.")


def shifted(spans: list[dict[str, Any]], body: str) -> list[dict[str, Any]]:
    """Return the spans over the stored text: a leading byte-order mark went, and each CRLF is one character now."""
    mark = int(body.startswith("\ufeff"))
    breaks = [found.start() + 1 for found in re.finditer("\r\n", body)]
    if not mark and not breaks:
        return spans

    def place(offset: int) -> int:
        low, high = 0, len(breaks)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if breaks[middle] < offset else (low, middle)
        return max(0, offset - mark) - low

    return [span | {"start": place(span["start"]), "end": place(span["end"])} for span in spans]
