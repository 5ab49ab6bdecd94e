"""A folder of Ana's, and `coulisses` as somebody at a terminal starts and reads it."""

import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from PIL import Image, ImageDraw

from coulisses.testing import foundations, warm
from coulisses_agent.tests.repositories import NOON, Repository

PATIENCE = 60.0  # seconds: machines that test are busy
DAY = 24 * 3600


class NeverSaid(Exception):
    """The house did not say what was waited for; what it said instead is the message."""


class Opened:
    """`coulisses` in a process of its own, as somebody at a terminal starts and reads it."""

    def __init__(self, *words: object, within: Sequence[object] = ()) -> None:
        self._heard: list[str] = []
        self._more = threading.Condition()
        self._read = 0
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        self.process: subprocess.Popen[str] | warm.Process
        if within:
            self.process = subprocess.Popen(
                [*map(str, within), sys.executable, "-m", "coulisses", *map(str, words)],
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
        else:
            self.process = warm.Process([*map(str, words)], environment=environment)
        threading.Thread(target=self._listen, daemon=True).start()

    def hear(self, pattern: str) -> str:
        """Read on until a line matches; returns the match's group, or all of it."""
        until = time.monotonic() + PATIENCE
        with self._more:
            while time.monotonic() < until:
                for line in self._heard[self._read :]:
                    self._read += 1
                    if found := re.search(pattern, line):
                        return found.group(found.re.groups and 1)
                self._more.wait(0.5)
        raise NeverSaid(pattern, self._heard)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it by a signal; returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._more:
                self._heard.append(line)
                self._more.notify_all()
        self.process.stdout.close()


class Folder:
    """A folder of Ana's, opened: where its stage is, and the link that lets her in."""

    def __init__(self, repository: Repository, data: Path, *words: object) -> None:
        self.repository, self.data = repository, data
        foundations.lay(data)
        self.house = Opened("open", repository.path, "--data", data, "--port", 0, *words)
        try:
            self.stage = self.house.hear(r": (http\S+/@\S+/)")
            self.door = self.house.hear(r"Sign in .*: (\S+)")
            self.house.hear("All that was there has been told")
        except NeverSaid:
            self.house.end()
            raise

    @property
    def url(self) -> str:
        """Where the house is, without a stroke at its end."""
        return self.stage.partition("/@")[0]

    @property
    def desk(self) -> str:
        """Where the project's desk is."""
        return self.stage.replace("/@", "/desk/@")

    @property
    def studio(self) -> str:
        """The studio's slug."""
        return self.stage.partition("/@")[2].partition("/")[0]

    @property
    def api(self) -> str:
        """Where the project is told over HTTP."""
        return self.stage.replace("/@", "/api/v1/projects/").rstrip("/")

    def say(self, verb: str, *words: object) -> str:
        """Run another verb on the house; returns what it prints."""
        return warm.say(verb, "--data", self.data, *words)

    def admit(self, name: str) -> str:
        """Let somebody into the circle; returns the link that signs them in."""
        project = self.stage.partition("/@")[2].strip("/")
        link = self.say("admit", "--project", project, "--email", f"{name}@cast.test")
        return f"{self.url}/enter/{link.rpartition('/')[2]}"

    def teller(self) -> httpx.Client:
        """Return a client that holds a token of the studio; its base is the project's."""
        token = self.say("token", "--studio", self.studio)
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.api, headers=headers, timeout=PATIENCE)


def painting(step: int, *, size: tuple[int, int] = (640, 420)) -> bytes:
    """Return a PNG of a quay at dusk, one plank further at each step."""
    canvas = Image.new("RGB", size, "#20304a")
    brush = ImageDraw.Draw(canvas)
    for plank in range(step + 2):
        left = 12 + plank * 46
        brush.rectangle((left, 90, left + 40, size[1] - 30), fill=(150 + plank * 6, 110, 70))
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


def grown(path: Path) -> Repository:
    """Make a repository in which a picture, a text and some code grow in twelve evenings."""
    made, text = Repository(path), ""
    for evening in range(12):
        text += f"Soir {evening}. Le bois sèche.\n\n"
        made.write("carnet.md", text)
        if evening in {2, 5, 8}:
            made.write("quai.png", painting(evening))
        if evening in {3, 6}:
            made.write("light.py", f"def dusk(hour):\n    return hour * {evening}\n")
        made.commit(f"Evening {evening}\n\nThe tide is out.", at=f"{NOON + evening * DAY} +0100")
    return made


def save(repository: Repository, title: str) -> None:
    """Commit one more line, now."""
    book = repository.path / "carnet.md"
    repository.write("carnet.md", f"{book.read_text()}{title}.\n\n")
    repository.commit(title, at=f"{int(time.time())} +0100")
