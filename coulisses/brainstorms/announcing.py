"""What a brainstorm tells: in its own log, and in that of the work that it is about."""

from dataclasses import replace
from datetime import datetime

from coulisses.brainstorms.kinds import BrainstormCalled, BrainstormCalledOff, BrainstormOpened
from coulisses.brainstorms.models import Brainstorm
from coulisses.lib import canonical, text
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.projects import shredding, telling, withdrawing
from coulisses.projects.models import Project

LONGEST = 300  # characters of its context that a card says


def spelled(at: datetime | None) -> str:
    """Return a time as logs spell it; empty for none."""
    return canonical.moment(at) if at else ""


def say_called(of: Brainstorm, *, by: str, at: datetime) -> None:
    """Tell in both logs that it is called, and keep where. In a transaction."""
    own = _called(of)
    of.called_position = _tell(of.project, own, by, at).position
    if parent := parent_of(of):
        fact = replace(own, slug=of.project.slug)
        of.told_position = _tell(parent, fact, by, at).position


def _called(of: Brainstorm) -> BrainstormCalled:
    return BrainstormCalled(
        title=of.project.title,
        starts_at=spelled(of.starts_at),
        minutes=of.minutes,
        words=of.project.line or text.cut(text.clean_line(of.context), LONGEST),
    )


def say_on(of: Brainstorm, kind: type[Fact], *, by: str, at: datetime, **said: object) -> None:
    """Tell in both logs what else became of it, about where it was called. In a transaction."""
    _tell(of.project, kind(**said, about=of.called_position), by, at)  # type: ignore[call-arg]
    if of.told_position and (parent := parent_of(of)):
        _tell(parent, kind(**said, about=of.told_position), by, at)  # type: ignore[call-arg]


def say_begun(of: Brainstorm, *, by: str, at: datetime) -> None:
    """Tell the work that it is about that it has begun. In a transaction."""
    if of.told_position and (parent := parent_of(of)):
        named = {"title": of.project.title, "slug": of.project.slug}
        _tell(parent, BrainstormOpened(**named, about=of.told_position), by, at)


def parent_of(of: Brainstorm) -> Project | None:
    """Return the work that a brainstorm is about, where it still stands in its studio."""
    parent = Project.objects.select_related("studio", "work").filter(pk=of.of_id).first()
    is_there = parent and not parent.withdrawn_at and parent.studio_id == of.project.studio_id
    return parent if is_there else None


def _tell(project: Project, fact: Fact, by: str, at: datetime) -> Entry:
    return telling.tell(project, fact, by=by, happened_at=at, told_at=at)


@shredding.also
def forget(project: Project, entry: Entry) -> None:
    """Let go of why it was called off, as that entry is about to lose its words."""
    if entry.kind == BrainstormCalledOff.kind_name:
        Brainstorm.objects.filter(pk=project.pk).update(called_off_because="")


@withdrawing.also
def forget_all(project: Project) -> None:
    """Let go of what a withdrawn brainstorm said of itself."""
    Brainstorm.objects.filter(pk=project.pk).update(called_off_because="", context="")
