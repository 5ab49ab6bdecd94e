"""What a room reads from the log, in a thread: rows after a position, spelled once for all."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from coulisses.live import frames
from coulisses.live.frames import Frame, Render
from coulisses.log import ledger
from coulisses.log.models import Entry, Log
from coulisses.projects.models import Project

PAGE = 100  # entries read at once


@dataclass(frozen=True, slots=True)
class Batch:
    """Frames after a position. `size` is the log's at the time, `at` the clock's.

    `retells` says that something in it speaks of an earlier entry, whose frame may now differ.
    """

    frames: list[Frame]
    position: int
    size: int
    at: datetime
    is_full: bool = False
    retells: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of all frames."""
        return b"".join(frame.data for frame in self.frames)


@dataclass(frozen=True, slots=True)
class Source:
    """A project's log as one audience reads it, in one flavour (a language, or JSON)."""

    project: Project
    audiences: frozenset[str]
    flavour: str
    render: Render

    @property
    def key(self) -> tuple[str, tuple[str, ...] | None, str]:
        """What rooms are told apart by; None stands for the team's audiences."""
        is_team = self.audiences is ledger.EVERYTHING
        eyes = None if is_team else tuple(sorted(self.audiences))
        return self.project.work_id, eyes, self.flavour

    def after(self, position: int, before: int | None = None) -> Batch:
        """Read up to PAGE entries after a position, and before another where it is given."""
        at = datetime.now(UTC)
        log = self.project.work
        # Before the rows: what is told between the two makes the size look old, and is looked for.
        size = Log.objects.values_list("size", flat=True).get(pk=log.pk)
        known = ledger.read(
            log, audiences=self.audiences, at=at, after=position, before=before, limit=PAGE
        )
        spelled = frames.entries(
            self.project, known, self.flavour, self.render, settings.PUBLIC_URL
        )
        reached = known[-1].position if known else position
        return Batch(
            spelled,
            reached,
            size,
            at,
            is_full=len(known) == PAGE,
            retells=any(isinstance(one, Entry) and one.about for one in known),
        )

    def horizon(self) -> Batch:
        """Return an empty batch at the greatest position that this audience may know of."""
        at = datetime.now(UTC)
        log = self.project.work
        size = Log.objects.values_list("size", flat=True).get(pk=log.pk)
        return Batch([], ledger.horizon(log, audiences=self.audiences, at=at), size, at)


def sizes(log_ids: list[str]) -> dict[str, int]:
    """Return how many entries each log holds."""
    return dict(Log.objects.filter(pk__in=log_ids).values_list("pk", "size"))
