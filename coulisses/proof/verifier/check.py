"""Recomputes a log from what is public, in O(log size) memory beside one page of entries."""

import json
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from coulisses.lib import leaf, notes
from coulisses.lib.notes import Checkpoint, Verifier
from coulisses.lib.tiles import WIDTH, Tile
from coulisses.lib.tree import Frontier, leaf_hash, root_of
from coulisses.proof.verifier.house import NoAnswer, Published

ORIGIN = "coulisses/"
MOST_LATE = 10_000  # entries read beyond the checkpoint, for what was shredded meanwhile


class Broken(Exception):
    """The log does not hold: what the house shows is not what was signed, or not what was kept."""


class NotSigned(Broken):
    """The checkpoint is not signed by the log's key."""


class EntryDisagrees(Broken):
    """An entry's words do not make the leaf that stands in the tree, or it is not given."""


class RootDisagrees(Broken):
    """The leaves do not make the root that was signed."""


class TileDisagrees(Broken):
    """A tile does not hold the hashes that the leaves make."""


class PastDisagrees(Broken):
    """The log does not continue a checkpoint that was kept."""


class ShreddingUnsaid(Broken):
    """An entry's words are gone, and no entry says so."""


@dataclass
class Tally:
    """What was met on the way."""

    states: Counter[str] = field(default_factory=Counter)
    tiles: int = 0


@dataclass
class Rebuilt:
    """A tree that grows leaf by leaf, and asks for each tile of the house as soon as it is full."""

    fetch: Callable[[str], bytes]
    frontier: Frontier = field(default_factory=Frontier)
    levels: list[list[bytes]] = field(default_factory=lambda: [[]])
    indexes: list[int] = field(default_factory=lambda: [0])
    tiles: int = 0

    def add(self, leaf_: bytes) -> None:
        """Grow by one leaf. Raises TileDisagrees."""
        self.frontier = self.frontier.append(leaf_)
        self._push(0, leaf_)

    def finish(self) -> None:
        """Compare the tiles at the right edge, which are not full. Raises TileDisagrees."""
        for level, hashes in enumerate(self.levels):
            if hashes:
                self._compare(level, hashes)

    def _push(self, level: int, hash_: bytes) -> None:
        if level == len(self.levels):
            self.levels.append([])
            self.indexes.append(0)
        hashes = self.levels[level]
        hashes.append(hash_)
        if len(hashes) == WIDTH:
            self._compare(level, hashes)
            self.levels[level] = []
            self.indexes[level] += 1
            self._push(level + 1, root_of(hashes))

    def _compare(self, level: int, hashes: list[bytes]) -> None:
        path = Tile(level, self.indexes[level], len(hashes)).path()
        if self.fetch(path) != b"".join(hashes):
            raise TileDisagrees(f"The tile {path} is not made of this log's leaves.")
        self.tiles += 1


def open_key(vkey: str) -> Verifier:
    """Return the key of a log. Raises NoAnswer when it is none."""
    try:
        verifier = Verifier.from_vkey(vkey)
    except notes.MalformedKey as error:
        raise NoAnswer("The house gives no verifier key that can be read.") from error
    log_id = verifier.name.removeprefix(ORIGIN)
    if f"{ORIGIN}{log_id}" != verifier.name or len(log_id) != leaf.LOG_ID_CHARS:
        raise NoAnswer("The house gives a key that is not the key of a log.")
    return verifier


def open_checkpoint(note: bytes, verifier: Verifier, what: str) -> Checkpoint:
    """Return what a note signs; `what` names it in refusals. Raises NotSigned."""
    try:
        checkpoint = Checkpoint.parse(notes.open_note(note, [verifier]))
    except notes.NoteRefused as error:
        raise NotSigned(f"{what} is not signed by the key of this log: {error}.") from error
    if checkpoint.origin != verifier.name:
        raise NotSigned(f"{what} is of another log.")
    return checkpoint


def recompute(
    house: Published,
    checkpoint: Checkpoint,
    olds: Iterable[tuple[str, Checkpoint]],
    progress: Callable[[int, int], None],
) -> Tally:
    """Make the whole tree from what the house publishes, and compare at every step.

    `olds` are checkpoints that were kept, each with words for where. Raises Broken or CannotCheck.
    """
    awaited = sorted(olds, key=lambda old: old[1].size)
    for what, old in awaited:
        if old.size > checkpoint.size:
            raise PastDisagrees(
                f"The log has {checkpoint.size} entries, and had {old.size} in {what}: "
                "entries were taken out, or an old copy of the log is shown."
            )
    log_id = checkpoint.origin.removeprefix(ORIGIN)
    tally, rebuilt, shreds = Tally(), Rebuilt(house.tile), _Shreds()
    _compare_past(awaited, rebuilt)
    given = house.entries()
    for position in range(1, checkpoint.size + 1):
        shown = next(given, None)
        rebuilt.add(_leaf(shown, log_id, position))
        _count(tally, shreds, shown, position)
        _compare_past(awaited, rebuilt)
        progress(position, checkpoint.size)
    if rebuilt.frontier.root() != checkpoint.root:
        raise RootDisagrees("The entries do not make the root that the house has signed.")
    rebuilt.finish()
    shreds.require_said(house, checkpoint.size)
    tally.tiles = rebuilt.tiles
    return tally


@dataclass
class _Shreds:
    """Entries whose words are gone, and those that the log says were shredded.

    `lost` are shreddings that lost their own words: what each was about, by its position. That is
    the house's word, and counts as far as the log says in turn that the shredding was shredded.
    """

    found: set[int] = field(default_factory=set)
    said: set[int] = field(default_factory=set)
    lost: dict[int, int] = field(default_factory=dict)

    def require_said(self, house: Published, size: int) -> None:
        self._follow()
        if self.found <= self.said:
            return
        # Shredded while we were reading: it is said after the checkpoint that we hold.
        for shown in islice(house.entries(after=size), MOST_LATE):
            self.hear(shown)
        self._follow()
        if unsaid := self.found - self.said:
            raise ShreddingUnsaid(
                f"The words of entry {min(unsaid)} are gone, and no entry says why."
            )

    def find(self, shown: Any, position: int) -> None:
        self.found.add(position)
        about = shown.get("about")
        if type(about) is int and 0 < about < position:
            self.lost[position] = about

    def _follow(self) -> None:
        for position in sorted(self.lost, reverse=True):  # each is about an earlier one
            if position in self.said:
                self.said.add(self.lost[position])

    def hear(self, shown: Any) -> None:
        try:
            said = json.loads(b64decode(shown["content"]))
            if said["kind"] == "entry.shredded":
                self.said.add(int(said["body"]["about"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            return


def _leaf(shown: Any, log_id: str, position: int) -> bytes:
    """The leaf of an entry, made from its words where they are public. Raises EntryDisagrees."""
    if shown is None:
        raise EntryDisagrees(f"The house has signed entry {position} and does not give it.")
    try:
        given = b64decode(shown["leaf"], validate=True)
        is_sound = shown["position"] == position and len(given) == 32
        if shown["state"] == "public" or "content" in shown:
            salt = b64decode(shown["salt"], validate=True)
            committed = leaf.commitment(salt, b64decode(shown["content"], validate=True))
            is_sound = is_sound and given == leaf_hash(leaf.leaf_data(log_id, position, committed))
        is_sound = is_sound and shown["state"] in {"public", "members", "shredded", "hidden"}
    except (ValueError, KeyError, TypeError):
        is_sound = False
    if not is_sound:
        raise EntryDisagrees(f"What the house gives for entry {position} is not what was signed.")
    return given


def _count(tally: Tally, shreds: _Shreds, shown: Any, position: int) -> None:
    state = shown["state"]
    tally.states[state] += 1
    if state == "shredded":
        shreds.find(shown, position)
    elif "content" in shown:
        shreds.hear(shown)


def _compare_past(awaited: list[tuple[str, Checkpoint]], rebuilt: Rebuilt) -> None:
    """Compare the tree with every kept checkpoint of the size it has just reached."""
    while awaited and awaited[0][1].size == rebuilt.frontier.size:
        what, old = awaited.pop(0)
        if old.root != rebuilt.frontier.root():
            raise PastDisagrees(
                f"The first {old.size} entries are not those of {what}: "
                "something was changed, moved, slipped in or taken out."
            )
