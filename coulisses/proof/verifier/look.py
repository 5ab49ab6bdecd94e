"""One look at a log: everything is recomputed, compared with the last look, and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from coulisses.lib.notes import Checkpoint, Verifier
from coulisses.proof.verifier import check, kept
from coulisses.proof.verifier.folder import Folder
from coulisses.proof.verifier.house import (
    BadAddress,
    House,
    Published,
    project_address,
    site_address,
)

ROOM = "room"  # the folder in which an export holds what voices said


class KeyChanged(check.Broken):
    """The key, or the whole log, is another one than at the last look."""


@dataclass(frozen=True)
class Report:
    """What one look at a log has found."""

    address: str
    vkey: str
    checkpoint: Checkpoint
    tally: check.Tally
    file: Path
    before: kept.Kept | None
    before_size: int
    compared: int
    is_copy: bool = False
    room: check.Tally | None = None


def verify(
    url: str,
    client: httpx.Client,
    *,
    keep: Path | None = None,
    against: Sequence[Path] = (),
    progress: Callable[[int, int], None] = lambda position, size: None,
) -> Report:
    """Verify a log and keep the checkpoint that it now has, in `keep` or on this account.

    `url` is a project's address in a house, or what a house has exported: a folder, or its address.
    Of a folder that holds what voices said around a project, that is recomputed too.
    `against` are files with checkpoints of the same log that others kept; `progress` is told how
    many entries are done, and of how many. Raises check.Broken, and then keeps nothing, or
    CannotCheck.
    """
    house = _place(url, client)
    file = keep or kept.default_file(house.address)
    before = kept.load(file)
    vkey = house.vkey()
    _require_same_key(before, vkey)
    key = check.open_key(vkey)
    note = house.checkpoint()
    checkpoint = check.open_checkpoint(note, key, "The checkpoint")
    olds = [(str(one), _kept_by_others(one, key)) for one in against]
    before_size = 0
    if before:
        what = "the checkpoint you kept"
        old = check.open_checkpoint(before.checkpoint.encode(), key, what.capitalize())
        before_size = old.size
        olds.append((what, old))
    tally = check.recompute(house, checkpoint, olds, progress)
    room = _room(house, key) if isinstance(house, Folder) else None
    seen_at = datetime.now(UTC).isoformat(timespec="seconds")
    kept.save(file, kept.Kept(house.address, vkey, note.decode(), seen_at))
    return Report(
        house.address,
        vkey,
        checkpoint,
        tally,
        file,
        before,
        before_size,
        compared=len(against),
        is_copy=isinstance(house, Folder),
        room=room,
    )


def _room(folder: Folder, key: Verifier) -> check.Tally | None:
    """Recompute what voices said, where that was exported; the key that signed the work signed it.

    Raises check.Broken, CannotCheck.
    """
    below = Folder(folder.folder / ROOM)
    if not (below.folder / "proof").is_dir():
        return None
    theirs = check.open_key(below.vkey())
    if theirs.public_key != key.public_key:
        raise check.NotSigned("What voices said is not signed by the key of this log.")
    checkpoint = check.open_checkpoint(below.checkpoint(), theirs, "The checkpoint of the room")
    return check.recompute(below, checkpoint, (), lambda _position, _size: None)


def _place(url: str, client: httpx.Client) -> Published:
    """Return where to read: a folder here, a project in a house, or a folder on the web."""
    if Path(url).is_dir():
        return Folder(Path(url))
    if Path(url).is_file():
        raise BadAddress("This is a file. Unpack the ZIP first, and name the folder that it makes.")
    try:
        return House(project_address(url), client)
    except BadAddress:
        return House(site_address(url), client)


def _kept_by_others(file: Path, key: Verifier) -> Checkpoint:
    """Return a checkpoint that somebody kept; where they kept its key too, it is signed by that.

    A log that moved to another house is signed there by another key, and begins as it began.
    """
    theirs = kept.key_in(file)
    known = check.open_key(theirs) if theirs else key
    if known.name != key.name:
        raise check.NotSigned(f"The checkpoint in {file} is of another log.")
    return check.open_checkpoint(kept.load_note(file), known, f"The checkpoint in {file}")


def _require_same_key(before: kept.Kept | None, vkey: str) -> None:
    if before is None or before.vkey == vkey:
        return
    if before.vkey.partition("+")[0] != vkey.partition("+")[0]:
        raise KeyChanged("Another log stands at this address than the one you kept.")
    raise KeyChanged(
        "The house signs with another key than the one you kept. Unless its people told you why, "
        "by another way than this house, trust nothing it shows."
    )
