"""The log as C2SP tlog-tiles serves it: static bytes that anybody may copy."""

import re

from django.http import HttpRequest, HttpResponse

from content.attestation.queries import log
from content.proof.tiles import TILE_WIDTH
from content.public.door import A_MINUTE, FOR_EVER, file_answer, public_view
from content.web.etag import strong_etag

FIVE_SECONDS = "public, max-age=5"
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
_NUMBER = re.compile(r"(?P<high>(?:x[0-9]{3}/)*)(?P<low>[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?")


@public_view()
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Answer with the newest checkpoint."""
    note = log.checkpoint()
    return file_answer(request, note.encode(), TEXT, strong_etag(note), FIVE_SECONDS)


@public_view()
def tile(request: HttpRequest, level: int, number: str) -> HttpResponse:
    """Answer with a tile of hashes."""
    at, width = numbered(number)
    hashes = log.tile(level=level, number=at, width=width)
    return file_answer(request, hashes, BYTES, strong_etag("tile", level, at, width), FOR_EVER)


@public_view()
def entries(request: HttpRequest, number: str) -> HttpResponse:
    """Answer with a bundle of entries."""
    at, width = numbered(number)
    body = log.entries_tile(number=at, width=width)
    return file_answer(request, body, BYTES, strong_etag("entries", at, width), FOR_EVER)


@public_view()
def status(request: HttpRequest) -> HttpResponse:
    """Answer with every status statement, a bundle a line, oldest first."""
    lines = log.status_lines()
    body = b"".join(line + b"\n" for line in lines)
    return file_answer(request, body, "application/jsonl", strong_etag(len(lines), body[-200:]), A_MINUTE)


def numbered(text: str) -> tuple[int, int]:
    """Return number and width of a tile from its path, which the address pattern has checked."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise log.LogPartMissing
    digits = found["high"].replace("x", "").replace("/", "") + found["low"]
    return int(digits), int(found["width"] or TILE_WIDTH)
