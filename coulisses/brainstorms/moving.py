"""What moves beside the log: how many have written in a silent round, which ideas were hidden."""

from datetime import datetime
from typing import Any

from coulisses.brainstorms import yours
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.projects import fronts, signals
from coulisses.projects.models import Hidden, Project

MOST = 200  # ideas hidden within seconds


@signals.of("wall")
def moved(project: Project, audiences: frozenset[str], since: datetime) -> dict[str, Any]:
    """Return how many have written in the silent round that is on, and what was hidden since."""
    of = Brainstorm.objects.filter(pk=project.pk).first()
    if of is None:
        return {}
    of.project = project
    said: dict[str, Any] = {"written": yours.written(of)} if of.is_silent else {}
    hidden = Hidden.objects.filter(project=project, at__gt=since).values("position")
    ideas = Idea.objects.filter(project=project, position__in=hidden).order_by("position")
    if positions := list(ideas.values_list("position", flat=True)[:MOST]):
        said["hidden"] = positions
    return said


@fronts.front
def wall(project: Project) -> str:
    """Return where guests of a brainstorm arrive: at its wall, in the box that ideas leave from."""
    is_one = Brainstorm.objects.filter(pk=project.pk).exists()
    return f"{project.path}wall/#in" if is_one else ""
