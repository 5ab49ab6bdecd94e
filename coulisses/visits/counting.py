"""Notes of pages that were answered, taken where they are: in memory, and gone within seconds.

What is noted here is the least that the sums are made from; it is added up by an errand, and
nothing of it is kept. Whoever asks not to be counted (DNT, GPC) leaves no note.
"""

import re
from collections import deque
from typing import Any, NamedTuple

UNCOUNTED = b"x-coulisses-uncounted"  # on answers to a project's own team; it never leaves
MOST = 20_000  # notes that wait to be added up; of more, the oldest are lost
LONGEST = 300  # characters of what a browser says of itself, or of where it came from
PAGE = re.compile(r"/@([^/]{1,50})/([^/]{1,50})/(\d{1,15})?")
STAY = re.compile(r"/@([^/]{1,50})/([^/]{1,50})/(\d{1,15}/)?stay")
LENGTHS = (5, 15, 30, 60, 120, 300, 600)  # seconds, coarse: all that a page says of its stay
LONGEST_STAY = 3  # bytes
# What says that nobody is to be counted: asked for by the reader, or no reader yet.
SHY = {
    b"dnt": b"1",
    b"sec-gpc": b"1",
    b"purpose": b"prefetch",
    b"sec-purpose": b"prefetch",
}


class Note(NamedTuple):
    """A page that was answered; or, where there are `seconds`, one that was left after so long."""

    path: str
    host: bytes
    address: str
    agent: bytes
    referrer: bytes
    seconds: int = 0


class Notes:
    """The notes of this process."""

    def __init__(self) -> None:
        self._heard: deque[Note] = deque(maxlen=MOST)

    def page(self, scope: Any) -> None:
        """Note that a page of a project was answered; anything else is let pass."""
        if scope["method"] == "GET" and PAGE.fullmatch(scope["path"]):
            self._take(scope, 0)

    def answered(
        self, scope: Any, status: int, headers: list[tuple[bytes, bytes]]
    ) -> list[tuple[bytes, bytes]]:
        """Note a page that was made anew, unless it was made for the team; return its headers."""
        if not PAGE.fullmatch(scope["path"]):
            return headers
        said = dict(headers)
        is_page = status == 200 and said.get(b"content-type", b"").startswith(b"text/html")
        if is_page and UNCOUNTED not in said:
            self.page(scope)
        return [one for one in headers if one[0] != UNCOUNTED]

    def stay(self, scope: Any, body: bytes) -> None:
        """Note for how long a page was in view, if what it says can be."""
        said = body.decode("latin-1")
        if said.isdecimal() and int(said) in LENGTHS:
            self._take(scope, int(said))

    def take_all(self) -> list[Note]:
        """Return the notes that wait, oldest first; they are here no more."""
        taken = []
        while self._heard:
            taken.append(self._heard.popleft())
        return taken

    def _take(self, scope: Any, seconds: int) -> None:
        agent = host = referrer = b""
        for name, value in scope["headers"]:  # once, for a page out of memory costs little more
            if name == b"user-agent":
                agent = value
            elif name == b"host":
                host = value
            elif name == b"referer":
                referrer = value
            elif name in SHY and SHY[name] in value:
                return
        address = scope["client"][0] if scope.get("client") else ""
        cut = agent[:LONGEST], referrer[:LONGEST]
        self._heard.append(Note(scope["path"], host[:LONGEST], address, *cut, seconds))


notes = Notes()
