"""Reads what a house publishes, trusting neither its sizes nor its redirects."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import httpx

STAGE = re.compile(r"(?P<stage>/@[^/]+/[^/]+)(?:/.*)?", re.ASCII)
PAGE = re.compile(r"(?<=/)(?:entries/)?[^/]*$")  # of an exported folder, below its top
PAGE_ENTRIES = 500
MOST_PAGE_BYTES = 32 * 1024 * 1024
MOST_OTHER_BYTES = 64 * 1024
MOST_LINE_BYTES = 1024 * 1024  # of one entry in an exported folder
LINES = "log/entries.jsonl"  # where an exported folder has its entries, one a line
MOST_REDIRECTS = 3
PATIENCE = httpx.Timeout(30)  # seconds of silence, for each step of a request


class CannotCheck(Exception):
    """Nothing could be verified: neither good nor bad can be said of the log."""


class BadAddress(CannotCheck):
    """This is not the address of a project."""


class NoAnswer(CannotCheck):
    """The house does not answer, or not with what was asked for."""


class NothingThere(NoAnswer):
    """Nothing stands at an address of a house."""


class Published(Protocol):
    """Where a log's proof can be read: in a house, or in a folder that one has exported."""

    address: str

    def vkey(self) -> str:
        """The verifier key."""

    def checkpoint(self) -> bytes:
        """The signed checkpoint."""

    def tile(self, path: str) -> bytes:
        """A tile's bytes."""

    def entries(self, after: int = 0) -> Iterator[Any]:
        """Every entry after a position."""


def project_address(url: str) -> str:
    """Return a project's address, `https://host/@studio/project/`, from that of any page below it.

    Raises BadAddress.
    """
    parts = urlsplit(url)
    found = STAGE.fullmatch(parts.path)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not found:
        raise BadAddress("The address of a project is like https://example.org/@studio/project/.")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{found['stage']}/"


def site_address(url: str) -> str:
    """Return the address of an exported folder on the web, from that of a page in it.

    Raises BadAddress.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadAddress(
            "The address of a project is like https://example.org/@studio/project/. An exported "
            "one is where its index.html stands: an address, or a folder on this machine."
        )
    path = PAGE.sub("", parts.path) or "/"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"


def lines(pieces: Iterable[bytes]) -> Iterator[Any]:
    """Read entries, one a line, a line at a time in memory. Raises NoAnswer."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield _entry(line)
        if len(rest) > MOST_LINE_BYTES:
            raise NoAnswer(f"An entry takes more than {MOST_LINE_BYTES} bytes.")
    if rest:
        yield _entry(rest)


def later(entries: Iterable[Any], after: int) -> Iterator[Any]:
    """Pass over the entries up to a position."""
    for number, shown in enumerate(entries, start=1):
        if number > after:
            yield shown


def _entry(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise NoAnswer(f"{LINES} holds a line that is no entry.") from None


class House:
    """One project's proof, as its house serves it, or as files that a house has exported."""

    def __init__(self, address: str, client: httpx.Client) -> None:
        self.address = address
        self._client = client

    def vkey(self) -> str:
        """The verifier key."""
        read = self._read("proof/vkey", MOST_OTHER_BYTES)
        return read.decode(errors="replace").removesuffix("\n")

    def checkpoint(self) -> bytes:
        """The signed checkpoint."""
        return self._read("proof/checkpoint", MOST_OTHER_BYTES)

    def tile(self, path: str) -> bytes:
        """A tile's bytes."""
        return self._read(f"proof/{path}", MOST_OTHER_BYTES)

    def entries(self, after: int = 0) -> Iterator[Any]:
        """Every entry after a position, as the house describes it, a page at a time in memory."""
        try:
            page = self._page(after)
        except NothingThere:  # files alone answer no question: they have all in one
            yield from self._lines(after)
            return
        while page:
            yield from page
            after += len(page)
            page = self._page(after)

    def _page(self, after: int) -> list[Any]:
        raw = self._read(f"proof/entries?after={after}&limit={PAGE_ENTRIES}", MOST_PAGE_BYTES)
        try:
            page = json.loads(raw)["entries"]
        except (ValueError, KeyError, TypeError, RecursionError):
            page = None
        if not isinstance(page, list):
            raise NoAnswer("The house gives a list of entries that cannot be read.")
        return page

    def _lines(self, after: int) -> Iterator[Any]:
        with self._opened(LINES) as (_url, pieces):
            yield from later(lines(pieces), after)

    def _read(self, path: str, most: int) -> bytes:
        read = bytearray()
        with self._opened(path) as (url, pieces):
            for piece in pieces:
                read += piece
                if len(read) > most:
                    raise NoAnswer(f"{url} sent more than {most} bytes.")
        return bytes(read)

    @contextmanager
    def _opened(self, path: str) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Open what stands below the address, or where its house says it is now."""
        url = urljoin(self.address, path)
        try:
            for _ in range(MOST_REDIRECTS + 1):
                with self._client.stream("GET", url, timeout=PATIENCE) as response:
                    if not response.has_redirect_location:
                        _require_there(url, response.status_code)
                        yield url, response.iter_bytes()
                        return
                    location = response.headers["location"]
                url = _followed(url, location)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(f"{url} gave no answer ({type(error).__name__}).") from error
        raise NoAnswer(f"{url} redirects for ever.")


def _require_there(url: str, status: int) -> None:
    if status == 404:
        raise NothingThere(f"There is nothing at {url}: no such project, or its curtain is down.")
    if status != 200:
        raise NoAnswer(f"{url} answered with status {status}.")


def _followed(url: str, location: str) -> str:
    """The redirect's target, which stays in the same house and never gives up https."""
    target = urljoin(url, location)
    here, there = urlsplit(url), urlsplit(target)
    if there.hostname != here.hostname or (here.scheme, there.scheme) == ("https", "http"):
        raise NoAnswer(f"{url} redirects to another house. Give the address where it lives now.")
    return target
