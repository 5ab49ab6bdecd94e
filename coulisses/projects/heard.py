"""The room: what voices say around a project goes to a log of its own, and is read here alone.

A flood of voices never enters the makers' signed record. Who may know of an entry of the work may
know of what is said about it: what voices say carries the audience of that entry.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log import bell, ledger
from coulisses.log.kinds import Fact
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.projects import closed, gates, practice, rows
from coulisses.projects.models import Hidden, Project
from coulisses.projects.refusals import RoomNotOpen

Keep = Callable[[Project, Entry], None]
LetOut = Callable[[Project, Fact, str, datetime], Entry | None]

_keepers: dict[str, Keep] = {}
_ways_out: dict[str, LetOut] = {}
_places: dict[str, Callable[[Entry], str]] = {}


def keeps(*kinds: str) -> Callable[[Keep], Keep]:
    """Have `keep(project, entry)` bring a room's tables up to each new entry of these kinds.

    It is called in the transaction that appends, whoever appended: what was said at once, and what
    waited for a look. Replaying the room's log calls it again.
    """

    def enrol(keep: Keep) -> Keep:
        _keepers.update(dict.fromkeys(kinds, keep))
        return keep

    return enrol


def stands(kind: str) -> Callable[[Callable[[Entry], str]], Callable[[Entry], str]]:
    """Have `say(entry)` give where entries of a kind stand, below their project's address."""

    def enrol(say: Callable[[Entry], str]) -> Callable[[Entry], str]:
        _places[kind] = say
        return say

    return enrol


def place(entry: Entry) -> str:
    """Return where an entry of a room stands, below its project's address: else under its cue."""
    if say := _places.get(entry.kind):
        return say(entry)
    return f"{getattr(entry.fact, 'cue', '') or ''}#say-{entry.position}"


def lets_out(kind: str) -> Callable[[LetOut], LetOut]:
    """Have `way(project, fact, by, at)` let words of a kind be heard that waited for a look.

    It returns the entry, None where they are not heard yet. Of other kinds they are noted.
    """

    def enrol(way: LetOut) -> LetOut:
        _ways_out[kind] = way
        return way

    return enrol


def let_out(
    project: Project, fact: Fact, *, by: str, at: datetime, audience: str = ledger.PUBLIC
) -> Entry | None:
    """Let words be heard that waited for a look; None where their room keeps them for later."""
    if way := _ways_out.get(fact.kind_name):
        return way(project, fact, by, at)
    return note(project, fact, by=by, at=at, audience=audience)


def say(
    project: Project,
    fact: Fact,
    *,
    by: str,
    at: datetime,
    audience: str = ledger.PUBLIC,
    once: str | None = None,
) -> Entry:
    """Append what a voice says to the project's room, once every gate has let it through.

    Not within a transaction: a gate that holds words back keeps them in rows of its own, which
    must outlive its refusal. Raises what gates raise (`gates.Waits` among them, where it waits for
    a look), EntryTooLong.
    """
    gates.pass_through(project, fact, by=by, at=at)
    return note(project, fact, by=by, at=at, audience=audience, once=once)


@transaction.atomic
def note(
    project: Project,
    fact: Fact,
    *,
    by: str,
    at: datetime,
    audience: str = ledger.PUBLIC,
    once: str | None = None,
) -> Entry:
    """Append what needs no gate: what makers say in the room, what was looked at already.

    Raises RoomNotOpen: what was said in a rehearsal would be heard when its curtain rises. That of
    a practice never does.
    """
    require(project.is_raised or practice.is_one(project), RoomNotOpen)
    entry = ledger.append(
        project.room, fact, by=by, happened_at=at, told_at=at, audience=audience, once=once
    )
    if entry.is_new and (keep := _keepers.get(entry.kind)):
        keep(project, entry)
    return entry


def read(
    project: Project, *, audiences: frozenset[str], at: datetime, **narrowed: Any
) -> list[Entry]:
    """Return what a reader may read of a room, as `ledger.read` narrows it.

    Of a room that is closed to them it is nothing. What is hidden is among it: `hidden` says so,
    and whoever shows it leaves its words out.
    """
    if closed.hides(project, audiences):
        return []
    known = ledger.read(project.room, audiences=audiences, at=at, **narrowed)
    return [one for one in known if not isinstance(one, Curtained)]


def horizon(project: Project, *, audiences: frozenset[str], at: datetime) -> int:
    """Return the greatest position of a room that a reader may know of; 0 where it is closed."""
    if closed.hides(project, audiences):
        return 0
    return ledger.horizon(project.room, audiences=audiences, at=at)


def hidden(project: Project, positions: Collection[int]) -> dict[int, str]:
    """Return which of these entries of a room are hidden, each with the reason."""
    rows = Hidden.objects.filter(project=project, position__in=positions)
    return dict(rows.values_list("position", "reason")) if positions else {}


def hide(project: Project, position: int, *, reason: str, at: datetime) -> None:
    """Keep the words of an entry of the room from all but its author and the team."""
    Hidden.objects.update_or_create(
        project=project, position=position, defaults={"reason": reason, "at": at}
    )
    stir(project)


def restore(project: Project, position: int) -> None:
    """Show an entry of the room again."""
    Hidden.objects.filter(project=project, position=position).delete()
    stir(project)


def stir(project: Project) -> None:
    """Say, once the transaction is committed, that something around a project moved.

    Its pages are made anew and its streams told of it, at most four times a second each.
    """
    rows.beat(project.pk)
    bell.signal(project.room_id)


def stir_all(projects: Collection[str]) -> None:
    """Stir some projects, by their ids, all in one order.

    It is done last: whoever cheers or votes meanwhile beats the pulse last, too, and none of them
    waits for what waits for them.
    """
    for one in Project.objects.filter(pk__in=projects).order_by("pk"):
        stir(one)
