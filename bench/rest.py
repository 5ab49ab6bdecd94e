"""What an idle house costs: its memory at rest, and the first page after a second start.

`./run bench rest`: opens a folder of forty commits, lets it be told, stops the house, starts it
again and times the first whole stage page; then lets it rest and sums the memory (PSS) of all its
processes, agent included. Beside it, in the same run: an idle Python that has only imported
Django, the practical floor. Bars: under 200 MiB, first page within 5 s.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

MEBIBYTE = 1024 * 1024
MEMORY_BAR = 200 * MEBIBYTE
PAGE_BAR = 5.0  # seconds
REST = 10.0  # seconds of idleness before memory is read
STARTS = 3


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bars hold."""
    with tempfile.TemporaryDirectory() as folder:
        work = _repository(Path(folder) / "work")
        data = Path(folder) / "data"
        with _house(work, data) as (house, url):
            _page(url, "40")
        waits = []
        for _ in range(STARTS):
            began = time.perf_counter()
            with _house(work, data) as (house, url):
                _page(url, "40")
                waits.append(time.perf_counter() - began)
                if len(waits) == STARTS:
                    time.sleep(REST)
                    memory = _memory(house.pid)
        floor = _floor()
    wait = sorted(waits)[len(waits) // 2]
    print(f"{'':38}{'measured':>12}{'bar':>12}{'ratio':>8}")
    print(f"{'idle Python with Django, MiB':38}{floor / MEBIBYTE:>12.0f}{'':>12}{1:>8.2f}")
    ratio = memory / floor
    print(f"{'idle house, MiB':38}{memory / MEBIBYTE:>12.0f}{200:>12}{ratio:>8.2f}")
    print(f"{'first page of a second start, s':38}{wait:>12.2f}{PAGE_BAR:>12.1f}")
    holds = memory < MEMORY_BAR and wait < PAGE_BAR
    print(f"\nbars: {'hold' if holds else 'MISSED'}")
    return 0 if holds else 1


def _repository(folder: Path) -> Path:
    folder.mkdir()
    git = ["git", "-C", str(folder), "-c", "user.name=Ana", "-c", "user.email=ana@cast.test"]
    subprocess.run([*git, "init", "-q"], check=True)
    for number in range(40):
        (folder / "notes.md").write_text("A line that was there.\n" * (number + 1))
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", f"Step {number}"], check=True)
    return folder


@contextlib.contextmanager
def _house(work: Path, data: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "coulisses", "open", str(work), "--data", str(data)]
    command += ["--port", str(port), "--studio", "ana", "--project", "work", "--curtain", "up"]
    house = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield house, f"http://127.0.0.1:{port}/@ana/work/"
    finally:
        house.send_signal(signal.SIGINT)
        house.wait(timeout=10)


def _page(url: str, holds: str) -> None:
    """Wait for a stage that shows the cue number of what was told last."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as page:
            if f'id="cue-{holds}"' in page.read().decode():
                return
        time.sleep(0.05)
    raise TimeoutError(url)


def _memory(pid: int) -> int:
    """Return the proportional set size of a process and all its children, in bytes."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own * 1024 + sum(_memory(int(child)) for child in children)


def _floor() -> int:
    command = "import django.db.models, django.http, django.template, sys; sys.stdin.read()"
    pipe = subprocess.PIPE
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "coulisses.site.settings"}
    with subprocess.Popen([sys.executable, "-c", command], stdin=pipe, env=environment) as idle:
        time.sleep(2)
        memory = _memory(idle.pid)
        idle.communicate(b"")
    return memory


if __name__ == "__main__":
    sys.exit(main())
