"""Closed rooms: what is said around a project is read by those alone who may take part in it.

Whoever may is inside, and that is one more audience of their sight: whatever tells readers apart by
what they may see (kept pages, streams, signals) tells these apart, too. The feature whose room it
is says who is inside.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coulisses.lib.refusals import require
from coulisses.people import acting, rows
from coulisses.people.models import Account
from coulisses.projects.models import Project
from coulisses.projects.refusals import RoomClosed

INSIDE = "inside"  # an audience beside `public` and the tiers, whose ids are longer


@dataclass(frozen=True)
class Asker:
    """Whoever would read: their account, else the voice of the guest whom their session keeps.

    `watches` are the links by which they watch, as `viewers.watching` reads them.
    """

    account: Account | None = None
    guest: str = ""
    session: Mapping[str, Any] = field(default_factory=dict)
    watches: tuple[str, ...] = ()

    @property
    def voice(self) -> str:
        """By which voice they take part; empty for a passer-by."""
        return self.account.voice_id if self.account else self.guest


Admits = Callable[[Project, Sequence[Asker]], Sequence[bool]]

_admits: list[Admits] = []


def by(admits: Admits) -> Admits:
    """Have `admits(project, askers)` say of each, in order, whether they are inside a closed room.

    It asks as many queries for thousands as for one, but for accounts.
    """
    if admits not in _admits:
        _admits.append(admits)
    return admits


def asker(user: Any) -> Asker:
    """Return a request's user (None: a passer-by) with all by which they may be inside."""
    account = user if isinstance(user, Account) and user.is_active else None
    session = getattr(user, "session", {})
    key = None if account else session.get(acting.KEPT)
    guest = rows.guest(key) if key else None
    watches = getattr(user, "watches", ())
    return Asker(account, guest.voice_id if guest else "", session, watches)


def is_inside(project: Project, asker: Asker) -> bool:
    """Return whether somebody may read a closed room."""
    return are_inside(project, [asker])[0]


def are_inside(project: Project, askers: Sequence[Asker]) -> list[bool]:
    """Return of each of these, in order, whether they may read a closed room."""
    said = [admits(project, askers) for admits in _admits]
    return [any(each) for each in zip(*said, strict=True)] or [False] * len(askers)


def hides(project: Project, audiences: Collection[str]) -> bool:
    """Return whether a project's room is closed to whoever has these audiences."""
    return project.is_room_closed and INSIDE not in audiences


def hides_now(project: Project, audiences: Collection[str]) -> bool:
    """Return what `hides` does, asked anew: for what holds a project longer than a request."""
    closed = Project.objects.filter(pk=project.pk, is_room_closed=True)
    return INSIDE not in audiences and closed.exists()


def require_open(project: Project, audiences: Collection[str]) -> None:
    """Raise RoomClosed for whoever has not the audiences by which a room is read."""
    require(not hides(project, audiences), RoomClosed)
