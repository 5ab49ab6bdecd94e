"""What stands beside a room's log, on its way out and in: one row a line, by the room it is of."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from django.db import Error
from pydantic import ValidationError

from coulisses.brainstorms import carried as brainstorms
from coulisses.cheers import carried as cheers
from coulisses.credits import carried as credits_
from coulisses.guests import carried as guests
from coulisses.lib.refusals import require
from coulisses.manners import carried as manners
from coulisses.projects.carried import Eyes, Load, Row
from coulisses.projects.models import Project
from coulisses.transfers import form, sources, steps
from coulisses.transfers.form import Sent
from coulisses.transfers.refusals import FolderDamaged, LogUnread
from coulisses.transfers.sources import Source
from coulisses.voices import carried as voices

LOADS = (
    *(voices.LOAD, cheers.WORDS, cheers.LOAD, guests.LINES, guests.READ),
    *(manners.LOAD, steps.LOAD, credits_.CONSENTS, credits_.ACTS),
    *(brainstorms.LOAD, brainstorms.MASKS),
)
BY_NAME = {one.name: one for one in LOADS}
A_TURN = 500  # rows handed over at once


def write(sent: Sent, work: int, room: int, folder: Path, alive: Callable[[], None]) -> set[str]:
    """Write the rows that go along with so many entries of both logs; return whom they name."""
    eyes, named = Eyes(sent.audiences, sent.is_whole, work, room), set[str]()
    with (folder / form.ROWS).open("w", encoding="utf-8") as lines:
        for load in LOADS:
            for row in load.pack(sent.project, eyes):
                named.update(row.voices())
                said = {"row": load.name, **row.model_dump()}
                lines.write(json.dumps(said, separators=(",", ":")) + "\n")
            alive()
    return named


def named(source: Source) -> set[str]:
    """Return the ids of the voices that rows name. Raises FolderDamaged."""
    return {voice for _load, rows in _read(source) for row in rows for voice in row.voices()}


def unpack(source: Source, project: Project, *, is_early: bool) -> None:
    """Write the rows that come before, or after, what derives from the logs.

    Raises FolderDamaged, LogUnread.
    """
    for load, rows in _read(source):
        if load.is_early == is_early:
            try:
                load.unpack(project, rows)
            except (Error, ValueError, TypeError, LookupError, OverflowError):
                raise LogUnread from None


def _read(source: Source) -> Iterator[tuple[Load, list[Row]]]:
    """Yield rows of one room, some hundred at a time; those of a room unknown here are left out."""
    turn: tuple[Load, list[Row]] | None = None
    for said in sources.read_lines(source, form.ROWS):
        load = BY_NAME.get(str(said.get("row")))
        if load is None:
            continue
        if turn and (turn[0] is not load or len(turn[1]) == A_TURN):
            yield turn
            turn = None
        turn = turn or (load, [])
        turn[1].append(_row(load, said))
    if turn:
        yield turn


def _row(load: Load, said: dict[str, object]) -> Row:
    row = None
    with suppress(ValidationError, OverflowError):
        row = load.row.model_validate(said)
    require(row, FolderDamaged, name=f"{form.ROOM}/{form.ROWS}")
    assert row
    return row
