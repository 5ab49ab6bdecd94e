"""A large house on one machine: its servers, two processes that serve and one that works."""

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from coulisses.testing import postgres, programs
from coulisses.testing.streams import Stream

PAUSE = 0.1  # seconds between two moments of one teller
DURABLE = ["-c", "fsync=off"]  # processes are killed here, the machine's memory is not


class Large:
    """The servers of a house, and its own processes by name."""

    def __init__(self, room: Path, smtp: str) -> None:
        self.room = room
        self.nats, self.files = programs.nats(room), programs.seaweed(room)
        with ThreadPoolExecutor() as at_once:
            begun = [at_once.submit(one.begin) for one in (self.nats, self.files)]
            self.rows = postgres.Server(DURABLE, rows=postgres.prepared())
            self.rows.begin()
            for one in begun:
                one.result()
        self.database = self.rows.url_of(postgres.PREPARED)
        self.media = programs.media_of(self.files)
        self.environment = {
            **os.environ,
            "COULISSES_DATABASE": self.database,
            "COULISSES_KEYS": str(room / "keys"),
            "COULISSES_SMTP": smtp,
            "COULISSES_MAIL_FROM": "house@example.org",
        }
        self.ports = {"first": programs.free_port(), "second": programs.free_port()}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def begin(self, name: str) -> None:
        """Start a process of the house: `first` and `second` serve, `worker` works."""
        words = ["--data", self.room / name, "--bell", f"nats://127.0.0.1:{self.nats.port}"]
        words += ["--media", self.media]
        verb = ["work"]
        if name in self.ports:
            verb = ["serve", "--no-errands", "--port", str(self.ports[name])]
        with (self.room / f"{name}.txt").open("ab") as said:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "coulisses", *verb, *map(str, words)],
                stdout=said,
                stderr=said,
                env=self.environment,
            )

    def kill(self, name: str) -> None:
        """End a process as the machine's end would."""
        self._running[name].kill()
        self._running[name].wait()

    def is_well(self, name: str) -> bool:
        """Return whether a process answers, and hears the others."""
        with contextlib.suppress(httpx.HTTPError):
            found = httpx.get(f"http://127.0.0.1:{self.ports[name]}/healthz", timeout=5).json()
            return bool(found["status"] == "ok" and found["bell"] == "heard")
        return False

    def end(self) -> None:
        """End everything."""
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
        self.nats.end()
        self.files.end()
        self.rows.end()


class Teller(threading.Thread):
    """Tells without a pause, at whichever process answers; each until it is acknowledged."""

    def __init__(self, name: str, ports: list[int], path: str, token: str) -> None:
        super().__init__(daemon=True)
        self.told: dict[str, int] = {}  # title: position, of what was acknowledged
        self._name, self._ports, self._path = name, ports, path
        self._head = {"Authorization": f"Bearer {token}"}
        self._ending = threading.Event()

    def run(self) -> None:
        """Tell one after the other."""
        where = itertools.cycle(self._ports)
        for number in itertools.count():
            if self._ending.is_set():
                return
            title = f"{self._name} {number}"
            while title not in self.told:  # it may stand there, and only the answer be lost
                with contextlib.suppress(httpx.HTTPError):
                    self._tell(next(where), title)
            time.sleep(PAUSE)

    def _tell(self, port: int, title: str) -> None:
        answer = httpx.post(
            f"http://127.0.0.1:{port}/api/v1/projects{self._path.replace('@', '')}moments",
            json={"kind": "progress", "title": title, "body": ""},
            headers={**self._head, "Idempotency-Key": title.replace(" ", "-")},
            timeout=30,
        )
        if answer.status_code == 201:
            self.told[title] = answer.json()["position"]
        else:
            time.sleep(0.05)

    def end(self) -> None:
        """Tell nothing new."""
        self._ending.set()
        self.join(60)


class Follower(threading.Thread):
    """Follows a project, and comes back where it was, at whichever process answers."""

    def __init__(self, ports: list[int], path: str, after: str) -> None:
        super().__init__(daemon=True)
        self.seen: list[str] = []  # the ids of events, as they came
        self.came_back = 0
        self._ports, self._path, self._last = ports, path, after
        self._ending = threading.Event()

    def run(self) -> None:
        """Follow until told to end."""
        for port in itertools.cycle(self._ports):
            if self._ending.is_set():
                return
            with contextlib.suppress(OSError, EOFError, IndexError, ValueError):
                self._follow(port)
            self.came_back += 1
            time.sleep(0.05)

    def _follow(self, port: int) -> None:
        named: dict[str, Any] = {"Last_Event_ID": self._last}
        stream = Stream(port, f"{self._path}live?as=json", **named)
        with contextlib.closing(stream):
            while stream.status == 200 and not self._ending.is_set():
                event = stream.next(within=0.5)
                if event:
                    self.seen.append(event.id)
                    self._last = event.id

    def end(self) -> None:
        """Leave."""
        self._ending.set()
        self.join(20)


@contextlib.contextmanager
def under_load(tellers: list[Teller], followers: list[Follower]) -> Iterator[None]:
    """Tell and follow while the block lasts; then tell no more, and wait for who follows."""
    for one in (*followers, *tellers):
        one.start()
    try:
        yield
    finally:
        for teller in tellers:
            teller.end()
