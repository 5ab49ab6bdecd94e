"""Writes what was looked at: entries as they were signed, and the voices that tell them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from coulisses.lib.text import clean_line, shorten
from coulisses.lib.tree import Frontier
from coulisses.log.models import Entry, Log, Sealed
from coulisses.people.models import Voice
from coulisses.transfers import examining
from coulisses.transfers.examining import Head, Line
from coulisses.transfers.sources import Source

A_TURN = 500  # rows written at once
T = TypeVar("T")


def names(head: Head, voices: set[str]) -> None:
    """Keep the voices that speak, with the names they let be shown; none gets an account."""
    said = head.people.get("voices")
    known = said if isinstance(said, dict) else {}
    for some in _turns(sorted(voices), A_TURN):
        Voice.objects.bulk_create(
            [_voice(voice, known.get(voice)) for voice in some], ignore_conflicts=True
        )


def _voice(voice: str, said: Any) -> Voice:
    name = said.get("name") if isinstance(said, dict) else ""
    name = shorten(clean_line(name), 200) if isinstance(name, str) else ""
    return Voice(pk=voice, name=name, is_named=bool(name))


def entries(source: Source, head: Head, log: Log, *, at: datetime) -> None:
    """Write the entries as they were signed; they are checked once more on their way."""
    frontier = Frontier()
    for some in _turns(examining.lines(source, head, at=at), A_TURN):
        rows = [_entry(log, line) for line in some]
        Entry.objects.bulk_create(rows)
        Sealed.objects.bulk_create(
            Sealed(entry=row, salt=line.salt, content=line.content)
            for row, line in zip(rows, some, strict=True)
            if not line.is_shredded
        )
        for line in some:
            frontier = frontier.append(line.leaf)
    log.size, log.frontier = frontier.size, frontier.to_bytes()
    log.save(update_fields=["size", "frontier"])


def _entry(log: Log, line: Line) -> Entry:
    return Entry(
        log=log,
        position=line.position,
        kind=line.kind,
        topic=line.topic,
        about=line.about,
        by=line.by,
        audience=line.audience,
        happened_at=line.happened_at,
        told_at=line.told_at,
        past=line.past,
        once=line.once,
        leaf=line.leaf,
    )


def _turns(rows: Iterable[T], count: int) -> Iterator[list[T]]:
    """Yield rows so many at a time."""
    left = iter(rows)
    while some := list(islice(left, count)):
        yield some
