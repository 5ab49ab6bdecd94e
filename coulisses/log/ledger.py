"""The only door into a log: `append` writes, `read` reads."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from coulisses.lib import canonical
from coulisses.lib.leaf import commitment, leaf_data
from coulisses.lib.refusals import require
from coulisses.lib.tree import Frontier, leaf_hash
from coulisses.log import bell, rows, sweeping
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry, Log, Sealed
from coulisses.log.refusals import EntryNotFound, EntryTooLong

PUBLIC = "public"
LONGEST = 256 * 1024  # bytes of one entry's content; files stand beside the log, never in it


class _Everything(frozenset[str]):
    """The audiences of somebody who may read all: every audience is in it."""

    def __contains__(self, audience: object) -> bool:
        return True


EVERYTHING: frozenset[str] = _Everything()
OUTSIDE: frozenset[str] = frozenset({PUBLIC})


@dataclass(frozen=True)
class Curtained:
    """What others may know of an entry for members: that it exists, for whom, and its teaser."""

    position: int
    tier: str
    teaser: str = ""


def open_log() -> Log:
    """Begin an empty log."""
    return Log.objects.create()


def append(
    log: Log,
    fact: Fact,
    *,
    by: str,
    happened_at: datetime,
    told_at: datetime,
    audience: str = PUBLIC,
    once: str | None = None,
    past: bool = False,
) -> Entry:
    """Write one fact at the end of the log and ring its bell once it is committed.

    `by` is a voice's id. `once` is an idempotency key within the log: said again, the entry
    that stands already is returned. Raises EntryTooLong. `entry.is_new` says which it was.
    """
    content = canonical.spell(
        {
            "kind": fact.kind_name,
            "body": fact.spelled(),
            "by": by,
            "audience": audience,
            "happened_at": canonical.moment(happened_at),
            "told_at": canonical.moment(told_at),
            "past": past,
        }
    )
    require(len(content) <= LONGEST, EntryTooLong)
    salt = secrets.token_bytes(32)
    committed = commitment(salt, content)
    with transaction.atomic():
        # One writer at a time: commit order is position order, so no reader skips a late entry.
        size, frontier = rows.head(log.pk)
        if once is not None and (told := _told(log, once)):
            return told
        position = size + 1
        leaf = leaf_hash(leaf_data(log.pk, position, committed))
        entry = Entry(
            log_id=log.pk,
            position=position,
            kind=fact.kind_name,
            topic=fact.filed_under(),
            about=fact.speaks_of(),
            by=by,
            audience=audience,
            happened_at=happened_at,
            told_at=told_at,
            past=past,
            once=once,
            leaf=leaf,
        )
        grown = Frontier.from_bytes(size, frontier).append(leaf)
        rows.insert(entry, salt=salt, content=content, frontier=grown.to_bytes())
        bell.ring(log.pk, position)
    entry.is_new, entry.sealed = True, Sealed(entry=entry, salt=salt, content=content)
    return entry


def read(
    log: Log,
    *,
    audiences: frozenset[str],
    at: datetime,
    after: int = 0,
    before: int | None = None,
    topics: Collection[str] | None = None,
    positions: Collection[int] | None = None,
    during: tuple[datetime, datetime] | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> list[Entry | Curtained]:
    """Return what a reader may know of a log: the one rule of sight, for every door.

    Positions are between `after` and `before`, both excluded. With `topics`, only entries filed
    under them; with `during`, only those that happened between two times, both included; and no
    curtained ones then: a filter would tell what they are.
    """
    first, last = during or (None, None)
    # One bound: of two, SQLite goes from either, and through all between them.
    ends = [before and before - 1, _reach(log, audiences, at)]
    is_filtered = topics is not None or during is not None
    narrowed = {
        "position >": after,
        "position <=": min((one for one in ends if one is not None), default=None),
        "position in": positions,
        "topic in": topics,
        "happened_at >=": first,
        "happened_at <=": last,
        "audience in": _named(audiences) if is_filtered else None,
    }
    found = rows.read(log.pk, narrowed, limit=limit, newest_first=newest_first)
    return [_seen(entry, audiences) for entry in found]


def find(log: Log, position: int) -> Entry:
    """Return the entry at a position, for rules that act on it. Raises EntryNotFound."""
    entry = Entry.objects.select_related("sealed").filter(log=log, position=position).first()
    if entry is None:
        raise EntryNotFound
    return entry


def horizon(log: Log, *, audiences: frozenset[str], at: datetime) -> int:
    """Return the greatest position that a reader may know of; 0 for none.

    An entry for members shows itself to others only with the next entry that they may read, or
    with the next full hour: the moment of its telling stays hidden.
    """
    if audiences is EVERYTHING:
        return Log.objects.values_list("size", flat=True).get(pk=log.pk)
    hour = at.replace(minute=0, second=0, microsecond=0)
    return rows.horizon(log.pk, audiences, hour=hour)


def sequels(
    log: Log, positions: Iterable[int], *, audiences: frozenset[str], at: datetime
) -> dict[int, list[Entry]]:
    """Return the entries that speak of others (amendments, pins …), oldest first, by position."""
    about, speaking = list(positions), defaultdict[int, list[Entry]](list)
    if rows.are_spoken_of(log.pk, about):  # what was just told is not, and that is asked most
        narrowed = {
            "about in": about,
            "position <=": _reach(log, audiences, at),
            "audience in": _named(audiences),
        }
        for entry in rows.read(log.pk, narrowed):
            speaking[entry.about or 0].append(entry)
    return dict(speaking)


def pick(
    places: Collection[tuple[str, int]], *, audiences: Mapping[str, frozenset[str]]
) -> dict[tuple[str, int], tuple[Entry, list[Entry]]]:
    """Return those entries of several logs that a reader may read, each with its sequels.

    `places` are (log id, position), some dozens; `audiences` are the reader's in each log. What is
    only known to exist is left out, so no horizon is asked for: whoever may read an entry may know
    of it. Two queries.
    """

    def may_read(one: Entry) -> bool:
        return one.audience in audiences.get(one.log_id, frozenset())

    found = {(one.log_id, one.position): one for one in rows.pick(places) if may_read(one)}
    said = defaultdict[tuple[str, int], list[Entry]](list)
    for one in rows.pick(found, by="about"):
        if may_read(one):
            said[one.log_id, one.about or 0].append(one)
    return {place: (one, said[place]) for place, one in found.items()}


def filed(
    log: Log, asked: Sequence[tuple[str, int, int, int]], *, audiences: frozenset[str]
) -> list[int]:
    """Return positions of entries that a reader may read, by their topics, rising; in one query.

    Each (topic, after, upto, limit) asks for so many between two positions, the last included: the
    newest, or the oldest where the limit is negative. Shredded ones are not among them. Ask for
    no more than 400 at once, and up to the reader's horizon.
    """
    return rows.filed(log.pk, asked, _named(audiences))


def shredded(log: Log, *, audiences: frozenset[str], upto: int) -> int:
    """Return how many entries lost their words, told up to a position to those audiences."""
    return rows.shredded(log.pk, _named(audiences), upto=upto)


def logs_of(voice_id: str) -> list[str]:
    """Return the ids of the logs in which a voice speaks."""
    return rows.speaks_in(voice_id)


def by_voice(
    log_id: str, voice_id: str, *, after: int = 0, limit: int, newest_first: bool = False
) -> list[Entry]:
    """Return what one voice told in a log after a position: for that person alone."""
    narrowed = {"by =": voice_id, "position >": after}
    return rows.read(log_id, narrowed, limit=limit, newest_first=newest_first)


def unseal(log: Log, position: int) -> None:
    """Destroy an entry's words and salt; the database agrees only once its shredding is told."""
    Sealed.objects.filter(entry__log=log, entry__position=position).delete()
    transaction.on_commit(sweeping.sweep, robust=True)


def root(log: Log) -> bytes:
    """Return the Merkle root over the whole log as it stands."""
    head = Log.objects.get(pk=log.pk)
    root_hash: bytes = Frontier.from_bytes(head.size, bytes(head.frontier)).root()
    return root_hash


def leaves(log: Log, start: int, stop: int) -> list[bytes]:
    """Return the leaf hashes of the tree's indices start … stop - 1 (index = position - 1)."""
    found = Entry.objects.filter(log=log, position__gt=start, position__lte=stop)
    return [bytes(leaf) for leaf in found.order_by("position").values_list("leaf", flat=True)]


def _reach(log: Log, audiences: frozenset[str], at: datetime) -> int | None:
    return None if audiences is EVERYTHING else horizon(log, audiences=audiences, at=at)


def _named(audiences: frozenset[str]) -> frozenset[str] | None:
    return None if audiences is EVERYTHING else audiences


def _seen(entry: Entry, audiences: frozenset[str]) -> Entry | Curtained:
    if entry.audience in audiences:
        return entry
    return Curtained(entry.position, entry.audience, entry.fact.teaser_for_others())


def _told(log: Log, once: str) -> Entry | None:
    told = rows.told(log.pk, once)
    return None if told is None else Entry.objects.select_related("sealed").get(pk=told)


def once_known(log: Log, keys: Collection[str]) -> set[str]:
    """Return those of the idempotency keys that the log already holds (500 a query)."""
    asked, known = list(keys), set[str | None]()
    for start in range(0, len(asked), 500):
        query: dict[str, Any] = {"log": log, "once__in": asked[start : start + 500]}
        known.update(Entry.objects.filter(Q(**query)).values_list("once", flat=True))
    return {key for key in known if key}
