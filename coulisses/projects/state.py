"""What is read once for everybody of the same sight, for as long as a project's state stands."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from coulisses.projects.models import Project
from coulisses.projects.recent import Recent
from coulisses.projects.sight import Sight

HOUR = 3600  # seconds; with a full hour, hidden entries may show themselves

T = TypeVar("T")


class Eyes(Protocol):
    """Whoever reads: what they may see, in which language, and when."""

    @property
    def sight(self) -> Sight:
        """What they may see."""

    @property
    def language(self) -> str:
        """In which language they read."""

    @property
    def at(self) -> datetime:
        """When they read."""


def kept(project: Project, eyes: Eyes, key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` does, once for each state of a project.

    It must follow from that state and from what a reader may see: from nothing of one person, and
    from no hour but the full one. `key` tells it from others. A project that was not looked up by
    its address has no state, and is read each time.
    """
    if project.state is None:
        return read()
    hour = int(eyes.at.timestamp()) // HOUR
    sight = eyes.sight.audiences, eyes.sight.role, eyes.sight.is_viewer, eyes.language
    whole = (project.pk, project.path, project.state, hour, sight, key)
    return cast("T", _kept.get(whole, read))


_kept: Recent[Any] = Recent(512)
