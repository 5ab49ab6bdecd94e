"""Forgetting: what is shredded is found no more, from the very transaction that shreds it."""

from coulisses.log import kinds
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.search import feeding, rows, states
from coulisses.search.models import Slip, State


def forget(project: Project, entry: Entry) -> None:
    """Tear the slip of an entry that loses its words, and of those whose words it holds.

    The one that it says anew, and others that show the same files, come back with what holds then.
    """
    feeding.hold(project)
    positions = {entry.position}
    spoken = kinds.of(entry.kind)
    if entry.about and spoken is not None and spoken.says_anew:
        positions.add(entry.about)
    positions |= states.let_go(project, entry)
    rows.tear(Slip.objects.filter(project=project, position__in=positions))


def forget_all(project: Project) -> None:
    """Tear every slip of a project that is withdrawn whole."""
    feeding.hold(project)
    rows.tear(Slip.objects.filter(project=project).iterator(chunk_size=200))
    State.objects.filter(project=project).delete()
