"""What a host sets beside the course: the big screen, the doors, whether ideas wait for a look."""

from datetime import datetime
from typing import Any

from coulisses.brainstorms import throwing
from coulisses.brainstorms.models import SCREENS, Brainstorm
from coulisses.brainstorms.refusals import ScreenUnknown
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.projects import heard, keeping, signals
from coulisses.projects.models import Project


def show(of: Brainstorm, screen: str, *, idea: int = 0) -> None:
    """Show something on the big screen: one of SCREENS, an idea by its position.

    Raises ScreenUnknown, IdeaUnknown.
    """
    require(screen in SCREENS, ScreenUnknown)
    if screen == "idea":
        throwing.require_standing(of, idea)
    _set(of, on_screen=screen, screen_idea=idea if screen == "idea" else 0)


def close(of: Brainstorm, *, is_closed: bool) -> None:
    """Take no more ideas, or take them again."""
    _set(of, is_closed=is_closed)


def look_first(of: Brainstorm, *, looks: bool) -> None:
    """Have ideas wait for a look from now on, or stand at once."""
    _set(of, looks_first=looks)


@signals.of("brainstorm")
def moved(project: Project, audiences: frozenset[str], since: datetime) -> Any:
    """Return what pages go by: the chosen picture, whether ideas are taken, who gathers them.

    The team also learns how many words wait.
    """
    columns = ("on_screen", "screen_idea", "is_closed", "who_gathers")
    said = Brainstorm.objects.filter(pk=project.pk).values(*columns).first()
    if said and audiences is ledger.EVERYTHING:
        return {**said, "waiting": keeping.hands().count_waiting(project)}
    return said


def _set(of: Brainstorm, **columns: Any) -> None:
    Brainstorm.objects.filter(pk=of.pk).update(**columns)
    heard.stir(of.project)
