"""A house to measure: served by one process, told by its API, read in /proc."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STUDIO, PROJECT = "ana", "boat"
BEFORE_GIVING_UP = 20.0  # seconds


class House:
    """A house on a data folder of its own, with one project whose curtain is up."""

    live = f"/@{STUDIO}/{PROJECT}/live"
    stage = f"/@{STUDIO}/{PROJECT}/"
    api = f"/api/v1/projects/{STUDIO}/{PROJECT}"

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = 0
        self.token = self.link = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process
        return self._process.pid

    @property
    def address(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve; started again, at the same address."""
        words = ["serve", "--data", str(self.data), "--port", str(self.port)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "coulisses", *words],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "COULISSES_API_PER_MINUTE": "0"},  # it tells faster than anybody
        )
        assert self._process.stdout
        found = re.search(r":(\d+)/", self._process.stdout.readline())
        assert found, "the house did not open"
        self.port = int(found.group(1))

    def stop(self) -> None:
        """End it."""
        if self._process:
            self._process.terminate()
            self._process.communicate(timeout=10)

    def tell(self, number: int, body: str) -> None:
        """Tell a moment, again until it is acknowledged; it is told once."""
        said = {"kind": "progress", "title": "A step", "body": body}
        self._post("/moments", said, {"Idempotency-Key": f"step-{number}"})

    def _post(self, path: str, said: dict[str, Any], headers: dict[str, str]) -> None:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            **headers,
        }
        body = json.dumps(said).encode()
        until = time.monotonic() + BEFORE_GIVING_UP
        while True:
            asked = urllib.request.Request(self.address + self.api + path, body, headers)
            try:
                with urllib.request.urlopen(asked, timeout=5):
                    return
            except urllib.error.HTTPError:
                raise
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)


MAKE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coulisses.site import preparing
preparing.house(Path(sys.argv[1]))
from coulisses.people import rules as people
from coulisses.projects import rules
now = datetime.now(UTC)
ana = people.welcome(name="Ana", email=None, at=now)
studio = rules.open_studio(slug=sys.argv[2], name="Ana", owner=ana)
project = rules.open_project(studio, slug=sys.argv[3], title="Boat", by=ana.voice_id, at=now)
rules.raise_curtain(project, by=ana.voice_id, at=now)
print(rules.issue_token(studio, ana, label="bench", at=now))
print(people.sign_in_link(ana, at=now))
"""


@contextlib.contextmanager
def opened(data: Path) -> Iterator[House]:
    """Make a house, serve it, and end it."""
    house = House(data)
    made = [sys.executable, "-c", MAKE, str(data), STUDIO, PROJECT]
    said = subprocess.run(made, capture_output=True, text=True, check=True).stdout.split()
    house.token, house.link = said
    house.start()
    try:
        yield house
    finally:
        house.stop()


def cpu(pid: int) -> float:
    """Return the seconds of processor time that a process's threads have used, to the µs."""
    spent = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            spent += int((thread / "schedstat").read_text().split()[0])
    return spent / 1e9


def memory(pid: int) -> int:
    """Return the resident set of a process, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


@contextlib.contextmanager
def nginx(folder: Path, written: str, **places: object) -> Iterator[tuple[int, int]]:
    """Run nginx with a configuration, its `{folder}` and `{port}` filled in; yield pid and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    configuration = folder / "nginx.conf"
    configuration.write_text(written.format(folder=folder, port=port, **places))
    command = ["nginx", "-c", str(configuration), "-p", str(folder), "-e", str(folder / "errors")]
    peer = subprocess.Popen(command)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.05)
        yield peer.pid, port
    finally:
        peer.terminate()
        peer.wait(timeout=10)
