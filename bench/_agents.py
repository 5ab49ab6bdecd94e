"""An agent to measure, told by its own words; files that painters save; and who looks on."""

import contextlib
import hashlib
import http.client
import io
import json
import queue
import random
import re
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from bench._houses import House, cpu, memory
from coulisses_readers import registry

WHOLE = (2400, 1800)  # pixels of what a layered file shows


class Agent:
    """`coulisses capture PATH --watch`, in a process of its own; what it says comes in `events`."""

    def __init__(self, folder: Path, house: House, state: Path) -> None:
        words = [str(folder), "--to", f"{house.address}{house.stage}", "--token", house.token]
        words += ["--watch", "--progress", "json", "--state", str(state)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "coulisses_agent", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.events: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def hear(self, event: str, *, within: float = 600) -> dict[str, Any]:
        """Wait until it says this. Raises queue.Empty."""
        until = time.monotonic() + within
        while True:
            said = self.events.get(timeout=max(0.01, until - time.monotonic()))
            if said["event"] == event:
                return said

    def cpu(self) -> float:
        """Return the seconds of processor time that it and its children have used."""
        return sum(cpu(pid) for pid in self._pids())

    def memory(self) -> int:
        """Return the resident sets of it and its children, in bytes."""
        return sum(memory(pid) for pid in self._pids())

    def _pids(self) -> list[int]:
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=20)

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.events.put(json.loads(line))


@contextlib.contextmanager
def watching(folder: Path, house: House, state: Path) -> Iterator[Agent]:
    """Start an agent, wait until all that was there is told, and end it."""
    agent = Agent(folder, house, state)
    try:
        agent.hear("done")
        yield agent
    finally:
        agent.stop()


class Follower:
    """Dan, who looks on: each capture's card comes in `cards` with the moment it was there."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.cards: queue.Queue[tuple[float, str]] = queue.Queue()
        connection = http.client.HTTPConnection("127.0.0.1", house.port)
        connection.request("GET", house.live, headers={"Accept": "text/event-stream"})
        self._stream = connection.getresponse()
        threading.Thread(target=self._listen, daemon=True).start()

    def see(self, within: float) -> tuple[float, str]:
        """Wait for the next card; return when it came, and its HTML. Raises queue.Empty."""
        return self.cards.get(timeout=within)

    def fetch(self, card: str, variant: str, *, within: float) -> bool:
        """Fetch the picture that a card shows; return whether the card had it from the first."""
        place = re.search(r'data-position="(\d+)"', card)
        assert place, card[:300]
        address = f"{self._house.stage}{place[1]}/picture/0/after/{variant}"
        is_there = f'src="{address.replace(variant, "")}' in card
        until = time.monotonic() + within
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self._house.port)
            connection.request("GET", address)
            answer = connection.getresponse()
            if answer.status == 200 and answer.read():
                return is_there
            time.sleep(0.02)
        raise TimeoutError(address)

    def _listen(self) -> None:
        lines: list[str] = []
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            while line := self._stream.readline().decode():
                lines.append(line)
                if line == "\n":
                    if "event: capture.taken\n" in lines:
                        told = [one[6:] for one in lines if one.startswith("data: ")]
                        self.cards.put((time.monotonic(), "".join(told)))
                    lines = []


Painter = Callable[[int, random.Random], bytes]


def layered() -> dict[str, Painter]:
    """Return who makes large files, by suffix, of those that this house's readers know."""
    heads = {".ora": _ora_head(), ".psd": b"8BPS\0\1" + bytes(8186)}
    known = {".ora": _ora, ".psd": _psd}
    found = {
        suffix: make
        for suffix, make in known.items()
        if registry.reader_for(f"a{suffix}", heads[suffix]) == "picture"
    }
    return found or {".png": _png}


def bare(path: Path, painted: bytes) -> float:
    """Return the seconds it takes to write, read, hash, decode and encode such a file, bare."""
    began = time.perf_counter()
    path.write_bytes(painted)
    data = path.read_bytes()
    hashlib.sha256(data).digest()
    with Image.open(io.BytesIO(_composite(path.suffix, data))) as whole:
        whole.load()
        shown = whole.convert("RGB")
    for side in (1600, 480):
        shown.thumbnail((side, side))
        shown.save(io.BytesIO(), "WEBP", quality=82, method=4)
    return time.perf_counter() - began


def _composite(suffix: str, data: bytes) -> bytes:
    if suffix == ".ora":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("mergedimage.png")
    return data


def _painting(dice: random.Random) -> Image.Image:
    """Return a canvas that looks painted: soft, with grain, otherwise each time."""
    coarse = Image.frombytes("RGB", (24, 18), dice.randbytes(24 * 18 * 3))
    grain = Image.frombytes("RGB", (600, 450), dice.randbytes(600 * 450 * 3)).resize(WHOLE)
    return Image.blend(coarse.resize(WHOLE, Image.Resampling.BICUBIC), grain, 0.06)


def _ora(size: int, dice: random.Random) -> bytes:
    whole, made = io.BytesIO(), io.BytesIO()
    _painting(dice).save(whole, "PNG", compress_level=1)
    layer = (size - len(whole.getvalue())) // 5
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", '<image w="2400" h="1800"><stack/></image>')
        archive.writestr("mergedimage.png", whole.getvalue())
        for number in range(5):
            archive.writestr(f"data/layer{number}.png", dice.randbytes(layer))
    return made.getvalue()


def _ora_head() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
    return made.getvalue()


def _psd(size: int, dice: random.Random) -> bytes:
    planes = b"".join(plane.tobytes() for plane in _painting(dice).split())
    layers = dice.randbytes((size - len(planes)) // 2 * 2)
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, WHOLE[1], WHOLE[0], 8, 3)
    lengths = struct.pack(">III", 0, 0, len(layers))
    return b"".join([head, lengths, layers, struct.pack(">H", 0), planes])


def _png(size: int, dice: random.Random) -> bytes:
    made = io.BytesIO()
    _painting(dice).resize((4800, size // 3 // 4800)).save(made, "PNG", compress_level=0)
    return made.getvalue()
