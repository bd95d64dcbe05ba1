"""Templates: nothing inline, every word translatable, every link alive (house.md, section 3)."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.base import Lexer, Token, TokenType
from django.template.loader import get_template
from django.urls import get_resolver

from tests.house.tree import ROOT

FOLDER = ROOT / "content" / "templates"
INLINE = {
    "a script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE),
    "a style": re.compile(r"<style\b|\sstyle=", re.IGNORECASE),
    "an event handler": re.compile(r"\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
}
SPOKEN = re.compile(r"\s(?:title|alt|placeholder|aria-label|data-confirm|data-confirm-ok|data-text)=\"([^\"]*)\"")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Not words: entities, code that people copy, keys on a keyboard, and the name of the product.
SILENT = re.compile(r"<!--.*?-->|&[a-z0-9#]+;|<(code|kbd|pre|script|svg)\b.*?</\1>|ReviewDesk", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
TRANSLATED = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}
URL = re.compile(r"""\{%\s*url\s+['"]([^'"]+)['"]""")
STATIC = re.compile(r"""\{%\s*static\s+['"]([^'"]+)['"]""")


@cache
def templates() -> tuple[Path, ...]:
    return tuple(path for path in sorted(FOLDER.rglob("*")) if path.suffix in {".html", ".txt"})


def pages() -> tuple[Path, ...]:
    return tuple(path for path in templates() if path.suffix == ".html")


def own_words(text: str) -> Iterator[str]:
    """Yield the words that a template says itself, past every translation."""
    plain: list[str] = []
    closing = ""
    for token in Lexer(text).tokenize():
        closing = _closing(token, closing)
        if not closing and token.token_type == TokenType.TEXT:
            plain.append(token.contents)
        elif not closing:
            plain.append("\x00")  # a value stands here; what is around it stays in its tag
    shown = SILENT.sub(" ", "".join(plain))
    yield from (value for value in SPOKEN.findall(shown) if LETTERS.search(value))
    yield from (words.strip() for words in TAG.split(shown) if LETTERS.search(words))


def _closing(token: Token, closing: str) -> str:
    """Return the tag that ends the translation we are in, or nothing."""
    if token.token_type != TokenType.BLOCK:
        return closing
    name = token.contents.split()[0]
    if closing:
        return "" if name == closing else closing
    return TRANSLATED.get(name, "")


@cache
def url_names() -> frozenset[str]:
    """Return the names of all addresses, those of a namespace with its prefix."""
    names: set[str] = set()

    def gather(resolver: object, prefix: str) -> None:
        for pattern in resolver.url_patterns:  # type: ignore[attr-defined]  # resolvers and their patterns are alike
            if hasattr(pattern, "url_patterns"):
                gather(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif pattern.name:
                names.add(f"{prefix}{pattern.name}")

    gather(get_resolver(), "")
    return frozenset(names)


def report(path: Path, what: str) -> str:
    return f"{path.relative_to(ROOT)}: {what}"


class TestTemplates:
    def test_hold_nothing_inline(self) -> None:
        found = [
            report(path, f"holds {what}")
            for path in pages()
            for what, pattern in INLINE.items()
            if pattern.search(path.read_text(encoding="utf-8"))
        ]

        assert found == []

    def test_say_only_what_can_be_translated(self) -> None:
        found = [
            report(path, f"says {words!r}")
            for path in templates()
            for words in own_words(path.read_text(encoding="utf-8"))
        ]

        assert found == []

    def test_compile(self) -> None:
        for path in templates():
            get_template(str(path.relative_to(FOLDER)))

    def test_link_to_addresses_that_exist(self) -> None:
        found = [
            report(path, f"links to {name}")
            for path in templates()
            for name in URL.findall(path.read_text(encoding="utf-8"))
            if name not in url_names()
        ]

        assert found == []

    def test_name_static_files_that_exist(self) -> None:
        found = [
            report(path, f"names {name}")
            for path in templates()
            for name in STATIC.findall(path.read_text(encoding="utf-8"))
            if finders.find(name) is None
        ]

        assert found == []


class TestTheReaderOfWords:
    @pytest.mark.parametrize(
        "text",
        [
            "<p>Hello</p>",
            '<a title="Open it">{{ x }}</a>',
            "{% if x %}yes, it is{% endif %}",
            '<p class="a">{{ n }} words</p>',
        ],
    )
    def test_hears(self, text: str) -> None:
        assert list(own_words(text))

    @pytest.mark.parametrize(
        "text",
        [
            "{% translate 'Hello' %}",
            "{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}",
            '<a href="/about" class="btn" title="{% translate "Open" %}">{{ x }}</a>',
            '<input value="{{ a }}" data-rd="form">',
            "<code>jq .payload</code> {{ n }} · 12",
        ],
    )
    def test_does_not_hear(self, text: str) -> None:
        assert not list(own_words(text))
