"""What pages cost on a log of a million entries, beside one of a thousand.

`./run bench growth [ENTRIES [PROJECTS [FOLDER [WORDS]]]]`: makes a house with a log of 1,000
entries and one with 1,000,000, a house of 100 projects and one of 10,000, and asks both of each
pair for the same, in turn, each in a process of its own: the newest page with its strip, older
ones, an entry, filters, a search for words that are everywhere and for rare ones, the feed and its
archive, a file, what a follower missed, the front page. Before each request the project changes and
its cards are forgotten, so that nothing is answered from what was kept.

Prints medians, in wall time and in the processor time of the house's process; ends with status 0
only where none in wall time is more than twice the small house's. Pages of files and sittings,
which hold more in the longer log, stand beside the bar. In a FOLDER, the houses stay and are asked
again the next time; with WORDS, only for what has them in its name. On SQLite; with
COULISSES_BENCH_DATABASE (postgres://…, of an empty cluster that has the databases `small`, `large`,
`few` and `many`) on PostgreSQL.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SMALL, FEW = 1_000, 100
ROUNDS = 25
BAR = 2.0  # times
LEAST = 0.0005  # seconds that are noise, in which nothing is compared
BESIDE = {"a sitting", "a file", "a file of figures"}  # they hold more in the longer log
MADE = "made"  # stands in a house's folder once it is whole


@dataclass(frozen=True)
class Took:
    """The medians of one thing asked: seconds of the clock, and of the process's processor."""

    wall: float
    cpu: float


class House:
    """A house that is made, or found, and asked, in a process of its own."""

    def __init__(self, data: Path, what: str, size: int) -> None:
        environment = {**os.environ, "COULISSES_DATA": str(data)}
        if cluster := os.environ.get("COULISSES_BENCH_DATABASE"):
            address, mark, query = cluster.partition("?")
            environment["COULISSES_DATABASE"] = f"{address.rstrip('/')}/{data.name}{mark}{query}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.growth", what, str(size)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.names: list[str] = []

    def opened(self) -> "House":
        """Wait until it is whole, and what it can be asked is known."""
        self.names = json.loads(self._heard())
        return self

    def ask(self, name: str) -> tuple[float, float]:
        """Ask once; return the seconds of the clock and of the processor that it took."""
        assert self._process.stdin
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        wall, cpu = json.loads(self._heard())
        return wall, cpu

    def end(self) -> None:
        """Close it."""
        self._process.terminate()
        self._process.wait(timeout=30)

    def _heard(self) -> str:
        assert self._process.stdout
        said = self._process.stdout.readline()
        if not said:
            sys.exit("a house has ended before it was asked")
        return said


def main(
    entries: int = 1_000_000, projects: int = 10_000, folder: str = "", words: str = ""
) -> int:
    """Make the houses, measure, print the table, and say by the exit status whether it holds."""
    with contextlib.ExitStack() as stack:
        made = Path(folder or stack.enter_context(tempfile.TemporaryDirectory()))
        worst = 0.0
        for what, pair in {
            "log": {"small": SMALL, "large": entries},
            "house": {"few": FEW, "many": projects},
        }.items():
            if min(pair.values()):
                worst = max(worst, _compare(made, what, pair, words))
    print(f"\nbar: at most {BAR} times: {'holds' if worst <= BAR else 'MISSED'}")
    return 0 if worst <= BAR else 1


def _compare(made: Path, what: str, pair: dict[str, int], words: str) -> float:
    """Measure a pair of houses and print their table; return the greatest ratio."""
    print(f"\n{'medians of ' + str(ROUNDS) + ', ms':32}", end="")
    print(*(f"{size:>12,}" for size in pair.values()), f"{'ratio':>8}{'cpu':>17}{'ratio':>8}")
    houses = [House(made / name, what, size) for name, size in pair.items()]
    try:
        rows = _measured(*[one.opened() for one in houses], words)
        ratios = {name: _row(name, *took) for name, *took in rows}
        return max((ratios[name] for name in ratios.keys() - BESIDE), default=0.0)
    finally:
        for one in houses:
            one.end()


def _row(name: str, small: Took, large: Took) -> float:
    ratio, of_cpu = _ratio(small.wall, large.wall), _ratio(small.cpu, large.cpu)
    print(f"{name:32}{small.wall * 1000:>12.2f} {large.wall * 1000:>12.2f}{ratio:>9.2f}", end="")
    print(f"{small.cpu * 1000:>9.2f}{large.cpu * 1000:>8.2f}{of_cpu:>8.2f}", flush=True)
    return ratio


def _ratio(small: float, large: float) -> float:
    return max(large, LEAST) / max(small, LEAST)


def _measured(small: House, large: House, words: str) -> Iterator[tuple[str, Took, Took]]:
    """Ask both the same in turn, so that what else the machine does falls upon both."""
    for name in (one for one in small.names if words in one):
        for one in (small, large):
            one.ask(name)
        turns = [(small.ask(name), large.ask(name)) for _ in range(ROUNDS)]
        yield name, _median([one for one, _ in turns]), _median([one for _, one in turns])


def _median(took: list[tuple[float, float]]) -> Took:
    return Took(statistics.median(w for w, _ in took), statistics.median(c for _, c in took))


def _answer(what: str, size: int) -> None:
    """Make the house, or find it; then do what is said, a line each, and say what it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coulisses.site.settings")
    from coulisses.site import preparing

    data = Path(os.environ["COULISSES_DATA"])
    preparing.house(data)
    from bench import _asked, _growing

    if not (data / MADE).exists():
        began = time.perf_counter()
        (_growing.log if what == "log" else _growing.house)(size)
        (data / MADE).touch()
        print(f"{data.name}: made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    asks = _asked.of_log() if what == "log" else _asked.of_house()
    print(json.dumps(list(asks)), flush=True)
    for line in sys.stdin:
        ask = asks[line.rstrip("\n")]
        began, spent = time.perf_counter(), time.process_time()
        ask()
        took = time.perf_counter() - began, time.process_time() - spent
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and given[0] in {"log", "house"}:
        _answer(given[0], int(given[1]))
    else:
        sys.exit(main(*map(int, given[:2]), *given[2:]))
