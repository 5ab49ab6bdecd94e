"""Makes a folder of a project: beside its place first, and put there when it is whole."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coulisses.lib.refusals import require
from coulisses.projects import practice
from coulisses.transfers import files, form, loads, packing, static, writing
from coulisses.transfers.form import Sent
from coulisses.transfers.refusals import (
    BeingMade,
    NoRoomToExport,
    PlaceTaken,
    PlaceUnwritable,
    PracticeStays,
    StillRehearsed,
)


def make(sent: Sent, to: Path, *, base: str = "", alive: Callable[[], None] = lambda: None) -> int:
    """Export a project into a new folder, a .zip or a .tar.zst; return how many entries it has.

    `base` is the house's own address, `alive` is called now and then. Killed, it leaves nothing at
    `to`; begun again, it clears away what the killed one left.
    Raises PracticeStays, StillRehearsed, PlaceTaken, BeingMade, NoRoomToExport, PlaceUnwritable.
    """
    require(not practice.is_one(sent.project), PracticeStays)
    require(sent.is_whole or sent.project.is_raised, StillRehearsed)
    require(not to.exists(), PlaceTaken, place=to)
    try:
        with _beside(to) as folder:
            size = fill(sent, folder, base=base, alive=alive)
            packing.put(folder, to, alive)
            return size
    except files.DiskTooFull:
        raise NoRoomToExport(place=to) from None
    except OSError as error:
        raise PlaceUnwritable(place=to, reason=error.strerror or str(error)) from error


def fill(sent: Sent, folder: Path, *, base: str, alive: Callable[[], None]) -> int:
    """Write everything into an empty folder; return how many entries the work's log has there."""
    # The room first: whatever it speaks of is then in the work, which goes on meanwhile.
    room, below = writing.log(sent.room, folder / form.ROOM), folder / form.ROOM
    writing.proof(sent.room, room.size, below)
    files.write(sent.room, room.size, below, alive)
    written = writing.log(sent, folder)
    writing.proof(sent, written.size, folder)
    named = loads.write(sent, written.size, room.size, below, alive)
    writing.people(sent, written.voices | room.voices | named, folder)
    writing.project(sent, written.size, room.size, base, folder)
    alive()
    files.write(sent, written.size, folder, alive)
    static.write(sent, written.size, base, folder, alive)
    return written.size


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    """Give an empty folder beside a place, held by a lock that ends with the process."""
    room = to.with_name(f".{to.name}.coulisses-part")
    room.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(room, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BeingMade(place=to) from None
        _clear(room)
        (room / "folder").mkdir(mode=0o755)
        try:
            yield room / "folder"
        finally:
            shutil.rmtree(room, ignore_errors=True)
    finally:
        os.close(lock)


def _clear(room: Path) -> None:
    """Take away what a maker left that was killed."""
    for left in room.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
