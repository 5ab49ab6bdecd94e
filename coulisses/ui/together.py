"""What many do at once is done together: those who wait share a transaction and what it looks up.

A room says at which addresses, and how. What it leaves (None) is asked of Django like anything
else: whatever is unusual or refused, so that there is one place which says no, and in which words.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import cookies
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from coulisses.people import kept
from coulisses.people.acting import Actor

MOST = 64  # done at once: others write too


@dataclass(frozen=True)
class Asked:
    """A form sent by a browser: what its address says, its headers in small letters, its body."""

    place: dict[str, str]
    headers: Mapping[str, str]
    body: bytes
    address: str  # of the network

    @property
    def is_sent_here(self) -> bool:
        """Whether the browser says by itself that a page of this house sent the form."""
        return self.headers.get("sec-fetch-site") == "same-origin"

    @property
    def language(self) -> str:
        """The language in which the browser would be answered."""
        request = HttpRequest()
        request.META["HTTP_ACCEPT_LANGUAGE"] = self.headers.get("accept-language", "")
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = self._cookie(settings.LANGUAGE_COOKIE_NAME)
        return get_language_from_request(request)

    @property
    def session(self) -> str:
        """The key of the session that the browser keeps; empty where it keeps none."""
        key = self._cookie(settings.SESSION_COOKIE_NAME)
        return key if key.isascii() and key.isalnum() else ""

    def _cookie(self, name: str) -> str:
        try:
            kept = cookies.SimpleCookie(self.headers.get("cookie", ""))
        except cookies.CookieError:
            return ""
        return kept[name].value if name in kept else ""


Place = tuple[str, str]  # of a project: its studio's name in addresses, and its own
Sent = tuple[Asked, Actor]
Take = Callable[[list[Asked]], list[Any]]

_takers: list[tuple[re.Pattern[str], Take]] = []


def at(pattern: str) -> Callable[[Take], Take]:
    """Have `take(asked)` do what is sent to addresses that match, at most MOST at once.

    It returns, for each, what is answered as JSON once all is committed, or None to leave it.
    """

    def enrol(take: Take) -> Take:
        _takers.append((re.compile(pattern), take))
        return take

    return enrol


def by_project(asked: list[Asked]) -> dict[Place, dict[int, Sent]]:
    """Return what guests sent from pages of this house, by project, each with its number.

    Left out is whoever is no guest whom the browser knows, and what another site sent.
    """
    guests = kept.guests({one.session for one in asked})
    found: dict[Place, dict[int, Sent]] = defaultdict(dict)
    for number, one in enumerate(asked):
        if one.session in guests and one.is_sent_here:
            place = one.place["studio"], one.place["project"]
            found[place][number] = one, guests[one.session]
    return found


def taker(path: str) -> tuple[Take, dict[str, str]] | None:
    """Return who does what is sent to an address, and what the address says."""
    for pattern, take in _takers:
        if found := pattern.fullmatch(path):
            return take, found.groupdict()
    return None
