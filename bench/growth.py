"""What pages cost on a log of a million entries, beside one of a thousand.

`./run bench growth [ENTRIES [PROJECTS]]`: makes a house with a log of 1,000 entries and one with
1,000,000, a house of 100 projects and one of 10,000, and asks both of each pair for the same: the
newest page, an older one, an entry, filters, a search for words that are everywhere and for rare
ones, the feed and its archive, the strip, what a follower missed, the front page. Before each
request the project has changed, so that nothing is answered from what was kept. Medians of CPU and
wall time within one process; ends with status 0 only where no median is more than twice the
small house's. On SQLite; with COULISSES_BENCH_DATABASE (postgres://…, of an empty cluster whose
databases `small`, `large`, `few` and `many` may be made) on PostgreSQL.
"""

import contextlib
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SMALL, FEW = 1_000, 100
ROUNDS = 25
BAR = 2.0  # times
LEAST = 0.0005  # seconds that are noise, in which nothing is compared

Ask = Callable[[], object]


def main(entries: int = 1_000_000, projects: int = 10_000) -> int:
    """Make the houses, measure, print the table, and say by the exit status whether it holds."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        small = _apart(made / "small", "log", SMALL)
        large = _apart(made / "large", "log", entries)
        few = _apart(made / "few", "house", FEW)
        many = _apart(made / "many", "house", projects)
    print(f"{'median ms of ' + str(ROUNDS):34}{SMALL:>12,}{entries:>12,}{'ratio':>8}")
    worst = max(_print(small, large), 0)
    print(f"\n{'':34}{FEW:>12,}{projects:>12,}{'ratio':>8}")
    worst = max(worst, _print(few, many))
    print(f"\nbar: at most {BAR} times: {'holds' if worst <= BAR else 'MISSED'}")
    return 0 if worst <= BAR else 1


def _print(before: dict[str, float], after: dict[str, float]) -> float:
    worst = 0.0
    for name, first in before.items():
        ratio = max(after[name], LEAST) / max(first, LEAST)
        worst = max(worst, ratio)
        print(f"{name:34}{first * 1000:>12.2f}{after[name] * 1000:>12.2f}{ratio:>8.2f}")
    return worst


def _apart(data: Path, what: str, size: int) -> dict[str, float]:
    """Make and measure one house in a process of its own."""
    environment = {**os.environ, "COULISSES_DATA": str(data)}
    if cluster := os.environ.get("COULISSES_BENCH_DATABASE"):
        environment["COULISSES_DATABASE"] = f"{cluster.rstrip('/')}/{data.name}"
    command = [sys.executable, "-m", "bench.growth", what, str(size)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(what: str, size: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coulisses.site.settings")
    from coulisses.site import preparing

    preparing.house(Path(os.environ["COULISSES_DATA"]))
    asks = _log(size) if what == "log" else _house(size)
    print(json.dumps({name: _median(ask) for name, ask in asks.items()}))


def _median(ask: Ask) -> float:
    ask()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _log(size: int) -> dict[str, Ask]:
    """Return what is asked of a project whose log has so many entries."""
    from django.test import Client
    from django.utils import timezone

    from bench import _growing
    from coulisses.live.reading import Source
    from coulisses.log import ledger
    from coulisses.moments import rules as moments
    from coulisses.projects import revisions
    from coulisses.search import rebuilding
    from coulisses.testing import given
    from coulisses.ui import entries

    began = time.perf_counter()
    project, by = given.project(), given.ana().voice_id
    _growing.grow(project, by, size)
    project.work.refresh_from_db()
    list(rebuilding.fill())
    _say(f"{size:,} entries told and indexed in {time.perf_counter() - began:.0f} s")
    random.seed(size)
    client, stage, others = Client(), project.path, itertools.cycle(range(256))

    def get(path: str) -> Ask:
        def ask() -> object:
            revisions.bump(project)
            address = path.format(any=random.randrange(300, size - 300))
            answer = client.get(address, REMOTE_ADDR=f"127.0.0.{next(others)}")
            assert answer.status_code == 200, (path, answer.status_code)
            return answer

        return ask

    def missed() -> object:
        source = Source(project, ledger.OUTSIDE, "en", entries.render)
        return source.after(size - 100).frames

    def tell() -> object:
        now = timezone.now()
        return moments.tell(
            project, kind="progress", body="One more.", by=by, happened_at=now, told_at=now
        )

    return {
        "stage, newest": get(stage),
        "stage, older": get(f"{stage}?before={{any}}"),
        "stage, doubts": get(f"{stage}?show=doubts"),
        "stage, failures before": get(f"{stage}?show=failures&before={{any}}"),
        "an entry": get(f"{stage}{{any}}"),
        "search, a frequent word": get("/search?q=hull"),
        "search, two frequent words": get("/search?q=plank+steam"),
        "search, a rare word": get("/search?q=cormorant"),
        "search, in the project": get(f"/search?q=hull&in={stage.strip('@/')}"),
        "feed": get(f"{stage}feed.atom"),
        "since a while ago": get(f"{stage}since/{{any}}"),
        "in twelve cues": get(f"{stage}cues/"),
        "what a follower missed": missed,
        "telling": tell,
    }


def _house(size: int) -> dict[str, Ask]:
    """Return what is asked of a house with so many projects."""
    from django.test import Client

    from coulisses.moments import rules as moments
    from coulisses.projects import revisions
    from coulisses.search import rebuilding
    from coulisses.testing import given

    began = time.perf_counter()
    by = given.ana().voice_id
    with _together():
        for number in range(size):
            project = given.project(f"work-{number}", house=given.studio(f"house-{number // 20}"))
            at = given.minutes(number)
            moments.tell(
                project, kind="doubt", body=f"Is plank {number} round?", by=by,
                happened_at=at, told_at=at,
            )  # fmt: skip
    list(rebuilding.fill())
    _say(f"{size:,} projects in {time.perf_counter() - began:.0f} s")
    client, others = Client(), itertools.cycle(range(256))

    def get(path: str) -> Ask:
        def ask() -> object:
            revisions.bump(project)
            answer = client.get(path, REMOTE_ADDR=f"127.0.0.{next(others)}")
            assert answer.status_code == 200, (path, answer.status_code)
            return answer

        return ask

    return {
        "front page": get("/"),
        "a studio": get("/@house-0/"),
        "a stage": get("/@house-0/work-0/"),
        "search, a frequent word": get("/search?q=plank"),
        "search, a rare word": get(f"/search?q={size // 2}"),
        "feed of the house": get("/feed.atom"),
        "feed of a studio": get("/@house-0/feed.atom"),
    }


@contextlib.contextmanager
def _together() -> Any:
    from django.db import transaction

    with transaction.atomic():
        yield


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and given[0] in {"log", "house"}:
        _measure(given[0], int(given[1]))
    else:
        sys.exit(main(*map(int, given)))
