"""The only way out: one HTTP request to an address that a stranger chose.

https on port 443 or 8443; every address that the name resolves to is checked, and the checked one is dialed, with SNI
and certificate kept to the name (microsoft-antissrf). No redirects, no proxies of the environment, one deadline over
all of it, a bounded answer. Plain http and other ports only into networks that the operator names.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import SplitResult, urlsplit, urlunsplit

import requests
from AntiSSRF import AntiSSRFError, AntiSSRFPolicy, IPAddressRanges, PolicyConfigOptions
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from content.errors import Invalid, Unavailable

PORTS = frozenset({443, 8443})
DEFAULT_PORTS = {"http": 80, "https": 443}
DENIED = tuple(ipaddress.ip_network(each) for each in IPAddressRanges.recommended_latest)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressRefused(Invalid):
    """We do not send to this address; use https on port 443 or 8443 and a public host name."""

    code = "address_refused"


class NoAnswer(Unavailable):
    """The address did not answer in time."""

    code = "no_answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How far we go. `private`: networks, in CIDR notation, that may be reached by http and on any port too."""

    private: tuple[str, ...] = ()
    seconds: float = 10.0
    connect_seconds: float = 3.0
    answer_bytes: int = 64 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back: status, the first bytes, the seconds it took, and `Retry-After` as it was given."""

    status: int
    body: bytes
    seconds: float
    retry_after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Target:
    """An address taken apart. Whatever is not https on one of our ports may only lead into named networks."""

    url: str
    host: str
    port: int
    is_guarded: bool = field(default=True)


@dataclass(kw_only=True, slots=True)
class _Call:
    """One request under way: duplicates of the sockets it opened, and whether its time has run out."""

    opened: list[socket.socket] = field(default_factory=list)
    is_over: bool = False


def check_address(url: str, *, private: tuple[str, ...] = ()) -> str:
    """Return `url` in the form it is called under, or refuse it; resolves the name.

    :param private: networks that may be reached by http and on any port.
    :raises AddressRefused: if we would not send there, or the name does not resolve.
    """
    target = _read(url)
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(f"The host {target.host} does not resolve.", host=target.host) from error
    named = [ipaddress.ip_network(each) for each in private]
    for row in found:
        _check(target, ipaddress.ip_address(str(row[4][0]).partition("%")[0]), named)
    return target.url


def post(url: str, *, body: bytes, headers: Mapping[str, str], limits: Limits) -> Answer:
    """Send `body` and return what came back, whatever its status.

    :raises AddressRefused: if we do not send there.
    :raises NoAnswer: if there was no whole answer in time.
    """
    target = _read(url)
    started = time.monotonic()
    call = _Call()
    try:
        with _session(target, limits, call) as session, _send(session, target, body, headers, limits) as response:
            answer = response.raw.read(limits.answer_bytes, decode_content=False)
    except AntiSSRFError as error:
        raise AddressRefused(_why(target, str(error)), host=target.host) from error
    except (requests.RequestException, HTTPError, OSError) as error:
        raise NoAnswer(f"{target.host}: {type(error).__name__}", host=target.host) from error
    if call.is_over:
        raise NoAnswer(f"{target.host} took longer than {limits.seconds:g} seconds.", host=target.host)
    return Answer(
        status=response.status_code,
        body=answer,
        seconds=time.monotonic() - started,
        retry_after=response.headers.get("Retry-After", ""),
    )


def _send(
    session: requests.Session, target: _Target, body: bytes, headers: Mapping[str, str], limits: Limits
) -> requests.Response:
    return session.post(
        target.url,
        data=body,
        headers={**headers, "Accept-Encoding": "identity"},
        timeout=(limits.connect_seconds, limits.seconds),
        allow_redirects=False,
        stream=True,
    )


def _read(url: str) -> _Target:
    """Take an address apart and write it anew, so that no two readers can understand it differently."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
        host = _host(parts)
    except (ValueError, UnicodeError) as error:
        raise AddressRefused("This is not a web address.") from error
    if parts.scheme not in DEFAULT_PORTS or not host or "\\" in url:
        raise AddressRefused("This is not a web address.")
    if "@" in parts.netloc:
        raise AddressRefused("A web address with a user name in it is refused.")
    place = f"[{host}]" if ":" in host else host
    explicit = place if port == DEFAULT_PORTS[parts.scheme] else f"{place}:{port}"
    return _Target(
        url=urlunsplit((parts.scheme, explicit, parts.path or "/", parts.query, "")),
        host=host,
        port=port,
        is_guarded=parts.scheme == "https" and port in PORTS,
    )


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    return host if ":" in host else host.encode("idna").decode("ascii")


def _check(target: _Target, address: Address, named: list[Network]) -> None:
    if any(_holds(network, address) for network in named):
        return
    if not target.is_guarded:
        raise AddressRefused("Use https on port 443 or 8443.", host=target.host)
    if any(_holds(network, address) for network in DENIED):
        raise AddressRefused(_why(target, f"{address} is no public address."), host=target.host)


def _holds(network: Network, address: Address) -> bool:
    """Tell whether a network holds an address; an IPv4 address written as IPv6 is the IPv4 address."""
    mapped = getattr(address, "ipv4_mapped", None)
    return address in network or (mapped is not None and mapped in network)


def _why(target: _Target, reason: str) -> str:
    return (
        f"{target.host} is refused: {reason} "
        "An operator may name the network in REVIEWDESK['WEBHOOK_ALLOW_PRIVATE_CIDRS']."
    )


def _policy(target: _Target, limits: Limits) -> AntiSSRFPolicy:
    external, internal = PolicyConfigOptions.EXTERNAL_ONLY_LATEST, PolicyConfigOptions.INTERNAL_ONLY
    policy = AntiSSRFPolicy(external if target.is_guarded else internal)
    policy.add_xff_header = False
    policy.allow_plain_text_http = not target.is_guarded
    if limits.private:
        policy.add_allowed_addresses(list(limits.private))
    return policy


@contextmanager
def _session(target: _Target, limits: Limits, call: _Call) -> Iterator[requests.Session]:
    """Open a session for one request; when its time is over, its connection is cut, in whatever state it is."""
    timer = threading.Timer(limits.seconds, _cut, [call])
    timer.daemon = True
    with cast("requests.Session", _policy(target, limits).get_antissrf_session()) as session:
        session.trust_env = False
        adapter = cast("HTTPAdapter", session.get_adapter(target.url))
        adapter.poolmanager.pool_classes_by_scheme = _watched(call.opened)
        timer.start()
        try:
            yield session
        finally:
            timer.cancel()
            for duplicate in call.opened:
                duplicate.close()


def _cut(call: _Call) -> None:
    call.is_over = True
    for connection in call.opened:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue  # it has ended by itself


def _watched(opened: list[socket.socket]) -> dict[str, Any]:
    """Return pools whose connections are kept in `opened`: a duplicate outlives the TLS layer taking the original."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            connection = super()._new_conn()
            opened.append(connection.dup())
            return connection

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            connection = super()._new_conn()
            opened.append(connection.dup())
            return connection

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
