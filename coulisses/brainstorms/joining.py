"""What this room says to those below it: who took part, and how."""

from collections.abc import Iterator

from coulisses.brainstorms.models import Idea
from coulisses.log.models import Entry
from coulisses.projects import credited, heard
from coulisses.projects.credited import Act
from coulisses.projects.models import Project


@heard.stands("idea.thrown")
def place(entry: Entry) -> str:
    """Return where an idea stands: the page of the wall that shows it."""
    return _place(entry.position)


@heard.stands("family.named")
def where_named(entry: Entry) -> str:
    """Return where the name of a family stands: at the table."""
    return "wall/table/"


@credited.by
def took_part(project: Project) -> Iterator[Act]:
    """Yield the first idea of each voice, and the first of theirs that was kept."""
    known: set[tuple[str, str]] = set()
    ideas = list(Idea.objects.filter(project=project, is_gone=False).order_by("position"))
    hours = dict(
        Entry.objects.filter(log=project.room_id, kind="idea.thrown").values_list(
            "position", "told_at"
        )
    )
    for idea in ideas:
        for role in ("voice", "lead") if idea.is_kept else ("voice",):
            if (idea.voice, role) not in known and idea.position in hours:
                known.add((idea.voice, role))
                yield Act(idea.voice, role, hours[idea.position], _place(idea.position))


def _place(position: int) -> str:
    return f"wall/ideas/{position}/"
