"""How soon a long history can be read: 4,000 commits told by the agent to a house, near.

`./run bench import [PATH]`: opens PATH, or else a repository made here, with `coulisses open`, and
times until the 4,000th entry can be read, and until every preview was made. Without PATH the
history is made up from public text: the sources of the Django that is installed, some of them as
prose, each file growing and being revised over its own commits, in a fixed order, with some
pictures among them. Beside it, in the same run: `git log -p` of the same history, the practical
floor of reading it. Memory is the proportional set of house and agent with all their children,
read four times a second, at its highest.

Bars: readable within 60 s, house and agent under 400 MiB together at any moment.
"""

import contextlib
import io
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

COMMITS = 4000
ROUNDS = 3
TIME_BAR = 60.0  # seconds
MEMORY_BAR = 400.0  # MiB
LONGEST = 900.0  # seconds a round may take
ALL_TOLD = "All that was there has been told."


@dataclass
class Round:
    """One import: seconds until read and until previewed, processor seconds, peaks in MiB."""

    readable: float = 0.0
    previewed: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)


def main(argv: list[str]) -> int:
    """Measure, print the table, and say by the exit status whether the bars hold."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(argv[0]).absolute() if argv else made_up(Path(folder) / "work")
        commits = int(_git(work, "rev-list", "--count", "HEAD"))
        target = min(COMMITS, commits)
        began = time.perf_counter()
        # Where objects are missing git itself stops there, and the agent goes on.
        _git(work, "log", "-p", "-M", "--raw", "--numstat", check=False)
        floor = time.perf_counter() - began
        rounds = [_round(work, Path(folder) / f"data{n}", target) for n in range(ROUNDS)]
    readable = statistics.median(one.readable for one in rounds)
    previewed = statistics.median(one.previewed for one in rounds)
    peak = max(one.peak["both"] for one in rounds)
    source = work if argv else "made up from Django's own text"
    print(f"{commits} commits ({source}), {os.cpu_count()} processors, {ROUNDS} rounds, medians\n")
    print(f"{'':44}{'measured':>10}{'bar':>8}{'ratio':>9}")
    ratio = readable / floor
    print(f"{'git log -p of the same, s':44}{floor:>10.1f}{'':>8}{1:>9.1f}")
    print(f"{f'{target} entries readable, s':44}{readable:>10.1f}{TIME_BAR:>8.0f}{ratio:>9.1f}")
    print(f"{'all previews made, s':44}{previewed:>10.1f}")
    for who in ("agent", "house"):
        used = statistics.median(one.cpu[who] for one in rounds)
        print(f"{f'processor time of the {who}, s':44}{used:>10.1f}")
    for who in ("agent", "house"):
        most = max(one.peak[who] for one in rounds)
        print(f"{f'memory of the {who}, at most, MiB':44}{most:>10.0f}")
    print(f"{'memory of both, at most, MiB':44}{peak:>10.0f}{MEMORY_BAR:>8.0f}")
    holds = readable <= TIME_BAR and peak < MEMORY_BAR
    print(f"\nbars: {'hold' if holds else 'MISSED'}")
    return 0 if holds else 1


def _round(work: Path, data: Path, target: int) -> Round:
    found = Round()
    began = time.perf_counter()
    with _house(work, data) as (house, url, all_told):
        watch = threading.Thread(target=_weigh, args=(house, found), daemon=True)
        watch.start()
        _wait_for(url, target)
        found.readable = time.perf_counter() - began
        assert all_told.wait(LONGEST), "the previews were never done"
        found.previewed = time.perf_counter() - began
        found.cpu = {"house": _cpu(house.pid) - _cpu_of_agent(house), "agent": _cpu_of_agent(house)}
    return found


@contextlib.contextmanager
def _house(
    work: Path, data: Path
) -> Iterator[tuple["subprocess.Popen[str]", str, threading.Event]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["open", str(work), "--data", str(data), "--port", str(port), "--curtain", "up"]
    house = subprocess.Popen(
        [sys.executable, "-m", "coulisses", *words, "--studio", "ana", "--project", "work"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    all_told = threading.Event()

    def listen() -> None:
        assert house.stdout
        for line in house.stdout:
            if ALL_TOLD in line:
                all_told.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield house, f"http://127.0.0.1:{port}", all_told
    finally:
        house.send_signal(signal.SIGINT)
        house.wait(timeout=10)


def _wait_for(url: str, target: int) -> None:
    """Wait until the stage shows the target's entry: before it come the opening and the curtain."""
    position = target + 2
    asked = f"{url}/api/v1/projects/ana/work/entries?after={position - 1}&limit=1"
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=10) as answer:
            if json.load(answer)["entries"]:
                with urllib.request.urlopen(f"{url}/@ana/work/{position}", timeout=10) as page:
                    assert page.status == 200
                return
        time.sleep(0.1)
    raise TimeoutError(asked)


def _weigh(house: "subprocess.Popen[str]", found: Round) -> None:
    """Note the highest memory of the house, of the agent and of both, until the house ends."""
    with contextlib.suppress(OSError, ValueError):
        while house.poll() is None:
            own, agent = _memory(house.pid, but="coulisses_agent"), _memory_of_agent(house)
            for who, now in (("house", own), ("agent", agent), ("both", own + agent)):
                found.peak[who] = max(found.peak.get(who, 0.0), now)
            time.sleep(0.25)


def _agents(house: "subprocess.Popen[str]") -> list[int]:
    return [pid for pid in _children(house.pid) if "coulisses_agent" in _command(pid)]


def _memory_of_agent(house: "subprocess.Popen[str]") -> float:
    return sum(_memory(pid) for pid in _agents(house))


def _cpu_of_agent(house: "subprocess.Popen[str]") -> float:
    return sum(_cpu(pid) for pid in _agents(house))


def _memory(pid: int, *, but: str = "\0") -> float:
    """Return the proportional set of a process and its children in MiB; 0 for one that has gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    own = sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return own / 1024 + sum(_memory(one) for one in _children(pid) if but not in _command(one))


def _cpu(pid: int) -> float:
    """Return the processor seconds of a process, its children, and those that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    ticks = sum(int(one) for one in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK") + sum(map(_cpu, _children(pid)))


def _children(pid: int) -> list[int]:
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def made_up(folder: Path) -> Path:
    """Make a repository of COMMITS commits from the text of the Django that is installed."""
    folder.mkdir(parents=True)
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "config", "user.email", "ana@cast.test")
    words = ["git", "-C", str(folder), "fast-import", "--quiet"]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as importing:
        assert importing.stdin
        for number, (message, files) in enumerate(_steps()):
            author = b"Ana <ana@cast.test>" if number % 3 else b"Bo <bo@cast.test>"
            date = 1_500_000_000 + number * 7_200
            importing.stdin.write(
                b"commit refs/heads/main\nmark :%d\ncommitter %b %d +0200\n"
                % (number + 1, author, date)
                + _data(message.encode())
                + (b"from :%d\n" % number if number else b"")
            )
            for name, content in files.items():
                importing.stdin.write(b"M 100644 inline %b\n" % name.encode() + _data(content))
        importing.stdin.write(b"done\n")
        importing.stdin.close()
    _git(folder, "reset", "-q", "--hard", "main")
    return folder


def _steps() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield COMMITS messages with the next states of one to three files, or of a picture."""
    import django

    chance = random.Random(4000)
    root = Path(django.__file__).parent
    paths = [path for path in sorted(root.rglob("*.py")) if 4_000 < path.stat().st_size < 60_000]
    chance.shuffle(paths)
    growing = {path: _growth(path, chance) for path in paths[:300]}
    for number in range(COMMITS):
        if number % 50 == 49:
            poster = {f"poster{number % 7}.png": _picture(number)}
            yield f"Paint state {number // 50} of the poster", poster
            continue
        known = paths[: min(len(growing), 3 + number // 10)]
        chosen = chance.sample(known, chance.choice((1, 1, 1, 2, 3)))
        files = {_name(path.relative_to(root)): next(growing[path]) for path in chosen}
        told_of = chosen[0]
        yield f"Revise {told_of.stem}\n\nStep {number}, within {told_of.parent.name}.", files


def _name(path: Path) -> str:
    """Every fifth file is told as prose: read word by word, and with all of its states."""
    is_prose = sum(path.name.encode()) % 5 == 0
    return f"notes/{path.parent.name}-{path.stem}.md" if is_prose else str(path)


def _growth(path: Path, chance: random.Random) -> Iterator[bytes]:
    """Yield ever more of a file's lines, now and then with some of them in other words."""
    lines = path.read_bytes().splitlines(keepends=True)
    shown = 0
    while True:
        shown = min(len(lines), shown + chance.randint(5, 60))
        draft = lines[:shown]
        for _change in range(chance.randint(1, 4)):
            at = chance.randrange(len(draft))
            draft[at] = draft[at].rstrip(b"\n") + b" # once more, %d\n" % chance.randrange(10**6)
        yield b"".join(draft)


def _picture(number: int) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1200, 900), (20, 30, number % 200))
    draw, chance = ImageDraw.Draw(image), random.Random(number)
    for _stroke in range(number // 10):
        box = sorted(chance.sample(range(1200), 2)), sorted(chance.sample(range(900), 2))
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((box[0][0], box[1][0], box[0][1], box[1][1]), fill=colour)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _git(work: Path, *words: str, check: bool = True) -> bytes:
    command = ["git", "-C", str(work), *words]
    return subprocess.run(command, check=check, capture_output=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
