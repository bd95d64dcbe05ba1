"""Rendering in a process of its own, with limits: Markdown from outside must never hold up or fill a worker.

`python -m content.drafts.rendering` reads a text from stdin and writes `{"html", "plain"}`; exit status 3 when the text
is too complex. It needs no Django. Beyond 5 s of CPU, 512 MiB, or 8 s by the clock it is ended.
"""

import html
import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from content.drafts.states import Format
from content.errors import Unavailable
from content.text.render import RENDERER, TOO_COMPLEX_STATUS, RenderingTooComplex, plain_text, render_markdown

CPU_SECONDS: Final = 5
MEMORY_BYTES: Final = 512 * 1024 * 1024
WALL_SECONDS: Final = 8
PLAIN_RENDERER: Final = "plain_html.v1"
OK: Final = "ok"
TOO_COMPLEX: Final = "too_complex"


class RendererTooSlow(Unavailable):
    """Rendering took longer than 8 seconds; it is tried again."""

    code = "renderer_too_slow"


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

    :raises RendererTooSlow: if the clock ran out: that may be the machine's fault, so it is tried again.
    :raises CalledProcessError: if the renderer died of something other than the text.
    """
    source = f"<pre>{html.escape(text)}</pre>\n"
    if format_ is Format.TEXT:
        return Rendered(outcome=OK, html=source, plain=text)
    command = [sys.executable, "-m", "content.drafts.rendering"]
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command, input=text.encode(), capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RendererTooSlow from error
    if done.returncode in {TOO_COMPLEX_STATUS, -signal.SIGXCPU}:
        return Rendered(outcome=TOO_COMPLEX, html=source, plain=text)
    done.check_returncode()
    made = json.loads(done.stdout)
    return Rendered(outcome=OK, html=made["html"], plain=made["plain"])


def limit_this_process() -> None:
    """Bound CPU time and memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 (Windows has none: there the clock of the parent is the only limit)
    except ModuleNotFoundError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))  # SIGXCPU, then SIGKILL
    if sys.platform == "linux":  # macOS refuses a limit on the address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> int:
    """Render stdin; return the exit status."""
    limit_this_process()
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        made = {"html": render_markdown(text), "plain": plain_text(text)}
    except (RenderingTooComplex, MemoryError):
        return TOO_COMPLEX_STATUS
    sys.stdout.buffer.write(json.dumps(made).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
