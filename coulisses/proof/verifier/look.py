"""One look at a log: everything is recomputed, compared with the last look, and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from coulisses.lib.notes import Checkpoint
from coulisses.proof.verifier import check, kept
from coulisses.proof.verifier.house import House, project_address


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


def verify(
    url: str,
    client: httpx.Client,
    *,
    keep: Path | None = None,
    against: Sequence[Path] = (),
    progress: Callable[[int, int], None] = lambda position, size: None,
) -> Report:
    """Verify a log and keep the checkpoint that it now has, in `keep` or on this account.

    `against` are files with checkpoints of the same log that others kept; `progress` is told how
    many entries are done, and of how many. Raises check.Broken, and then keeps nothing, or
    CannotCheck.
    """
    address = project_address(url)
    file = keep or kept.default_file(address)
    before = kept.load(file)
    house = House(address, client)
    vkey = house.vkey()
    _require_same_key(before, vkey)
    key = check.open_key(vkey)
    note = house.checkpoint()
    checkpoint = check.open_checkpoint(note, key, "The checkpoint")
    olds = [
        (str(one), check.open_checkpoint(kept.load_note(one), key, f"The checkpoint in {one}"))
        for one in against
    ]
    before_size = 0
    if before:
        what = "the checkpoint you kept"
        old = check.open_checkpoint(before.checkpoint.encode(), key, what.capitalize())
        before_size = old.size
        olds.append((what, old))
    tally = check.recompute(house, checkpoint, olds, progress)
    seen_at = datetime.now(UTC).isoformat(timespec="seconds")
    kept.save(file, kept.Kept(address, vkey, note.decode(), seen_at))
    return Report(
        address, vkey, checkpoint, tally, file, before, before_size, compared=len(against)
    )


def _require_same_key(before: kept.Kept | None, vkey: str) -> None:
    if before is None or before.vkey == vkey:
        return
    if before.vkey.partition("+")[0] != vkey.partition("+")[0]:
        raise KeyChanged("Another log stands at this address than the one you kept.")
    raise KeyChanged(
        "The house signs with another key than the one you kept. Unless its people told you why, "
        "by another way than this house, trust nothing it shows."
    )
