"""Eve gives addresses that lead inside; and what answers may be endless, slow or a liar."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep
from typing import Any

import pytest

from coulisses.lib import outbound
from coulisses.lib.outbound import AddressRefused, AnswerTooLong, Exchange, NoAnswer
from coulisses.testing.programs import free_port

LOOPBACK = [ipaddress.ip_network("127.0.0.0/8")]


class Elsewhere(BaseHTTPRequestHandler):
    """A server of somebody else's."""

    heard: list[tuple[str, dict[str, str], bytes]] = []

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("content-length", 0))))

    def log_message(self, *_given: Any) -> None:
        """Say nothing."""

    def _answer(self, body: bytes) -> None:
        given = {name.lower(): value for name, value in self.headers.items()}
        self.heard.append((f"{self.command} {self.path}", given, body))
        if self.path.startswith("/to?"):
            self.send_response(int(self.path[4:7]))
            self.send_header("Location", self.path[8:])
            self.end_headers()
            return
        if self.path == "/headers":
            with suppress(ConnectionError):
                self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
                for _ in range(50):
                    self.wfile.write(b"x")
                    sleep(0.1)
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/endless":
            with suppress(ConnectionError):
                for _ in range(64):
                    self.wfile.write(b"x" * 16384)
            return
        if self.path == "/trickle":
            with suppress(ConnectionError):
                for _ in range(50):
                    self.wfile.write(b"x")
                    sleep(0.1)
            return
        self.wfile.write(b"well")


@contextmanager
def elsewhere() -> Iterator[str]:
    Elsewhere.heard = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def near(settings: Any) -> Iterator[str]:
    settings.REACHES = LOOPBACK
    with elsewhere() as address:
        yield address


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[::127.0.0.1]/",
        "http://[2002:7f00:1::1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[64:ff9b:1::10.0.0.1]/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://ana:secret@example.org/",
        "http:///nowhere",
        "http://example.org:99999/",
        "http://exa\nmple.org/",
        f"http://example.org/{'x' * 2000}",
    ],
)
def test_eve_sends_the_house_nowhere_inside(address: str) -> None:
    with pytest.raises(AddressRefused):
        outbound.send("GET", address)


def test_a_name_that_also_leads_inside_is_refused_whole(monkeypatch: Any) -> None:
    both = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: both)
    with pytest.raises(AddressRefused):
        outbound.send("GET", "http://two-faced.test/")


def test_the_host_may_let_it_reach_a_network_of_theirs(near: str) -> None:
    reply = outbound.send("POST", f"{near}/inbox", headers={"X-Said": "hello"}, body=b"words")
    assert (reply.status, reply.body) == (200, b"well")
    ((line, headers, body),) = Elsewhere.heard
    assert (line, headers["x-said"], body) == ("POST /inbox", "hello", b"words")
    assert headers["user-agent"].startswith("Coulisses")


def test_a_redirect_is_not_followed_unless_asked_for_and_never_inside(near: str) -> None:
    assert outbound.send("GET", f"{near}/to?302={near}/there").status == 302
    how = Exchange(redirects=1)
    assert outbound.send("POST", f"{near}/to?303=/there", body=b"w", how=how).body == b"well"
    assert Elsewhere.heard[-1][0] == "GET /there"
    with pytest.raises(AddressRefused):
        outbound.send("GET", f"{near}/to?302=http://10.0.0.1/", how=Exchange(redirects=1))


def test_what_was_meant_for_one_host_is_not_said_to_another(near: str) -> None:
    with elsewhere() as other:
        secret = {"Authorization": "Bearer secret", "Accept": "text/html"}
        outbound.send(
            "GET", f"{near}/to?307={other}/there", headers=secret, how=Exchange(redirects=1)
        )
    assert "authorization" not in Elsewhere.heard[-1][1]
    assert Elsewhere.heard[-1][1]["accept"] == "text/html"


def test_an_endless_answer_is_cut(near: str) -> None:
    with pytest.raises(AnswerTooLong):
        outbound.send("GET", f"{near}/endless")


def test_a_trickle_is_cut_by_the_clock_of_the_whole_exchange(near: str) -> None:
    with pytest.raises(NoAnswer):
        outbound.send("GET", f"{near}/trickle", how=Exchange(seconds=0.5))


def test_headers_that_trickle_are_cut_by_the_same_clock(near: str) -> None:
    began = monotonic()
    with pytest.raises(NoAnswer):
        outbound.send("GET", f"{near}/headers", how=Exchange(seconds=0.5))
    assert monotonic() - began < 3  # they trickle for five seconds


def test_a_redirect_to_nonsense_is_no_answer(near: str) -> None:
    with pytest.raises(NoAnswer):
        outbound.send("GET", f"{near}/to?302=http://[::1/", how=Exchange(redirects=1))


def test_what_has_only_ipv6_reaches_the_public_web_of_ipv4() -> None:
    outbound.require_public("https://[64:ff9b::93.184.215.14]/")


def test_nobody_there_is_no_answer(near: str) -> None:
    with pytest.raises(NoAnswer):
        outbound.send("GET", f"http://127.0.0.1:{free_port()}/")


def test_a_form_refuses_what_is_written_as_private() -> None:
    outbound.require_public("https://example.org/hooks")
    for address in ("http://192.168.1.1/", "ftp://example.org/", "example.org"):
        with pytest.raises(AddressRefused):
            outbound.require_public(address)
