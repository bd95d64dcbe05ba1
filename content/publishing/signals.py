"""What a published page tells crawlers and data teams: spelled by `signals.toml`, decided by the statement."""

import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from content.proof.strict import Json

PLACES = frozenset({"header", "link_header", "meta", "link", "robots"})
OCCASIONS = frozenset({"always", "train_ai_n"})
FILLED = frozenset({"train_ai", "search", "bundle_url", "ai_disclosure", "licence", "path"})
PLAIN_BLOCKS = frozenset({"code"})
"Blocks without prose: nobody's words, so they say nothing about who wrote the page."


class SignalsBroken(ValueError):
    """`signals.toml` names a place, an occasion or a brace that there is not. The process does not start."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signal:
    """One row of the table."""

    name: str
    where: str
    key: str
    form: str
    when: str
    type: str = ""
    on: bool = True
    status: str = ""

    def is_due(self, train_ai: str) -> bool:
        """Tell whether it is sent for a page with this preference."""
        return self.on and (self.when == "always" or train_ai == "n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link to another resource: relation, address, media type."""

    rel: str
    href: str
    type: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """What one page sends: header values, meta tags, links in head and header."""

    headers: Mapping[str, str]
    metas: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]


@cache
def table() -> tuple[Signal, ...]:
    """Return the rows of `signals.toml`, read once.

    :raises SignalsBroken: if one says what there is not.
    """
    source = resources.files("content.publishing").joinpath("signals.toml").read_text(encoding="utf-8")
    rows = tuple(Signal(**row) for row in tomllib.loads(source)["signal"])
    for row in rows:
        braces = {name for _, name, _, _ in string.Formatter().parse(row.form) if name is not None}
        if row.where not in PLACES or row.when not in OCCASIONS or not braces <= FILLED:
            raise SignalsBroken(f"The signal '{row.name}' cannot be sent as it stands.")
    return rows


def signals(*, predicate: Mapping[str, Json], bundle_url: str) -> Signals:
    """Return what the page of an attested text sends.

    :param predicate: of its statement, which was checked when it was signed.
    """
    usage = cast("Mapping[str, str]", predicate["usage"])
    filled = {
        "train_ai": usage["train_ai"],
        "search": usage["search"],
        "bundle_url": bundle_url,
        "ai_disclosure": ai_disclosure(predicate),
        "licence": usage.get("licence", ""),
        "path": "",
    }
    due = [(row, row.form.format_map(filled)) for row in table() if row.is_due(usage["train_ai"])]
    headers = {row.key: value for row, value in due if row.where == "header"}
    linked = [f'<{value}>; rel="{row.key}"; type="{row.type}"' for row, value in due if row.where == "link_header"]
    return Signals(
        headers=headers | ({"Link": ", ".join(linked)} if linked else {}),
        metas=tuple((row.key, value) for row, value in due if row.where == "meta"),
        links=tuple(Link(rel=row.key, href=value, type=row.type) for row, value in due if row.where == "link"),
    )


def ai_disclosure(predicate: Mapping[str, Json]) -> str:
    """Return the word for the page: `mixed` if it also has blocks without machine words, else `ai-generated`."""
    blocks = cast("Sequence[Mapping[str, Json]]", cast("Mapping[str, Json]", predicate["authorship"])["blocks"])
    written = [block for block in blocks if block["words"] and block["kind"] not in PLAIN_BLOCKS]
    return "mixed" if any(block["ai"] == 0 for block in written) else "ai-generated"


def robots_lines(*, paths: Sequence[str]) -> Iterator[str]:
    """Yield the lines of `robots.txt` that decline training for some paths."""
    filled = {"train_ai": "n", "search": "y", "bundle_url": "", "ai_disclosure": "", "licence": ""}
    for row in table():
        if row.where == "robots" and row.is_due("n"):
            for path in paths:
                yield f"{row.key}: {row.form.format_map(filled | {'path': path})}"


def tdm_rules(*, paths: Sequence[str]) -> list[dict[str, object]]:
    """Return the content of `/.well-known/tdmrep.json`: one rule for each path that is reserved."""
    is_sent = any(row.name == "tdmrep" and row.on for row in table())
    return [{"location": path, "tdm-reservation": 1} for path in paths] if is_sent else []


def json_ld(
    *, predicate: Mapping[str, Json], title: str, url: str, published: str, modified: str, bundle_url: str, type_: str
) -> dict[str, object]:
    """Return the schema.org description of the page (JSON-LD).

    :param published: RFC 3339; so is `modified`.
    :param type_: media type of the bundle.
    """
    issuer = cast("Mapping[str, str]", predicate["issuer"])
    disclosure = cast("Mapping[str, str]", predicate["disclosure"])
    publication = cast("Mapping[str, str]", predicate["publication"])
    kind = disclosure["digital_source_type"]
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title,
        "inLanguage": publication["language"],
        "datePublished": published,
        "dateModified": modified,
        "url": url,
        "publisher": {"@type": "Organization", "name": issuer["name"], "url": issuer["id"]},
        "digitalSourceType": f"https://schema.org/{kind[0].upper()}{kind[1:]}DigitalSource",
        "subjectOf": {"@type": "DigitalDocument", "encodingFormat": type_, "url": bundle_url},
    }
