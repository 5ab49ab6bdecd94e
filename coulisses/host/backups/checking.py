"""Checking the house that this process is on: its rows, its logs, its guards and its files."""

import contextlib
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection

from coulisses.capture.models import Reel
from coulisses.host.backups.manifest import Head
from coulisses.log import checking, guards, ledger
from coulisses.log.models import Log
from coulisses.media import vaults
from coulisses.media.models import Preview

MOST_SAID = 50  # wrongs that are listed; more say nothing new
CHUNK = 1000  # rows
BLOCK = 1 << 18  # bytes


@dataclass
class Report:
    """What was looked at, and what was wrong with it, in English and a line each."""

    logs: int = 0
    entries: int = 0
    files: int = 0
    bytes: int = 0
    wrongs: list[str] = field(default_factory=list)

    def add(self, wrong: str) -> None:
        """Note something wrong."""
        if len(self.wrongs) < MOST_SAID:
            self.wrongs.append(wrong)

    def spelled(self) -> dict[str, Any]:
        """Return all of it as JSON holds it."""
        return asdict(self)


def examine(*, excused: Collection[str] = (), heads: Mapping[str, Head] | None = None) -> Report:
    """Check the whole house; `excused` files may be missing, `heads` are where logs have to be."""
    report = Report()
    for name in sorted(set(guards.NAMES) - guards.armed()):
        report.add(f"the guard {name} is not there")
    for wrong in _of_the_rows():
        report.add(wrong)
    for log in Log.objects.order_by("pk").iterator(CHUNK):
        report.logs += 1
        report.entries += log.size
        for wrong in checking.wrongs(log):
            report.add(wrong)
    for wrong in _of_heads(heads or {}):
        report.add(wrong)
    _look_at_files(report, set(excused))
    return report


def _of_the_rows() -> Iterator[str]:
    """Ask SQLite whether its file is sound; PostgreSQL looks after its own."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("pragma integrity_check(10)")
        yield from (f"database: {said}" for (said,) in cursor.fetchall() if said != "ok")
        cursor.execute("pragma foreign_key_check")
        yield from (f"database: a row of {row[0]} points nowhere" for row in cursor.fetchmany(10))


def _of_heads(heads: Mapping[str, Head]) -> Iterator[str]:
    known = {log.pk: log for log in Log.objects.filter(pk__in=list(heads))}
    for key, head in heads.items():
        log = known.get(key)
        if log is None:
            yield f"{key}: the log is missing"
        elif (log.size, ledger.root(log).hex()) != (head.size, head.root):
            yield f"{key}: the log is not as far as it was"


def _look_at_files(report: Report, excused: set[str]) -> None:
    previews = Preview.objects.order_by("pk").values_list("path", "size", "sha256")
    reels = Reel.objects.exclude(path="").values_list("path", "size")
    for path, size, digest in previews.iterator(CHUNK):
        _look_at(report, path, size, digest, excused)
    for path, size in reels.iterator(CHUNK):
        _look_at(report, path, size, "", excused)


def _look_at(report: Report, path: str, size: int, digest: str, excused: set[str]) -> None:
    try:
        reached, found = _hashed(vaults.media().kept(path).open())
    except FileNotFoundError:
        is_named = Preview.objects.filter(path=path).exists() or Reel.objects.filter(path=path)
        if is_named and path not in excused:
            report.add(f"media/{path}: the file is missing")
        return
    report.files += 1
    report.bytes += reached
    if reached != size or (digest and found != digest):
        report.add(f"media/{path}: the file is not what it was")


def _hashed(file: vaults.Readable) -> tuple[int, str]:
    """Return how many bytes a file has, and their SHA-256 in hex."""
    reached, made = 0, hashlib.sha256()
    with contextlib.closing(file):
        while block := file.read(BLOCK):
            reached += len(block)
            made.update(block)
    return reached, made.hexdigest()
