"""The program that renders: `python -m content.drafts.renderer`, a process of its own beside each worker.

It loads the Markdown parser once and forks for every text, because a fresh interpreter costs a tenth of a second and a
fork a few milliseconds. Each fork gets 5 s of CPU and 512 MiB. No Django here.

Asked: 4 bytes length (big endian), the text in UTF-8.
Answered: 1 byte outcome, 4 bytes length, JSON `{"html", "plain"}`.
"""

import gc
import json
import os
import resource
import signal
import struct
import sys
from typing import Final

from content.text.render import RenderingTooComplex, plain_text, render_markdown

CPU_SECONDS: Final = 5
MEMORY_BYTES: Final = 512 * 1024 * 1024
ASKED: Final = struct.Struct(">I")
ANSWERED: Final = struct.Struct(">BI")
OK, TOO_COMPLEX, FAILED = 0, 1, 2
_TOO_COMPLEX_STATUS: Final = 3


def serve() -> None:
    """Render what comes until nobody asks any more."""
    gc.freeze()  # what is loaded stays shared with the forks
    asking, answering = sys.stdin.buffer, sys.stdout.buffer
    while len(header := asking.read(ASKED.size)) == ASKED.size:
        outcome, made = _in_a_fork(asking.read(ASKED.unpack(header)[0]))
        answering.write(ANSWERED.pack(outcome, len(made)) + made)
        answering.flush()


def _in_a_fork(text: bytes) -> tuple[int, bytes]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os._exit(_render_into(writing, text))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        made = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code in {_TOO_COMPLEX_STATUS, -signal.SIGXCPU}:
        return TOO_COMPLEX, b""
    return (OK, made) if code == 0 else (FAILED, b"")


def _render_into(writing: int, text: bytes) -> int:
    limit_this_process()
    try:
        source = text.decode("utf-8")
        made = json.dumps({"html": render_markdown(source), "plain": plain_text(source)}).encode()
    except (RenderingTooComplex, MemoryError):
        return _TOO_COMPLEX_STATUS
    except BaseException:  # noqa: BLE001 (whatever it is must not run on as a second server)
        return 1
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(made)
    return 0


def limit_this_process() -> None:
    """Bound the CPU time and, where the system can, the memory of this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))  # SIGXCPU, then SIGKILL
    if sys.platform == "linux":  # macOS refuses a limit on the address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    serve()
