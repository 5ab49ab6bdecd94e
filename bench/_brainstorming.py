"""Those who take part in a brainstorm that is measured: a hall with phones, and its host."""

import asyncio
import http.cookiejar
import json
import random
import re
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench._houses import House

HANDS = 128  # connections by which people send at once
A_BURST = 0.05  # of everything, within a second


@dataclass
class Crowd:
    """Those who take part: what was acknowledged, how long each waited (s), what went wrong."""

    port: int
    path: str
    cookies: list[str]
    ideas: list[str] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    dots: int = 0
    waits: dict[str, list[float]] = field(default_factory=lambda: {"ideas": [], "dots": []})
    faults: list[str] = field(default_factory=list)

    async def throw(self, hours: list[float], *, first: int = 1) -> None:
        """Throw an idea at each of these seconds from now."""

        def form(number: int) -> tuple[str, str, Callable[[Any], None]]:
            words = f"We ride with idea @@{first + number:06}:{time.monotonic_ns():020}@@"
            body = urllib.parse.urlencode({"words": words}, safe="@:")
            return "wall/ideas", body, lambda _: self.ideas.append(words)

        await self._send("ideas", hours, form)

    async def vote(self, hours: list[float]) -> None:
        """Place a dot on some idea at each of these seconds from now."""

        def form(_: int) -> tuple[str, str, Callable[[Any], None]]:
            return f"wall/{random.choice(self.positions)}/dots", "give=1", self._placed

        await self._send("dots", hours, form)

    def _placed(self, _said: Any) -> None:
        self.dots += 1

    async def _send(self, name: str, hours: list[float], form: Any) -> None:
        began, due = time.monotonic(), iter(enumerate(hours))
        await asyncio.gather(*(self._hand(name, began, due, form) for _ in range(HANDS)))

    async def _hand(self, name: str, began: float, due: Iterator[Any], form: Any) -> None:
        wire: Any = None
        for number, hour in due:
            await asyncio.sleep(began + hour - time.monotonic())
            at = time.monotonic()
            place, body, done = form(number)
            try:
                wire = wire or await asyncio.open_connection("127.0.0.1", self.port)
                status, said = await self._ask(
                    wire, place, body, self.cookies[number % len(self.cookies)]
                )
            except (OSError, asyncio.IncompleteReadError):
                wire = None
                continue
            if status != 200:
                self.faults.append(f"{status} {said[:120]}")
                continue
            self.waits[name].append(time.monotonic() - max(at, began + hour))
            done(json.loads(said))
        if wire:
            wire[1].close()

    async def _ask(self, wire: Any, place: str, body: str, cookie: str) -> tuple[int, str]:
        reader, writer = wire
        head = (
            f"POST {self.path}{place} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
        )
        head += f"Sec-Fetch-Site: same-origin\r\nCookie: coulisses_session={cookie}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)content-length: (\d+)", answer)
        said = await reader.readexactly(int(length[1]) if length else 0)
        return int(answer[9:12]), said.decode()


def hours(count: int, seconds: float) -> list[float]:
    """Return when each is sent: half of all evenly, half in bursts of a second each."""
    bursts = [random.uniform(0, seconds - 1) for _ in range(round(0.5 / A_BURST))]
    evenly = count - count // 2
    due = [random.uniform(0, seconds) for _ in range(evenly)]
    due += [random.choice(bursts) + random.uniform(0, 1) for _ in range(count // 2)]
    return sorted(due)


class Console(threading.Thread):
    """The host, who looks at the console and moves the clock every few seconds, as its script does.

    `looks` and `acts` are how long each was waited for (s), until what is shown then was there.
    """

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self._house, self.is_over = house, threading.Event()
        self.looks, self.acts = list[float](), list[float]()
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(jar)
        self._page(f"{house.address}/enter/{house.link}")
        self._path = f"{house.address}/desk{house.stage}wall/"

    def run(self) -> None:
        """Look, and give a minute more, until it is over."""
        while not self.is_over.wait(4):
            began = time.monotonic()
            token = _token(self._page(self._path))
            self.looks.append(time.monotonic() - began)
            began = time.monotonic()
            form = {"csrfmiddlewaretoken": token, "minutes": "1"}
            assert "<host-console" in self._page(f"{self._path}clock", form)
            self.acts.append(time.monotonic() - began)

    def begin(self, phase: str) -> None:
        """Begin a phase."""
        token = _token(self._page(self._path))
        self._page(
            f"{self._path}phase", {"csrfmiddlewaretoken": token, "phase": phase, "minutes": "60"}
        )

    def _page(self, url: str, form: dict[str, str] | None = None) -> str:
        body = urllib.parse.urlencode(form).encode() if form else None
        accept = "application/json" if form else "*/*"
        asked = urllib.request.Request(url, body, {"Referer": url, "Accept": accept})
        with self._browser.open(asked, timeout=30) as answer:
            return str(answer.read().decode())


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""
