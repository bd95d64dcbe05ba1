"""A web server under load: gunicorn as in production, threads that post to it, and what both came to."""

import http.client
import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # only for the CPU of the server's processes

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
END_SECONDS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A server that runs, and what is posted to it: the address, the headers, and a body for each number."""

    name: str
    port: int
    process: psutil.Process
    path: str
    token: str
    body: Callable[[int], bytes]
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def cpu_seconds(self) -> float:
        """Return the CPU that the server's processes have used so far."""
        processes = [self.process, *self.process.children(recursive=True)]
        return float(sum(times.user + times.system for times in (each.cpu_times() for each in processes)))

    @property
    def headers(self) -> Mapping[str, str]:
        """What every request says."""
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """What came of some seconds of load: requests answered, the time each took, CPU of the server for each."""

    seconds: float
    latencies_ms: tuple[float, ...]
    cpu_ms: float

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return len(self.latencies_ms) / self.seconds


@contextmanager
def gunicorn(application: str, *, port: int, workers: int, environment: Mapping[str, str]) -> Iterator[psutil.Process]:
    """Serve an application on 127.0.0.1 while the block runs, as `docker/entrypoint` does.

    :raises RuntimeError: if it does not answer within a minute.
    """
    command = [
        *(sys.executable, "-P", "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", "4"),
        *("--no-control-socket", "--timeout", "30", "--graceful-timeout", "5", "--log-level", "error"),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(environment))
    try:
        _await(port)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(END_SECONDS)


def _await(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"Nothing answers on port {port}.")


def load(server: Server, *, seconds: float, connections: int) -> Block:
    """Post from this many connections at once for some seconds.

    :raises RuntimeError: if anything but 201, or 200 for a batch, is answered.
    """
    latencies: list[float] = []
    wrong: list[str] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_post, args=(server, until, latencies, wrong), daemon=True) for _ in range(connections)
    ]
    began, cpu = time.monotonic(), server.cpu_seconds()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{server.name} answered {wrong[0]}")
    cpu = server.cpu_seconds() - cpu
    return Block(
        seconds=time.monotonic() - began,
        latencies_ms=tuple(latencies),
        cpu_ms=1000 * cpu / max(1, len(latencies)),
    )


def _post(server: Server, until: float, latencies: list[float], wrong: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    while time.monotonic() < until and not wrong:
        body = server.body(next(server.numbers))
        began = time.perf_counter()
        connection.request("POST", server.path, body=body, headers=dict(server.headers))
        answer = connection.getresponse()
        text = answer.read()
        latencies.append(1000 * (time.perf_counter() - began))
        if answer.status not in {200, 201, 207}:
            wrong.append(f"{answer.status} {text[:300].decode(errors='replace')}")
    connection.close()


def as_json(value: object) -> bytes:
    """Return a body."""
    return json.dumps(value).encode()
