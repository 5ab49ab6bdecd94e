"""What a room reads from the log, in a thread: rows after a position, spelled once for all."""

from dataclasses import dataclass
from datetime import UTC, datetime

from coulisses.live import frames
from coulisses.live.frames import Frame, Render
from coulisses.log import ledger
from coulisses.log.models import Entry, Log
from coulisses.projects import closed
from coulisses.projects.models import Project

PAGE = 100  # entries read at once


@dataclass(frozen=True, slots=True)
class Batch:
    """Frames after a position, read at some hour of the clock.

    `retells` says that something in it speaks of an earlier entry, whose frame may now differ;
    `is_shut` that the room was closed to these readers since.
    """

    frames: list[Frame]
    position: int
    at: datetime
    is_full: bool = False
    retells: bool = False
    is_shut: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of all frames."""
        return b"".join(frame.data for frame in self.frames)


@dataclass(frozen=True, slots=True)
class Source:
    """A log of a project as one audience reads it, in one flavour (a language, or JSON).

    `base` stands before the addresses in objects: scheme and host as they were asked for. A source
    that `is_room` reads what voices say instead of what makers tell.
    """

    project: Project
    audiences: frozenset[str]
    flavour: str
    render: Render
    base: str = ""
    is_room: bool = False

    @property
    def log(self) -> Log:
        """The log that is read: the work, or the room."""
        return self.project.room if self.is_room else self.project.work

    @property
    def key(self) -> tuple[str, tuple[str, ...] | None, str, str]:
        """What rooms are told apart by; None stands for the team's audiences."""
        is_team = self.audiences is ledger.EVERYTHING
        eyes = None if is_team else tuple(sorted(self.audiences))
        return self.log.pk, eyes, self.flavour, self.base

    def after(self, position: int, before: int | None = None) -> Batch:
        """Read up to PAGE entries after a position, and before another where it is given."""
        at = datetime.now(UTC)
        if self.is_shut():
            return Batch([], position, at, is_shut=True)
        known = ledger.read(
            self.log, audiences=self.audiences, at=at, after=position, before=before, limit=PAGE
        )
        spelled = frames.entries(self, known)
        reached = known[-1].position if known else position
        return Batch(
            spelled,
            reached,
            at,
            is_full=len(known) == PAGE,
            retells=any(isinstance(one, Entry) and one.about for one in known),
        )

    def is_shut(self) -> bool:
        """Return whether this is a room that is closed to its readers now."""
        return self.is_room and closed.hides_now(self.project, self.audiences)

    def horizon(self) -> Batch:
        """Return an empty batch at the greatest position that this audience may know of."""
        at = datetime.now(UTC)
        return Batch([], ledger.horizon(self.log, audiences=self.audiences, at=at), at)


def sizes(log_ids: list[str]) -> dict[str, int]:
    """Return how many entries each log holds."""
    return dict(Log.objects.filter(pk__in=log_ids).values_list("pk", "size"))
