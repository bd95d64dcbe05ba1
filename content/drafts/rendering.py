"""Renditions of a text, made in a process of its own: Markdown from outside must never hold up or fill a worker."""

import atexit
import html
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from content.drafts.states import Format
from content.errors import Unavailable
from content.text.render import RENDERER

PLAIN_RENDERER: Final = "plain_html.v1"
OK: Final = "ok"
TOO_COMPLEX: Final = "too_complex"
WALL_SECONDS: Final = 8
_ASKED_BYTES: Final = 4
_ANSWERED_BYTES: Final = 5
_CHUNK: Final = 65_536


class RendererFailed(Unavailable):
    """The renderer took longer than 8 seconds, or ended: perhaps not for the text's sake, so it is tried again."""

    code = "renderer_failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """HTML and plain text of one text. With outcome `too_complex` the HTML is the escaped source."""

    outcome: str
    html: str
    plain: str


def renderer_of(format_: Format) -> str:
    """Return the id of the renderer that makes HTML of a stored text of this format."""
    return PLAIN_RENDERER if format_ is Format.TEXT else RENDERER


def rendered(text: str, *, format_: Format) -> Rendered:
    """Return the renditions of a stored text.

    :raises RendererFailed: if they were not made in 8 seconds, or the renderer ended.
    """
    source = f"<pre>{html.escape(text)}</pre>\n"
    if format_ is Format.TEXT:
        return Rendered(outcome=OK, html=source, plain=text)
    made = _program.ask(text.encode())
    if made is None:
        return Rendered(outcome=TOO_COMPLEX, html=source, plain=text)
    return Rendered(outcome=OK, html=made["html"], plain=made["plain"])


class _Program:
    """The renderer beside this process: started when first needed, and anew after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._one_at_a_time = threading.Lock()

    def ask(self, text: bytes) -> dict[str, str] | None:
        """Return `{"html", "plain"}`, or None for a text that is too complex."""
        with self._one_at_a_time:
            process = self._running()
            try:
                return self._exchange(process, text)
            except (OSError, TimeoutError) as error:
                self.end()
                raise RendererFailed from error

    def _running(self) -> subprocess.Popen[bytes]:
        # A worker that was forked has its parent's program at the other end of its pipes: it needs one of its own.
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.end()
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "content.drafts.renderer"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=Path(__file__).parents[2],  # where `content` is found, installed or not
                start_new_session=True,  # so that its forks can be ended with it
            )
            atexit.register(self.end)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], text: bytes) -> dict[str, str] | None:
        assert process.stdin is not None, "it was opened with pipes"  # noqa: S101
        assert process.stdout is not None, "it was opened with pipes"  # noqa: S101
        until = time.monotonic() + WALL_SECONDS
        process.stdin.write(len(text).to_bytes(_ASKED_BYTES, "big") + text)
        process.stdin.flush()
        pipe = process.stdout.fileno()
        answered = _read(pipe, _ANSWERED_BYTES, until)
        outcome, length = answered[0], int.from_bytes(answered[1:], "big")
        if outcome == 2:  # noqa: PLR2004 (renderer.FAILED; importing it would load the parser here)
            raise RendererFailed
        made = _read(pipe, length, until)
        return json.loads(made) if outcome == 0 else None

    def end(self) -> None:
        """End the program and its forks."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what was not sent any more
                    pipe.close()


def _read(pipe: int, length: int, until: float) -> bytes:
    """Return `length` bytes of a pipe.

    :raises TimeoutError: if they do not come in time.
    :raises BrokenPipeError: if nobody will send them.
    """
    found = bytearray()
    while len(found) < length:
        ready, _, _ = select.select([pipe], [], [], max(0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        chunk = os.read(pipe, min(_CHUNK, length - len(found)))
        if not chunk:
            raise BrokenPipeError
        found += chunk
    return bytes(found)


_program = _Program()
