"""The only way out refuses to be led inside, and never waits for ever."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from content.outbound import AddressRefused, Limits, NoAnswer, check_address, post

pytestmark = pytest.mark.localhost  # names are resolved; calls reach this machine only

LOOPBACK = ("127.0.0.0/8",)
INSIDE = [
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://127.1/",
]
MISSPELLED = [
    "http://93.184.215.14/",
    "https://93.184.215.14:22/",
    "https://user:secret@93.184.215.14/",
    "https://93.184.215.14\\@127.0.0.1/",
    "ftp://93.184.215.14/",
    "file:///etc/passwd",
    "https://",
    "https://[::1/",
    "not an address",
]


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Run a server that answers each connection with `answer`; yields its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                try:
                    answer(connection)
                except OSError:
                    continue

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/hook"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(timeout=5)


def said(text: str) -> Callable[[socket.socket], None]:
    """Return an answer that sends `text` as it is."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(text.encode())

    return answer


class TestAddresses:
    @pytest.mark.parametrize("url", INSIDE)
    def test_that_lead_inside_are_refused_before_they_are_kept(self, url: str) -> None:
        with pytest.raises(AddressRefused):
            check_address(url)

    @pytest.mark.parametrize("url", INSIDE)
    def test_that_lead_inside_are_refused_when_they_are_called(self, url: str) -> None:
        with pytest.raises(AddressRefused):
            post(url, body=b"{}", headers={}, limits=Limits())

    @pytest.mark.parametrize("url", MISSPELLED)
    def test_of_other_kinds_are_refused(self, url: str) -> None:
        with pytest.raises(AddressRefused):
            check_address(url)

    def test_that_are_public_pass_in_one_spelling(self) -> None:
        assert check_address("HTTPS://93.184.215.14/Hook?x=1#part") == "https://93.184.215.14/Hook?x=1"

    def test_in_networks_that_the_operator_names_pass_by_http_and_on_any_port(self) -> None:
        assert check_address("http://127.0.0.1:9000/", private=LOOPBACK) == "http://127.0.0.1:9000/"

    def test_beside_the_named_networks_are_refused_all_the_same(self) -> None:
        with pytest.raises(AddressRefused):
            check_address("http://10.0.0.1:9000/", private=LOOPBACK)


class TestCalls:
    def test_return_what_came_back(self) -> None:
        answer = said("HTTP/1.1 503 No\r\nRetry-After: 120\r\nContent-Length: 5\r\n\r\nlater")

        with serving(answer) as url:
            found = post(url, body=b"{}", headers={}, limits=Limits(private=LOOPBACK))

        assert (found.status, found.body, found.retry_after) == (503, b"later", "120")

    def test_follow_no_redirect(self) -> None:
        answer = said("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")

        with serving(answer) as url:
            found = post(url, body=b"{}", headers={}, limits=Limits(private=LOOPBACK))

        assert found.status == 302

    def test_read_no_more_than_they_may(self) -> None:
        answer = said("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + "x" * 200_000)

        with serving(answer) as url:
            found = post(url, body=b"{}", headers={}, limits=Limits(private=LOOPBACK))

        assert len(found.body) == 64 * 1024

    @pytest.mark.parametrize("first", ["", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"])
    def test_end_in_time_whoever_drips(self, first: str) -> None:
        def drip(connection: socket.socket) -> None:
            connection.sendall(first.encode())
            for _ in range(50):
                connection.sendall(b"x")
                time.sleep(0.1)

        started = time.monotonic()
        with serving(drip) as url, pytest.raises(NoAnswer):
            post(url, body=b"{}", headers={}, limits=Limits(private=LOOPBACK, seconds=0.5))

        assert time.monotonic() - started < 3

    def test_of_nobody_are_no_answer(self) -> None:
        with pytest.raises(NoAnswer):
            post("http://127.0.0.1:1/", body=b"{}", headers={}, limits=Limits(private=LOOPBACK))

    def test_obey_no_proxy_of_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        answer = said("HTTP/1.1 204 No Content\r\n\r\n")

        with serving(answer) as url:
            found = post(url, body=b"{}", headers={}, limits=Limits(private=LOOPBACK))

        assert found.status == 204
