"""What a vote of thousands costs: 2,000 cast ballots within a minute while 2,000 others watch.

`./run bench votes`: opens a real house on SQLite with one question; 2,000 passers-by vote, each
from a browser of its own, at moments spread over the minute, and get their page back; 2,000 others
hold the project's live stream open. In the middle the house is killed with SIGKILL and
started again. Whoever got no answer sends the same ballot again, as a page does. Then every
acknowledged ballot must be in the tally, once. Traffic stays on 127.0.0.1.
"""

import asyncio
import collections
import json
import os
import random
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench._houses import PROJECT, STUDIO, House, cpu, opened

PEOPLE = 2_000  # who vote, and as many who watch; `./run bench votes 200` takes fewer
SPREAD, BAR = 50.0, 60.0  # seconds over which people vote; within which all are acknowledged
KILLED_AT = 25.0  # seconds
MOST_SIGNALS = 4.5  # a second, for one watcher: four, and what falls on an edge
PATIENCE, AGAIN = 20.0, 0.5  # seconds before a voter gives up on an answer; before they try again
OPTIONS = ("Red", "Blue", "Ochre", "None of them")

PUT = """
import os, sys
os.environ["COULISSES_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "coulisses.site.settings"
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from coulisses.decisions import rules
from coulisses.projects.models import Project
project = Project.objects.select_related("studio", "work", "room").get()
by, at = project.studio.roles.get().account.voice_id, timezone.now()
options = [rules.Option(one) for one in sys.argv[2:]]
plan = rules.Plan("Which colour?", at + timedelta(days=1), options)
print(rules.put(project, plan, by=by, at=at).position)
"""
COUNT = """
import os, sys
os.environ["COULISSES_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "coulisses.site.settings"
import django, json
django.setup()
from django.utils import timezone
from coulisses.decisions import closing
from coulisses.decisions.models import Ballot, Decision
decision = Decision.objects.select_related("project__studio", "project__work").get()
rows, turnout = Ballot.objects.count(), decision.turnout
tally = closing.close(decision, by=decision.by, at=timezone.now()).tally
print(json.dumps({"rows": rows, "turnout": turnout, "totals": tally["totals"]}))
"""


@dataclass
class Seen:
    """What the crowd saw: choices that were acknowledged, and how long that took, in seconds.

    `signals` are how many each watcher got, `lost` how often a stream ended.
    """

    choices: collections.Counter[str] = field(default_factory=collections.Counter)
    votes: list[float] = field(default_factory=list)
    retries: int = 0
    signals: list[int] = field(default_factory=list)
    lost: int = 0
    took: float = 0.0


class Watcher(asyncio.Protocol):
    """One live stream, of which only signals are counted."""

    def __init__(self, crowd: "Crowd", number: int) -> None:
        self._crowd, self._number, self._tail = crowd, number, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        self._crowd.transports.add(transport)
        head = f"GET {House.live} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
        transport.write(head.encode())

    def data_received(self, data: bytes) -> None:
        """Count the signals in what came."""
        self._tail += data
        self._crowd.seen.signals[self._number] += self._tail.count(b"event: moved\n")
        self._tail = self._tail[-12:] if not self._tail.endswith(b"event: moved\n") else b""

    def connection_lost(self, exc: Exception | None) -> None:
        """Come again, at a time of one's own."""
        if not self._crowd.is_over:
            self._crowd.seen.lost += 1
            delay = random.uniform(0.5, 3)
            asyncio.get_running_loop().call_later(delay, self._crowd.watch, self._number)


class Crowd:
    """Those who vote and those who watch, in one process."""

    def __init__(self, house: House, position: int, people: int) -> None:
        self.house, self.seen, self.is_over = house, Seen(signals=[0] * people), False
        self._people = people
        self.transports: set[asyncio.Transport] = set()
        self._path = f"/@{STUDIO}/{PROJECT}/{position}/ballot"
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self, number: int) -> None:
        """Have one watcher open a stream, again and again until there is one."""
        task = asyncio.ensure_future(self._watch(number))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def play(self) -> Seen:
        """Let all watch and vote, and kill the house in the middle."""
        for number in range(self._people):
            self.watch(number)
            await asyncio.sleep(0.002)
        await asyncio.sleep(3)
        began = time.monotonic()
        hours = sorted(random.uniform(0, SPREAD) for _ in range(self._people))
        await asyncio.gather(self._kill(), *(self._vote(hour) for hour in hours))
        self.seen.took = time.monotonic() - began
        self.is_over = True
        for transport in self.transports:
            transport.abort()
        return self.seen

    async def _watch(self, number: int) -> None:
        loop = asyncio.get_running_loop()
        while not self.is_over:
            try:
                await loop.create_connection(
                    lambda: Watcher(self, number), "127.0.0.1", self.house.port
                )
                return
            except OSError:
                await asyncio.sleep(random.uniform(0.2, 1))

    async def _kill(self) -> None:
        await asyncio.sleep(KILLED_AT)
        os.kill(self.house.pid, signal.SIGKILL)
        await asyncio.to_thread(self.house.start)

    async def _vote(self, hour: float) -> None:
        """Cast one ballot at its hour; send it again until it is acknowledged by its page."""
        await asyncio.sleep(hour)
        key, began = random.choice("abcd"), time.monotonic()
        body = urlencode({"option": key, "once": secrets.token_urlsafe(24), "at_once": "1"})
        head = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        while True:
            answer = await self._ask("POST", f"Sec-Fetch-Site: same-origin\r\n{head}", body)
            if answer.startswith("HTTP/1.1 200"):
                break
            if answer and not answer.startswith("HTTP/1.1 503"):
                raise RuntimeError(answer[:300])
            self.seen.retries += 1
            await asyncio.sleep(AGAIN)
        self.seen.choices[key] += 1
        self.seen.votes.append(time.monotonic() - began)
        assert "Your vote is in" in answer and "coulisses_session=" in answer, answer[:300]

    async def _ask(self, method: str, head: str, body: str) -> str:
        """Return a whole answer; empty where the house went away before it was whole."""
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.house.port)
                start = (
                    f"{method} {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                )
                writer.write(f"{start}Accept-Language: en\r\n{head}\r\n{body}".encode())
                answer = (await reader.read(-1)).decode()
                writer.close()
                return answer
        except (OSError, TimeoutError):
            return ""


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bars hold."""
    people = int(next(iter(sys.argv[1:]), PEOPLE))
    os.environ["COULISSES_BALLOTS_PER_ADDRESS"] = "0"  # here all have one
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "house") as house:
        position = int(_asked(PUT, house, *OPTIONS))
        before = time.process_time()
        seen = asyncio.run(Crowd(house, position, people).play())
        crowd, spent = time.process_time() - before, cpu(house.pid)
        house.stop()
        kept = json.loads(_asked(COUNT, house))
    return 0 if _told(seen, kept, spent, crowd) else 1


def _told(seen: Seen, kept: dict[str, object], spent: float, crowd: float) -> bool:
    most = max(seen.signals) / seen.took
    is_exact = kept["totals"] == dict(seen.choices) and kept["rows"] == kept["turnout"] == len(
        seen.votes
    )
    rows = [
        ("ballots acknowledged", f"{sum(seen.choices.values()):,}"),
        ("in the tally, each once", f"{kept['rows']:,}" if is_exact else f"WRONG: {kept}"),
        ("all acknowledged after, s", f"{seen.took:.1f}"),
        ("a ballot and its page: median and p99, ms", _spread(seen.votes)),
        ("sent again, streams that ended", f"{seen.retries:,} and {seen.lost:,}"),
        ("signals to a watcher: median and most, a second", _rates(seen)),
        (
            "processor time of the house since it was killed, and of the crowd, s",
            f"{spent:.1f} and {crowd:.1f}",
        ),
    ]
    for what, said in rows:
        print(f"| {what} | {said} |")
    holds = is_exact and seen.took <= BAR and most <= MOST_SIGNALS
    print(f"\nbars: {'hold' if holds else 'MISSED'}")
    return holds


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    last = ordered[int(0.99 * (len(ordered) - 1))]
    return f"{1000 * statistics.median(ordered):.0f} and {1000 * last:,.0f}"


def _rates(seen: Seen) -> str:
    return (
        f"{statistics.median(seen.signals) / seen.took:.2f} and {max(seen.signals) / seen.took:.2f}"
    )


def _asked(script: str, house: House, *words: str) -> str:
    """Run a script beside the house, on its data; return what it says."""
    asked = [sys.executable, "-c", script, str(house.data), *words]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
