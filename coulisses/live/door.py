"""The door to the streams: GET /@studio/project/live, answered without Django's handlers.

Below `room/` it is the stream of what voices say.

`as=json` asks for objects; `as=en`, or another language, is for a frame on somebody else's page:
what everybody sees, whoever asks, readable there.
"""

import re
import time
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http.request import host_validation_re

from coulisses.lib.cursors import CursorMalformed
from coulisses.lib.refusals import Refusal, require
from coulisses.live import answers, frames, languages, standing
from coulisses.live.gathering import Gathering
from coulisses.live.hub import Hub
from coulisses.live.refusals import HostMalformed, NotOurServer, OnlyReadable
from coulisses.live.standing import Standing
from coulisses.projects import closed
from coulisses.projects.refusals import ProjectMoved

ADDRESS = re.compile(r"/@([^/]+)/([^/]+)/(room/)?live")
HAND_OVER = "coulisses.hand_over"  # the extension by which our server gives a connection away
REMEMBERED = 2.0  # seconds for which what passers-by may see is not asked again
MOST = 1000  # projects of which that is remembered, and whose guests come in together


class Door:
    """Finds out who asks and what they may see, and lets the hub carry on."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._outside: dict[tuple[str, str], tuple[float, Standing]] = {}
        self._guests: dict[tuple[str, str], Gathering[dict[str, Standing]]] = {}

    async def answer(self, scope: Any, send: Any) -> None:
        """Turn the connection of a request for a stream into one, or refuse."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        cookie = headers.get(b"cookie", "")
        language = languages.of(cookie, headers.get(b"accept-language", ""))
        try:
            await self._open(scope, headers, cookie, language)
        except ProjectMoved as moved:
            # EventSource follows; a cursor in the address goes with it.
            query = scope["query_string"].decode("latin-1")
            stream = "room/live" if scope["path"].endswith("/room/live") else "live"
            where = f"/{moved.now}/{stream}" + (f"?{query}" if query else "")
            await answers.give(send, 308, b"", "text/plain", location=where)
        except Refusal as refusal:
            await answers.refuse(send, refusal, language)

    async def _open(
        self, scope: Any, headers: dict[bytes, str], cookie: str, language: str
    ) -> None:
        require(scope["method"] == "GET", OnlyReadable)
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        take_over = scope.get("extensions", {}).get(HAND_OVER)
        require(take_over, NotOurServer)
        is_json = asked.get("as") == [frames.JSON]
        host = headers.get(b"host", "").lower()
        require(not is_json or host_validation_re.fullmatch(host), HostMalformed)
        spoken = asked.get("as", [""])[0]
        is_elsewhere = spoken in dict(settings.LANGUAGES)
        # Whoever was given the frame knows a place in this log; no other site can name one.
        require(not is_elsewhere or asked.get("after"), CursorMalformed)
        is_room = scope["path"].endswith("/room/live")
        seen = await self._standing(scope["path"], "" if is_elsewhere else cookie)
        if is_room:
            closed.require_open(seen.project, seen.audiences)
        await self._hub.open(
            seen,
            flavour=frames.JSON if is_json else spoken if is_elsewhere else language,
            base=(settings.PUBLIC_URL or f"{scope['scheme']}://{host}") if is_json else "",
            # The header first: a browser that comes back repeats the address it began with.
            cursor=headers.get(b"last-event-id", "") or asked.get("after", [""])[0],
            address=scope["client"][0] if scope.get("client") else "",
            take_over=take_over,
            is_elsewhere=is_elsewhere,
            is_room=is_room,
        )

    async def _standing(self, path: str, cookie: str) -> Standing:
        found = ADDRESS.fullmatch(path)
        assert found
        studio, project, _room = found.groups()
        session = languages.value_of(settings.SESSION_COOKIE_NAME, cookie)
        until, known = self._outside.get((studio, project), (0.0, None))
        if known and not session and time.monotonic() < until:
            return known
        if session and (guest := await self._guest(studio, project, session)):
            return guest
        seen: Standing = await self._hub.in_thread(standing.find, studio, project, session)
        if not session:
            if len(self._outside) >= MOST:
                self._outside.clear()
            self._outside[studio, project] = (time.monotonic() + REMEMBERED, seen)
        return seen

    async def _guest(self, studio: str, project: str, session: str) -> Standing | None:
        """Return what a guest may see, asked with those who come meanwhile; None: they are none."""
        place = studio, project
        if place not in self._guests:
            if len(self._guests) >= MOST:
                self._guests.clear()
            find = partial(self._hub.in_thread, standing.find_guests, studio, project)
            self._guests[place] = Gathering(find)
        return (await self._guests[place].about(session)).get(session)
