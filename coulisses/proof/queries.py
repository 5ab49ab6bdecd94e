"""What the proof shows: always the log as a passer-by may know it, whoever asks."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.lib.notes import Checkpoint, sign
from coulisses.lib.refusals import require
from coulisses.lib.tiles import BadTilePath, Tile, TiledTree, TileOutOfTree, from_leaves
from coulisses.lib.tree import inclusion_ranges
from coulisses.log import keys, ledger
from coulisses.log.models import Entry, exact
from coulisses.log.refusals import EntryNotFound
from coulisses.projects.models import Project
from coulisses.proof.kept import TileRoots
from coulisses.proof.refusals import TileNotFound

PAGE_BYTES = 4 * 1024 * 1024  # of contents, after which a page of entries ends early
STRIDE = 50  # entries read at a time

Seen = Entry | ledger.Curtained


@dataclass(frozen=True)
class Step:
    """One hash of an inclusion path: over which entries, and whether they came before."""

    hash: bytes
    first: int
    last: int
    is_before: bool


@dataclass(frozen=True)
class Inclusion:
    """The proof that one entry stands in the signed tree; `entry` is as passers-by see it."""

    position: int
    entry: Seen
    leaf: bytes
    path: list[Step]
    checkpoint: Checkpoint

    @property
    def state(self) -> str:
        """What anybody may have of the entry: `public`, `members` or `shredded`."""
        return _state(self.entry)


@dataclass(frozen=True)
class Figures:
    """The log in numbers, as far as its checkpoint goes: each entry is counted once."""

    public: int
    members: int
    shredded: int
    changed_at: datetime | None


def public_tree(project: Project, *, at: datetime) -> TiledTree:
    """Return the tree over all that a passer-by may know of at that moment.

    Before the curtain is up a log may still be struck and told anew: nothing is kept of its tree.
    """
    log = project.work
    size = ledger.horizon(log, audiences=ledger.OUTSIDE, at=at)
    keeper = TileRoots(log) if project.is_raised else None
    return TiledTree(size, from_leaves(lambda start, stop: ledger.leaves(log, start, stop), keeper))


def checkpoint(project: Project, *, at: datetime) -> Checkpoint:
    """Return the head of the public tree, unsigned."""
    tree = public_tree(project, at=at)
    return Checkpoint(keys.signer(project.work).name, tree.size, tree.root())


def note(project: Project, *, at: datetime) -> bytes:
    """Return the signed checkpoint of the public tree."""
    return sign(checkpoint(project, at=at).text(), keys.signer(project.work))


def tile(project: Project, path: str, *, at: datetime) -> bytes:
    """Return a tile's bytes by its address, `tile/<L>/<N>[.p/<W>]`. Raises TileNotFound."""
    try:
        return public_tree(project, at=at).tile(Tile.parse(path))
    except (BadTilePath, TileOutOfTree):
        raise TileNotFound from None


def inclusion(project: Project, position: int, at: datetime) -> Inclusion:
    """Return the proof that an entry stands in the log. Raises EntryNotFound beyond the horizon."""
    tree = public_tree(project, at=at)
    require(1 <= position <= tree.size, EntryNotFound)
    index = position - 1
    seen = ledger.read(project.work, audiences=ledger.OUTSIDE, at=at, positions=[position])
    ranges = inclusion_ranges(index, tree.size)
    path = [
        Step(hash_, first=start + 1, last=stop, is_before=start < index)
        for (start, stop), hash_ in zip(ranges, tree.inclusion_proof(index), strict=True)
    ]
    (leaf,) = ledger.leaves(project.work, index, position)
    head = Checkpoint(keys.signer(project.work).name, tree.size, tree.root())
    return Inclusion(position, seen[0], leaf, path, head)


def entries(project: Project, *, after: int, limit: int, at: datetime) -> dict[str, Any]:
    """Return a page of what a verifier needs, as JSON: `entries`, `next` (or null) and `size`.

    An entry is `position`, `leaf`, `state` (see Inclusion) and, where public, `salt` and `content`,
    the bytes in base64. A page ends early after PAGE_BYTES of contents.
    """
    size = ledger.horizon(project.work, audiences=ledger.OUTSIDE, at=at)
    shown: list[dict[str, Any]] = []
    weight = 0
    for seen, leaf in _from(project, after=after, before=min(after + limit, size) + 1, at=at):
        shown.append(_shown(seen, leaf))
        weight += len(shown[-1].get("content", ""))
        if weight > PAGE_BYTES:
            break
    last = shown[-1]["position"] if shown else size
    return {"entries": shown, "next": last if last < size else None, "size": size}


def entry(project: Project, position: int, *, at: datetime) -> dict[str, Any]:
    """Return one entry as `entries` gives it. Raises EntryNotFound beyond the horizon."""
    size = ledger.horizon(project.work, audiences=ledger.OUTSIDE, at=at)
    require(1 <= position <= size, EntryNotFound)
    ((seen, leaf),) = _from(project, after=position - 1, before=position + 1, at=at)
    return _shown(seen, leaf)


def figures(project: Project, *, at: datetime) -> Figures:
    """Count what the public tree holds; the last change is that of its last public entry."""
    size = ledger.horizon(project.work, audiences=ledger.OUTSIDE, at=at)
    public = Entry.objects.filter(
        log=project.work, position__lte=size, audience=ledger.PUBLIC
    ).order_by("-position")
    count = public.count()
    # Each says of one entry that it is gone; found by the index of what speaks of others.
    shredded = public.filter(about__isnull=False, kind="entry.shredded").count()
    return Figures(
        public=count - shredded,
        members=size - count,
        shredded=shredded,
        changed_at=public.values_list("told_at", flat=True).first(),
    )


def _from(
    project: Project, *, after: int, before: int, at: datetime
) -> Iterator[tuple[Seen, bytes]]:
    """Yield entries of the public tree between two positions, both excluded, with their leaves."""
    for start in range(after, before - 1, STRIDE):
        stop = min(start + STRIDE, before - 1)
        seen = ledger.read(
            project.work, audiences=ledger.OUTSIDE, at=at, after=start, before=stop + 1
        )
        yield from zip(seen, ledger.leaves(project.work, start, stop), strict=True)


def _shown(seen: Seen, leaf: bytes) -> dict[str, Any]:
    state = _state(seen)
    shown = {"position": seen.position, "leaf": _base64(leaf), "state": state}
    if isinstance(seen, Entry) and state == "public":
        shown["salt"] = _base64(seen.sealed.salt)
        shown["content"] = _base64(seen.sealed.content)
    elif isinstance(seen, Entry) and seen.kind == "entry.shredded":
        shown["about"] = seen.about  # or nobody could tell why that one has no words
    return shown


def _state(seen: Seen) -> str:
    if isinstance(seen, ledger.Curtained):
        return "members"
    return "shredded" if seen.is_shredded else "public"


def _base64(raw: bytes | memoryview) -> str:
    return b64encode(exact(raw)).decode("ascii")
