"""The processes behind script/server: started, watched, started again when they die, stopped in order.

One thread only: on Linux a child is told of its parent's death, and the kernel means the parent *thread*.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from script.refusal import CannotGoOn

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LOOK_EVERY_SECONDS = 0.1
STOP_SECONDS = 15
LONGEST_PAUSE_SECONDS = 30
GOOD_RUN_SECONDS = 60  # after this long a child counts as healthy and its next pause is short again
MOST_DEATHS, WITHIN_SECONDS = 6, 300
LAST_LINES = 20
LARGEST_LOG_BYTES = 20_000_000


@dataclass(kw_only=True, slots=True)
class Child:
    """One process that has to be there all the time."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes]
    started: float  # time.monotonic()
    began: int  # bytes of the log before this server
    shown: int  # bytes of the log that the terminal has seen
    pause: int = 1  # seconds before the next start
    rests_until: float | None = None
    deaths: deque[float] = field(default_factory=deque)


def die_with_parent() -> None:
    """Ask the kernel to end this process when the supervisor is gone; runs in the child, first."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def size_of(log: Path) -> int:
    """Return the bytes in a log so far."""
    return log.stat().st_size if log.exists() else 0


def last_lines(log: Path, *, since: int) -> str:
    """Return the last lines that a log holds behind byte `since`, indented."""
    lines = log.read_bytes()[since:].decode("utf-8", "replace").splitlines()
    return "\n".join(f"    {line}" for line in lines[-LAST_LINES:])


class Family:
    """All children of one server.

    :param folder: where they work.
    :param logs: folder of their logs, `<name>.log` each.
    :param environment: what every child sees.
    """

    def __init__(self, *, folder: Path, logs: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._logs = logs
        self._environment = dict(environment)
        self._children: dict[str, Child] = {}

    def run(self, name: str, command: Sequence[str], *, allowed: frozenset[int] = frozenset({0})) -> int:
        """Run `command` to its end, its output in the log `name`; return its exit code.

        :raises CannotGoOn: if it ends with a code that is not `allowed`.
        """
        log = self._log(name)
        begin = size_of(log)
        code = self._spawn(command, log=log).wait()
        if code not in allowed:
            words = " ".join(Path(part).name for part in command[1:4])
            end = last_lines(log, since=begin)
            raise CannotGoOn(f"'{words}' failed (exit {code}); its log is {log}, the end of it:\n{end}")
        return code

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child that has to stay."""
        log = self._log(name)
        begin = size_of(log)
        process = self._spawn(command, log=log)
        self._children[name] = Child(
            name=name,
            command=command,
            log=log,
            process=process,
            started=time.monotonic(),
            began=begin,
            shown=begin,
        )

    def wait_until(self, ready: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Wait until `ready`, showing what the children say.

        :raises CannotGoOn: if that takes too long, or a child dies meanwhile.
        """
        give_up = time.monotonic() + seconds
        while not ready():
            self._show()
            for child in self._children.values():
                if child.process.poll() is not None:
                    raise CannotGoOn(self._died(child))
            if time.monotonic() > give_up:
                raise CannotGoOn(f"{what} was not ready within {seconds:.0f} s; look into {self._logs}")
            time.sleep(LOOK_EVERY_SECONDS)

    def watch(self) -> None:
        """Keep the children alive until something stops this process.

        :raises CannotGoOn: if one dies too often.
        """
        while True:
            self._show()
            for child in self._children.values():
                self._look_after(child)
            time.sleep(LOOK_EVERY_SECONDS)

    def stop(self, order: Sequence[str]) -> None:
        """Stop the children in this order: ask, wait, and end what does not go by itself."""
        for name in order:
            child = self._children.pop(name, None)
            if child is None or child.process.poll() is not None:
                continue
            self._signal(child, signal.SIGTERM)
            try:
                child.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._signal(child, signal.SIGKILL)
                child.process.wait()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.rests_until is not None:
            if now >= child.rests_until:
                child.process = self._spawn(child.command, log=child.log)
                child.started, child.rests_until = now, None
            return
        if child.process.poll() is None:
            return
        if now - child.started > GOOD_RUN_SECONDS:
            child.pause = 1
        child.deaths.append(now)
        while child.deaths[0] < now - WITHIN_SECONDS:
            child.deaths.popleft()
        if len(child.deaths) >= MOST_DEATHS:
            raise CannotGoOn(f"{MOST_DEATHS} times within {WITHIN_SECONDS // 60} minutes: {self._died(child)}")
        sys.stderr.write(f"server: {child.name} ended, starts again in {child.pause} s\n")
        child.rests_until = now + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE_SECONDS)

    def _spawn(self, command: Sequence[str], *, log: Path) -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                cwd=self._folder,
                start_new_session=True,  # Ctrl-C is for the supervisor, which stops the others in order
                preexec_fn=die_with_parent,  # noqa: PLW1509  # safe here: there is one thread only
            )

    def _log(self, name: str) -> Path:
        log = self._logs / f"{name}.log"
        if size_of(log) > LARGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        return log

    def _show(self) -> None:
        for child in self._children.values():
            with child.log.open("rb") as log:
                log.seek(child.shown)
                whole, newline, _ = log.read().rpartition(b"\n")
            child.shown += len(whole) + len(newline)
            for line in whole.decode("utf-8", "replace").splitlines():
                sys.stdout.write(f"{child.name:<6} | {line}\n")
        sys.stdout.flush()

    @staticmethod
    def _died(child: Child) -> str:
        end = last_lines(child.log, since=child.began)
        return f"{child.name} died; its log is {child.log}, the end of it:\n{end}"

    @staticmethod
    def _signal(child: Child, number: signal.Signals) -> None:
        # The group, so that nothing a child started is left behind.
        if number is signal.SIGKILL:
            os.killpg(child.process.pid, number)
        else:
            child.process.send_signal(number)
