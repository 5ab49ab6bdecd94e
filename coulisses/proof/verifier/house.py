"""Reads what a house publishes, trusting neither its sizes nor its redirects."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

STAGE = re.compile(r"(?P<stage>/@[^/]+/[^/]+)(?:/.*)?", re.ASCII)
PAGE_ENTRIES = 500
MOST_PAGE_BYTES = 32 * 1024 * 1024
MOST_OTHER_BYTES = 64 * 1024
MOST_REDIRECTS = 3
PATIENCE = httpx.Timeout(30)  # seconds of silence, for each step of a request


class CannotCheck(Exception):
    """Nothing could be verified: neither good nor bad can be said of the log."""


class BadAddress(CannotCheck):
    """This is not the address of a project."""


class NoAnswer(CannotCheck):
    """The house does not answer, or not with what was asked for."""


def project_address(url: str) -> str:
    """Return a project's address, `https://host/@studio/project/`, from that of any page below it.

    Raises BadAddress.
    """
    parts = urlsplit(url)
    found = STAGE.fullmatch(parts.path)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not found:
        raise BadAddress("The address of a project is like https://example.org/@studio/project/.")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{found['stage']}/"


class House:
    """One project's proof, as its house serves it."""

    def __init__(self, address: str, client: httpx.Client) -> None:
        self.address = address
        self._client = client

    def vkey(self) -> str:
        """The verifier key."""
        return self._read("vkey", MOST_OTHER_BYTES).decode(errors="replace").removesuffix("\n")

    def checkpoint(self) -> bytes:
        """The signed checkpoint."""
        return self._read("checkpoint", MOST_OTHER_BYTES)

    def tile(self, path: str) -> bytes:
        """A tile's bytes."""
        return self._read(path, MOST_OTHER_BYTES)

    def entries(self, after: int = 0) -> Iterator[Any]:
        """Every entry after a position, as the house describes it, a page at a time in memory."""
        while page := self._page(after):
            yield from page
            after += len(page)

    def _page(self, after: int) -> list[Any]:
        raw = self._read(f"entries?after={after}&limit={PAGE_ENTRIES}", MOST_PAGE_BYTES)
        try:
            page = json.loads(raw)["entries"]
        except (ValueError, KeyError, TypeError, RecursionError):
            page = None
        if not isinstance(page, list):
            raise NoAnswer("The house gives a list of entries that cannot be read.")
        return page

    def _read(self, path: str, most: int) -> bytes:
        url = urljoin(self.address, f"proof/{path}")
        try:
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._ask(url, most)
                if isinstance(answer, bytes):
                    return answer
                url = _followed(url, answer)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(f"{url} gave no answer ({type(error).__name__}).") from error
        raise NoAnswer(f"{url} redirects for ever.")

    def _ask(self, url: str, most: int) -> bytes | str:
        """Return what stands at an address, or the address it redirects to."""
        with self._client.stream("GET", url, timeout=PATIENCE) as response:
            if response.has_redirect_location:
                return response.headers["location"]
            if response.status_code == 404:
                raise NoAnswer(
                    f"There is nothing at {url}: no such project, or its curtain is down."
                )
            if response.status_code != 200:
                raise NoAnswer(f"{url} answered with status {response.status_code}.")
            read = bytearray()
            for chunk in response.iter_bytes():
                read += chunk
                if len(read) > most:
                    raise NoAnswer(f"{url} sent more than {most} bytes.")
            return bytes(read)


def _followed(url: str, location: str) -> str:
    """The redirect's target, which stays in the same house and never gives up https."""
    target = urljoin(url, location)
    here, there = urlsplit(url), urlsplit(target)
    if there.hostname != here.hostname or (here.scheme, there.scheme) == ("https", "http"):
        raise NoAnswer(f"{url} redirects to another house. Give the address where it lives now.")
    return target
