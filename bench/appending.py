"""How many entries a second are acknowledged, by 8 writers on one log, SQLite with full syncs.

`./run bench appending`: each writer is a process that tells through the rule, one transaction an
entry. Beside it, in the same run: the same number of rows written to a bare SQLite table, one
transaction each, by as many processes: the practical limit of the disk. Ends with status 0 only
where the house acknowledges at least 600 a second.
"""

import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITERS = 8
EACH = 250  # entries a writer tells in a round
ROUNDS = 3
BAR = 600  # acknowledged a second
WORDS = "Depuis que la tasse est passée au cadmium, on ne voit plus qu’elle. " * 4


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bar holds."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COULISSES_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coulisses.site.settings")
        project = _prepare()
        bare, told = [], []
        for turn in range(ROUNDS):
            bare.append(_rate(_write_bare, Path(folder) / f"bare{turn}.sqlite3"))
            told.append(_rate(_tell, project))
    floor, house = statistics.median(bare), statistics.median(told)
    print(f"{WRITERS} writers, {EACH} entries each, {ROUNDS} rounds, medians\n")
    print(f"{'':24}{'a second':>10}{'ratio':>8}")
    print(f"{'bare SQLite, one table':24}{floor:>10.0f}{1:>8.2f}")
    print(f"{'a moment told':24}{house:>10.0f}{house / floor:>8.2f}")
    print(f"\nbar: at least {BAR} a second: {'holds' if house >= BAR else 'MISSED'}")
    return 0 if house >= BAR else 1


def _prepare() -> str:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from coulisses.testing import given

    call_command("migrate", verbosity=0)
    project = given.project().pk
    connection.close()
    return project


def _rate(write: Callable[..., None], target: Any) -> float:
    context = multiprocessing.get_context("spawn")
    ready, go = context.Barrier(WRITERS + 1), context.Barrier(WRITERS + 1)
    done = context.Barrier(WRITERS + 1)
    arguments = [(write, target, number, ready, go, done) for number in range(WRITERS)]
    writers = [context.Process(target=_write, args=one) for one in arguments]
    for writer in writers:
        writer.start()
    ready.wait()
    go.wait()
    began = time.perf_counter()
    done.wait()
    took = time.perf_counter() - began
    for writer in writers:
        writer.join()
    return WRITERS * EACH / took


def _write(write: Any, target: Any, number: int, ready: Any, go: Any, done: Any) -> None:
    write(target, number, lambda: (ready.wait(), go.wait()))
    done.wait()


def _write_bare(path: Path, number: int, start: Callable[[], object]) -> None:
    rows = sqlite3.connect(path, timeout=60, isolation_level=None)
    rows.execute("pragma journal_mode=wal")
    rows.execute("pragma synchronous=full")
    rows.execute("create table if not exists told (id integer primary key, words text)")
    start()
    for _ in range(EACH):
        rows.execute("begin immediate")
        rows.execute("insert into told (words) values (?)", [WORDS])
        rows.execute("commit")


def _tell(project_id: str, number: int, start: Callable[[], object]) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from coulisses.moments import rules
    from coulisses.projects.models import Project

    project = Project.objects.select_related("work", "studio").get(pk=project_id)
    start()
    for turn in range(EACH):
        now = timezone.now()
        title = f"Moment {number}-{turn}"
        rules.tell(
            project,
            kind="progress",
            title=title,
            body=WORDS,
            by="a" * 26,
            happened_at=now,
            told_at=now,
        )


if __name__ == "__main__":
    sys.exit(main())
