"""Outgoing requests to addresses that somebody gave: bounded, and never into a private network.

A name is looked up once, its addresses are judged, and the connection goes to one that was
judged: a name that changes between the two cannot lead inside. Redirects are not followed unless
asked for, and each is judged like the first.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require

SECONDS = 10.0  # for a whole exchange
LONGEST_ANSWER = 256 * 1024  # bytes
LONGEST_ADDRESS = 2000  # characters
REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
SAID_AGAIN = {307, 308}  # redirects after which the same is sent again
LOOKED_UP = {301, 302, 303}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# All that is given out of IPv6. Beside it stand what is one site's, and old ways into IPv4.
GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # an address of IPv4, for who has only IPv6


class AddressRefused(Refusal):
    """A request would go where none is to go: not the web, or a network that is not public."""

    sentence = _("This house does not send anything to that address. Give one that is public.")


class NoAnswer(Refusal):
    """Nobody answered in time, or what came was no HTTP."""

    status = 502
    sentence = _("Nothing answered at that address. Try again later, or give another one.")


class AnswerTooLong(Refusal):
    """More came back than was asked for."""

    status = 502
    sentence = _("What came back from that address is too long to be read.")


@dataclass(frozen=True)
class Reply:
    """What came back: header names are lower case; `address` is where it came from at last."""

    status: int
    headers: dict[str, str]
    body: bytes
    address: str

    @property
    def is_well(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300


@dataclass
class Exchange:
    """How a request may go: `seconds` in all, `longest` bytes back, so many `redirects`."""

    seconds: float = SECONDS
    longest: int = LONGEST_ANSWER
    redirects: int = 0
    until: float = field(default=0.0, init=False)

    def left(self) -> float:
        """Return the seconds that are left. Raises NoAnswer where none are."""
        left = self.until - time.monotonic()
        require(left > 0, NoAnswer)
        return left


def send(
    method: str,
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    how: Exchange | None = None,
) -> Reply:
    """Send one request and return what came back, whatever its status.

    Raises AddressRefused, NoAnswer, AnswerTooLong.
    """
    how = how or Exchange()
    how.until = time.monotonic() + how.seconds
    given = {"user-agent": _agent()}
    given |= {name.lower(): value for name, value in (headers or {}).items()}
    for _hop in range(how.redirects + 1):
        reply = _ask(method, address, given, body, how)
        where = reply.headers.get("location", "")
        if not where or reply.status not in SAID_AGAIN | LOOKED_UP:
            return reply
        if reply.status in LOOKED_UP and method != "HEAD":
            method, body = "GET", b""
        there = _joined(address, where)
        given = _for_others(given, address, there)
        address = there
    return reply


def require_public(address: str) -> None:
    """Raise AddressRefused unless a request may go there: for a form that asks for an address.

    Only what is written is judged; whether its name leads inside is judged when it is sent.
    """
    host, _port = _place(address)
    try:
        numeric = ipaddress.ip_address(host)
    except ValueError:
        return
    require(_may_reach(numeric), AddressRefused)


def _agent() -> str:
    return f"Coulisses (+{settings.PUBLIC_URL})" if settings.PUBLIC_URL else "Coulisses"


def _joined(address: str, where: str) -> str:
    try:
        return urljoin(address, where)
    except ValueError:
        raise NoAnswer from None


def _for_others(headers: dict[str, str], before: str, after: str) -> dict[str, str]:
    """Keep from another host what was meant for the first."""
    if _place(before) == _place(after):
        return headers
    return {name: headers[name] for name in ("user-agent", "accept") if name in headers}


def _ask(
    method: str, address: str, headers: Mapping[str, str], body: bytes, how: Exchange
) -> Reply:
    _place(address)
    with httpcore.ConnectionPool(network_backend=_Guarded(how), retries=0) as pool:
        try:
            # The host is said by httpcore; "identity", for a few bytes may unpack to many.
            said = {**headers, "accept-encoding": "identity", "connection": "close"}.items()
            with pool.stream(
                method,
                address,
                headers=list(said),
                content=body,
                extensions={"timeout": _patience(how)},
            ) as answer:
                return Reply(answer.status, _headers(answer), _read(answer, how), address)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise NoAnswer from error
        except (OSError, UnicodeError, ValueError) as error:
            raise NoAnswer from error


def _patience(how: Exchange) -> dict[str, float]:
    return dict.fromkeys(("connect", "read", "write", "pool"), how.left())


def _headers(answer: httpcore.Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
    }


def _read(answer: httpcore.Response, how: Exchange) -> bytes:
    read = bytearray()
    for piece in answer.iter_stream():
        how.left()  # a trickle is no answer
        read += piece
        require(len(read) <= how.longest, AnswerTooLong)
    return bytes(read)


def _place(address: str) -> tuple[str, int]:
    """Return host and port of an address that may be asked at all. Raises AddressRefused."""
    require(len(address) <= LONGEST_ADDRESS and address.isprintable(), AddressRefused)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressRefused from None
    require(parts.scheme in PORTS and host and not parts.username, AddressRefused)
    return host, port or PORTS[parts.scheme]


def _may_reach(address: Address) -> bool:
    inner = _inner(address)
    is_given_out = inner.version == 4 or inner in GIVEN_OUT
    if is_given_out and inner.is_global and not inner.is_multicast:
        return True
    return any(inner in network for network in settings.REACHES)


def _inner(address: Address) -> Address:
    """Return the address of IPv4 that one of IPv6 leads to, where it leads to one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class _Guarded(httpcore.NetworkBackend):
    """Connects to addresses that were judged, and to no other."""

    def __init__(self, how: Exchange) -> None:
        self._how = how
        self._beneath = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Look a name up, judge all that it leads to, and connect to the first that answers."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]).partition("%")[0] for one in found]
        require(addresses, NoAnswer)
        # One that is private condemns the name: who mixes them means to be led inside.
        for one in addresses:
            require(_may_reach(ipaddress.ip_address(one)), AddressRefused)
        trouble: Exception = NoAnswer()
        for one in dict.fromkeys(addresses):
            try:
                stream = self._beneath.connect_tcp(one, port, self._how.left(), local_address)
                return _Timed(stream, self._how)
            except httpcore.ConnectError as error:
                trouble = error
        raise trouble

    def connect_unix_socket(self, *_given: Any, **_more: Any) -> httpcore.NetworkStream:
        """Refuse: nobody gives such an address."""
        raise AddressRefused


class _Timed(httpcore.NetworkStream):
    """A connection on which each byte has no longer than what is left of the whole exchange."""

    def __init__(self, beneath: httpcore.NetworkStream, how: Exchange) -> None:
        self._beneath, self._how = beneath, how

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what came. Raises NoAnswer when the time is over."""
        return self._beneath.read(max_bytes, self._how.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it. Raises NoAnswer when the time is over."""
        self._beneath.write(buffer, self._how.left())

    def close(self) -> None:
        """Close the connection."""
        self._beneath.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Go on encrypted."""
        secured = self._beneath.start_tls(ssl_context, server_hostname, self._how.left())
        return _Timed(secured, self._how)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._beneath.get_extra_info(info)
