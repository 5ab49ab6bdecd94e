"""Checking a log from its rows, as a suspicious stranger would: streamed, whatever its length."""

from collections.abc import Iterator

from coulisses.lib import canonical
from coulisses.lib.leaf import leaf_data
from coulisses.lib.tree import Frontier, leaf_hash, root_of
from coulisses.log.models import Entry, Log, exact

STRIDE = 500  # entries read at a time


def wrongs(log: Log) -> Iterator[str]:
    """Yield what is wrong with a log, in a few English words each: at best nothing.

    Recomputes each leaf from its sealed bytes, the columns that derive from them, the order of
    positions and the tree's root. A log that grows meanwhile is checked as far as it was.
    """
    log = Log.objects.get(pk=log.pk)
    found: list[str] = []
    root = root_of(_leaves(log, found))
    yield from found
    try:
        head = Frontier.from_bytes(log.size, exact(log.frontier)).root()
    except ValueError:
        yield f"{log}: its head cannot be read"
        return
    if head != root:
        yield f"{log}: its entries do not make the root that its head has"


def _leaves(log: Log, found: list[str]) -> Iterator[bytes]:
    """Yield the leaves in their order, and note what is wrong with their entries."""
    reached = 0
    for start in range(0, log.size, STRIDE):
        stop = min(start + STRIDE, log.size)
        rows = Entry.objects.filter(log=log, position__gt=start, position__lte=stop)
        for entry in rows.select_related("sealed").order_by("position"):
            if entry.position != reached + 1:
                found.append(f"{log}: entry {reached + 1} is missing")
            reached = entry.position
            found.extend(f"{entry}: {wrong}" for wrong in _entry_wrongs(entry))
            yield exact(entry.leaf)
    if reached != log.size:
        found.append(f"{log}: it ends at {reached}, not at {log.size}")


def _entry_wrongs(entry: Entry) -> Iterator[str]:
    if entry.is_shredded:
        shredding = Entry.objects.filter(
            log=entry.log_id, about=entry.position, kind="entry.shredded"
        )
        if not shredding.exists():
            yield "its words are gone, and nobody has shredded them"
        return
    data = leaf_data(entry.log_id, entry.position, entry.sealed.commitment)
    if exact(entry.leaf) != leaf_hash(data):
        yield "its words are not those that were hashed"
        return
    try:
        said = entry.sealed.said
        is_canonical = canonical.spell(said) == exact(entry.sealed.content)
        is_derived = is_canonical and all(
            (
                (said["kind"], said["by"], said["audience"])
                == (entry.kind, entry.by, entry.audience),
                said["happened_at"] == canonical.moment(entry.happened_at),
                said["told_at"] == canonical.moment(entry.told_at),
                said["past"] == entry.past,
            )
        )
    except (ValueError, KeyError, TypeError):
        is_derived = False
    if not is_derived:
        yield "its columns are not what its words say"
