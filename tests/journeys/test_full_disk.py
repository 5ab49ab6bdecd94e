"""A disk that is really full: the house refuses by name, loses nothing, and goes on with room.

The house runs in a namespace of its own, where its data folder is a small file system in memory.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from coulisses_agent.spool import status
from tests.journeys.opening import PATIENCE, Folder, NeverSaid, Opened, painting

ROOM = 48  # MiB
APART = ["unshare", "--user", "--map-root-user", "--mount"]


def is_possible() -> bool:
    """Whether this machine lets a process have mounts of its own."""
    if sys.platform != "linux" or not shutil.which("unshare") or not shutil.which("nsenter"):
        return False
    mount = ["sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return subprocess.run([*APART, *mount], capture_output=True).returncode == 0


class Cramped(Folder):
    """Ana's folder in a house whose disk is small; `fill` and `empty` do what they say."""

    def __init__(self, repository, data: Path) -> None:
        data.mkdir()
        self.repository, self.data = repository, data
        script = f'mount -t tmpfs -o size={ROOM}m tmpfs "$1" && shift && exec "$@"'
        words = ["open", repository.path, "--data", data, "--port", 0, "--no-watch"]
        self.house = Opened(
            *words, "--curtain", "up", within=[*APART, "sh", "-c", script, "-", data]
        )
        try:
            self.stage = self.house.hear(r": (http\S+/@\S+/)")
            self.door = self.house.hear(r"Sign in .*: (\S+)")
            self.house.hear("All that was there has been told")
        except NeverSaid:
            self.house.end()
            raise

    def say(self, verb, *words):
        """Run another verb on the house, in its namespace."""
        inside = [
            "nsenter",
            "-t",
            str(self.house.process.pid),
            "-U",
            "-m",
            "--preserve-credentials",
        ]
        command = [sys.executable, "-m", "coulisses", verb, "--data", self.data, *words]
        done = subprocess.run([*inside, *map(str, command)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @property
    def ballast(self) -> Path:
        """What fills the disk, as this side of the namespace sees it."""
        return Path(f"/proc/{self.house.process.pid}/root{self.data}/ballast")

    def fill(self) -> None:
        """Leave no byte."""
        with self.ballast.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def empty(self) -> None:
        """Make room again."""
        self.ballast.unlink()


@pytest.mark.skipif(not is_possible(), reason="no mounts of one's own on this machine")
def test_on_a_full_disk_every_door_says_so_and_nothing_is_half_told(folder, tmp_path):
    house = Cramped(folder, tmp_path / "data")
    try:
        with house.teller() as ana, signed_in(house) as browser:
            told = ana.get("/entries", params={"limit": 200}).json()["entries"]
            house.fill()
            moment = {"kind": "note", "title": "x" * 200, "body": "Anew. " * 2_000}
            refused = [
                ana.post("/moments", json=moment, headers={"Idempotency-Key": "one"}),
                ana.post("/uploads", files={"file": ("quay.png", painting(5))}),
                ana.put("/previews/git:abc", files=preview()),
            ]
            for answer in refused:
                assert answer.status_code == 507, (answer.url, answer.status_code, answer.text)
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert answer.json()["type"] == "urn:coulisses:no-room-left"
            assert httpx.get(house.stage, timeout=PATIENCE).status_code == 200
            assert httpx.get(f"{house.url}/healthz", timeout=PATIENCE).status_code == 503
            assert tell(house, browser).status_code == 507

            house.empty()
            assert tell(house, browser).status_code == 200
            again = ana.get("/entries", params={"limit": 200}).json()["entries"]
            assert again[: len(told)] == told
            assert len(again) == len(told) + 1
            answers = [
                ana.post("/moments", json=moment, headers={"Idempotency-Key": "one"}) for _ in "12"
            ]
            assert [one.status_code for one in answers] == [201, 201]
            assert len({one.json()["position"] for one in answers}) == 1
            assert ana.post("/uploads", files={"file": ("quay.png", painting(5))}).is_success
            parts = [one for one in Path(os.path.dirname(house.ballast)).rglob("*.part")]
            assert parts == []
    finally:
        house.house.end()


def preview():
    """A picture as an agent sends it."""
    from coulisses.api.tests.test_captures_api import webp

    facts = (None, '{"reader": "picture"}', "application/json")
    return {"facts": facts, "large": ("large", webp(900, 700), "image/webp")}


@contextlib.contextmanager
def signed_in(house):
    """Ana's browser, which has come in."""
    with httpx.Client(timeout=PATIENCE, follow_redirects=True) as browser:
        browser.get(house.door)
        yield browser


def tell(house, browser):
    """Ana tells from the page, and reads what it answers."""
    form = browser.get(f"{house.desk}tell/").text
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', form)
    assert token
    said = {"csrfmiddlewaretoken": token[1], "kind": "note", "body": "Now. " * 3_000}
    return browser.post(f"{house.desk}tell/", data={**said, "act": "tell"})


@pytest.mark.skipif(not is_possible(), reason="no mounts of one's own on this machine")
def test_an_agent_waits_until_there_is_room_and_then_tells_all(folder, tmp_path):
    house = Cramped(folder, tmp_path / "data")
    easel, spool = tmp_path / "easel", tmp_path / "spool"
    easel.mkdir()
    for number in range(3):
        (easel / f"quay{number}.png").write_bytes(painting(number))
    token = house.say("token", "--studio", house.studio)
    where = ["--to", f"{house.url}/@{house.studio}/easel/", "--state", spool, "--token", token]
    words = [sys.executable, "-m", "coulisses_agent", easel, *where, "--progress", "none"]
    try:
        house.fill()
        agent = subprocess.Popen([*map(str, words)])
        until = time.monotonic() + PATIENCE
        while "507" not in str(status.read(spool)["offline_why"]):
            assert agent.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        house.empty()
        assert agent.wait(PATIENCE) == 0
        found = status.read(spool)
        assert found["sent"] == {"entries": 1, "previews": 3}
        assert found["waiting"]["entries"] == 0 and found["offline_since"] is None
    finally:
        house.house.end()
