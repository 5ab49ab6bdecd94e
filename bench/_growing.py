"""Logs as long as one likes, written as telling would have: rows by the thousand, in one go.

Telling a million entries one by one takes the better part of an hour; the leaves, the frontier, the
days and the sittings here are made by the same code, and `coulisses check` finds nothing to say.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from coulisses.lib import canonical
from coulisses.lib.leaf import commitment, leaf_data
from coulisses.lib.tree import Frontier, leaf_hash
from coulisses.log.ledger import PUBLIC
from coulisses.log.models import Entry, Log, Sealed
from coulisses.moments.kinds import MomentTold
from coulisses.projects import telling
from coulisses.projects.models import Day, Project, Sitting

A_WRITE = 5000  # rows of one statement's turn
A_DAY = 548  # entries: a million in five years
BEGAN = datetime(2021, 1, 4, 8, 0, tzinfo=UTC)
A_STEP = timedelta(minutes=1)
RARE = 997  # of so many entries one is a doubt, the next a failure, and holds a rare word
SAID = (
    "the hull reads as round now that light falls from left and every plank of oak took its curve "
    "slowly while we waited for steam glue and patience to do what hands alone could not"
)
WORDS = SAID.split()


def grow(project: Project, by: str, count: int) -> None:
    """Bring a project's log to so many entries, with its days and sittings."""
    log = Log.objects.get(pk=project.work_id)
    frontier = Frontier.from_bytes(log.size, bytes(log.frontier))
    writing = _entries(log, by, count)
    while rows := list(islice(writing, A_WRITE)):
        entries = Entry.objects.bulk_create([entry for entry, _salt, _content in rows])
        Sealed.objects.bulk_create(
            Sealed(entry=entry, salt=salt, content=content)
            for entry, (_entry, salt, content) in zip(entries, rows, strict=True)
        )
        for entry in entries:
            frontier = frontier.append(entry.leaf)
        told = {"size": frontier.size, "frontier": frontier.to_bytes()}
        Log.objects.filter(pk=log.pk).update(**told)
    _derive(project, by)


def kind_of(position: int) -> str:
    """Return what the entry at a position is."""
    return {0: "doubt", 1: "failure"}.get(position % RARE, "progress")


def _entries(log: Log, by: str, count: int) -> Iterator[tuple[Entry, bytes, bytes]]:
    for position in range(log.size + 1, count + 1):
        at = _hour(position)
        said = MomentTold(kind=kind_of(position), title=f"Step {position}", body=_words(position))
        content = canonical.spell(
            {
                "kind": said.kind_name,
                "body": said.spelled(),
                "by": by,
                "audience": PUBLIC,
                "happened_at": canonical.moment(at),
                "told_at": canonical.moment(at),
                "past": False,
            }
        )
        salt = hashlib.sha256(b"%d" % position).digest()
        leaf = leaf_hash(leaf_data(log.pk, position, commitment(salt, content)))
        entry = Entry(
            log_id=log.pk,
            position=position,
            kind=said.kind_name,
            topic=said.kind,
            by=by,
            audience=PUBLIC,
            happened_at=at,
            told_at=at,
            leaf=leaf,
        )
        yield entry, salt, content


def _hour(position: int) -> datetime:
    day, step = divmod(position, A_DAY)
    return BEGAN + timedelta(days=day) + step * A_STEP


def _words(position: int) -> str:
    start = position % len(WORDS)
    said = " ".join(WORDS[start:] + WORDS[:start])
    return f"{said} cormorant" if position % RARE == 0 else said


def _derive(project: Project, by: str) -> None:
    """Make the days and sittings of a log whose steps are known, as following each would."""
    size = Log.objects.get(pk=project.work_id).size
    Sitting.objects.filter(project=project).delete()
    Day.objects.filter(project=project).delete()
    Sitting.objects.bulk_create(_sittings(project, size), batch_size=A_WRITE)
    Day.objects.bulk_create(_days(project, size), batch_size=A_WRITE)
    Project.objects.filter(pk=project.pk).update(stirred_at=_hour(size))


def _sittings(project: Project, size: int) -> Iterator[Sitting]:
    worked = timedelta()
    for first, last in _stretches(size, telling.LONGEST):
        began, ended = _hour(first), _hour(last)
        yield Sitting(
            project=project,
            first_position=first,
            last_position=last,
            started_at=began,
            ended_at=ended,
            count=last - first + 1,
            worked_before=worked,
        )
        worked += ended - began


def _days(project: Project, size: int) -> Iterator[Day]:
    for first, last in _stretches(size, A_DAY):
        kinds = [kind_of(position) for position in range(first, last + 1)]
        yield Day(
            project=project,
            on=_hour(first).date(),
            first_position=first,
            count=len(kinds),
            weight=len(kinds),
            doubts=kinds.count("doubt"),
            failures=kinds.count("failure"),
        )


def _stretches(size: int, longest: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of a day's entries, none longer than so many."""
    first = 1
    while first <= size:
        day_ends = (first // A_DAY + 1) * A_DAY - 1
        last = min(first + longest - 1, day_ends, size)
        yield first, last
        first = last + 1
