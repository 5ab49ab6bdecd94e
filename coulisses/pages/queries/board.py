"""What is on: projects by what stirred last, each with a picture of the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.capture import faces
from coulisses.projects import arranged, billed, stirred
from coulisses.projects import shown as shown_to
from coulisses.projects.models import Project, Studio
from coulisses.sessions import queries as sessions
from coulisses.sessions.models import Session
from coulisses.ui.pictures import Picture

LENGTH = 24


@dataclass(frozen=True)
class Bill:
    """A project's poster on the wall; somebody may work there live, or have said when.

    `what` it is, in a word, where it is no work in the making.
    """

    project: Project
    picture: Picture | None
    running: Session | None = None
    next: Session | None = None
    what: Any = ""


@dataclass(frozen=True)
class Board:
    """A wall of posters; `older` is where the next one goes on."""

    bills: Sequence[Bill]
    older: str = ""

    @property
    def until(self) -> datetime | None:
        """Until when it holds by itself: an announced session's time is over then."""
        ends = [bill.next.planned_until for bill in self.bills if bill.next]
        return min((end for end in ends if end), default=None)


def read(user: Any, *, at: datetime, after: str = "", studio: Studio | None = None) -> Board:
    """Return raised projects, newest activity first, and the rehearsals that the asker may watch.

    Those of one studio stand in its own order.
    `after` is the `older` of the wall before. Raises PlaceMalformed.
    """
    rows = shown_to.visible(user)
    if studio:
        shown, older = arranged.page(rows.filter(studio=studio), after=after, limit=LENGTH)
    else:
        shown, older = stirred.page(rows, after=after, limit=LENGTH)
    named = [project.pk for project in shown]
    pictures, running = faces.of(shown), sessions.running(named)
    coming, what = sessions.next_of(named, at=at), billed.words(named)
    bills = [
        Bill(
            *(one, pictures.get(one.pk), running.get(one.pk), coming.get(one.pk)),
            what=what.get(one.pk, ""),
        )
        for one in shown
    ]
    return Board(bills, older)
