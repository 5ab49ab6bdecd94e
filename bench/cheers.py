"""A storm of cheers before thousands of watchers: how many signals reach each of them.

`./run bench cheers`: opens a real house in which guests have been before, lets thousands follow its
stream, and has the guests tap words on one entry, 500 times a second. Each follower may be told at
most four times a second; the totals must be those of the taps that were acknowledged. The
watchers are `bench/sseload.c`. Traffic stays on 127.0.0.1.

`--watchers N`, `--seconds N` and `--pace N` make it smaller.
"""

import argparse
import json
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._houses import House, cpu, opened
from bench.fanout import _compiled, _loading, _measured

GUESTS, TAPPERS = 1000, 48
WORDS = ("courage", "me-too", "thanks", "beautiful", "more")
MOST_SIGNALS = 4.0  # a second and watcher
QUIET = 2.0  # seconds of watching after the last tap
GREET = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coulisses.site import preparing
preparing.house(Path(sys.argv[1]))
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from coulisses.people import acting
from coulisses.people.models import Guest, Voice
with transaction.atomic():
    for _ in range(int(sys.argv[2])):
        guest = Guest.objects.create(voice=Voice.objects.create(), created_at=datetime.now(UTC))
        session = SessionStore()
        session[acting.KEPT] = guest.pk
        session.save()
        print(session.session_key)
"""


@dataclass
class Storm:
    """Guests who tap: what was acknowledged, how long each waited (seconds), what went wrong."""

    port: int
    path: str
    cookies: list[str]
    pace: float
    given: dict[tuple[str, str], bool] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lasted: float = 0.0

    def blow(self, seconds: float) -> None:
        """Tap for so long."""
        began = time.monotonic()
        hands = [
            threading.Thread(target=self._tap_on, args=[number, began + seconds])
            for number in range(TAPPERS)
        ]
        for one in hands:
            one.start()
        for one in hands:
            one.join()
        self.lasted = time.monotonic() - began

    def _tap_on(self, number: int, until: float) -> None:
        chance, mine = random.Random(number), self.cookies[number::TAPPERS]
        wire = socket.create_connection(("127.0.0.1", self.port))
        due = time.monotonic()
        while (now := time.monotonic()) < until:
            time.sleep(max(0.0, due - now))
            due += TAPPERS / self.pace
            place = chance.choice(mine), chance.choice(WORDS)
            act = "undo" if self.given.get(place) else "give"
            self._tap(wire, place, act)
        wire.close()

    def _tap(self, wire: socket.socket, place: tuple[str, str], act: str) -> None:
        cookie, word = place
        body = f"{act}={word}"
        head = f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        head += f"Accept: application/json\r\nCookie: coulisses_session={cookie}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n"
        began = time.monotonic()
        wire.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        answer = _answer(wire)
        self.waits.append(time.monotonic() - began)
        if answer.startswith(b"HTTP/1.1 200"):
            self.given[place] = act == "give"
        else:
            self.faults.append(answer[:40].decode())


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bars hold."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--watchers", type=int, default=5000)
    asked.add_argument("--seconds", type=float, default=20.0)
    asked.add_argument("--pace", type=float, default=500.0)
    how = asked.parse_args()
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "house") as house:
        return _measure(house, Path(name), how)


def _measure(house: House, folder: Path, how: Any) -> int:
    entry = _told(house)
    storm = Storm(house.port, f"{house.stage}{entry}/cheers", _guests(house), how.pace)
    words = ["-n", how.watchers, "-count", "moved", "-t", how.seconds + QUIET]
    with _loading(_compiled(folder), [*words, "-p", house.port, "-path", house.live]) as process:
        time.sleep(3)  # presence has settled
        began, blowing = cpu(house.pid), threading.Thread(target=storm.blow, args=[how.seconds])
        blowing.start()
        said = _measured(process)
        blowing.join()
        spent = cpu(house.pid) - began
    true = sum(storm.given.values())
    counted = sum(_totals(house, entry).values())
    a_second, signals = len(storm.waits) / storm.lasted, said["most"] / said["wall"]
    holds = signals <= MOST_SIGNALS * 1.02  # the first comes at once and said["least"] > 0
    holds &= counted == true and not storm.faults and a_second >= 0.95 * how.pace
    waits = sorted(storm.waits)
    print(f"\n{how.watchers} watchers, {how.pace:.0f} cheers a second for {how.seconds:.0f} s")
    for what, value in [
        ("cheers acknowledged a second", f"{a_second:.0f}"),
        ("signals a second, the most that one watcher got", f"{signals:.2f}"),
        ("signals a second, the least", f"{said['least'] / said['wall']:.2f}"),
        ("a tap until its answer, median ms", f"{waits[len(waits) // 2] * 1e3:.1f}"),
        ("a tap until its answer, p99 ms", f"{waits[len(waits) * 99 // 100] * 1e3:.1f}"),
        ("processor time of the house, cores", f"{spent / (how.seconds + QUIET):.2f}"),
        ("cheers that stand, and counted", f"{true} and {counted}"),
        ("taps refused, streams ended", f"{len(storm.faults)}, {said['ended']}"),
    ]:
        print(f"{what:52}{value:>16}")
    print(f"\nbars: {'hold' if holds else 'MISSED'} {storm.faults[:3] or ''}")
    return 0 if holds else 1


def _guests(house: House) -> list[str]:
    """Have guests been here before; returns what their browsers keep."""
    command = [sys.executable, "-c", GREET, str(house.data), str(GUESTS)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def _told(house: House) -> int:
    """Tell an entry, and return its position: two stand before it."""
    house.tell(0, "A step.")
    return 3


def _totals(house: House, entry: int) -> dict[str, int]:
    address = f"{house.address}{house.stage}cheers?of={entry}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        said: dict[str, int] = json.load(answer)["cheers"].get(str(entry), {})
    return said


def _answer(wire: socket.socket) -> bytes:
    """Read one whole answer."""
    got = b""
    while b"\r\n\r\n" not in got:
        if not (more := wire.recv(65536)):
            return got
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += wire.recv(65536)
    return got


if __name__ == "__main__":
    sys.exit(main())
