"""What this room says to those below it: who took part, and how."""

from collections.abc import Iterator

from coulisses.brainstorms import queries
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
    """Yield the first idea of each voice, and the first of theirs that was kept.

    Whose ideas are all hidden took part in nothing: their names roll no more than their words.
    """
    known: set[tuple[str, str]] = set()
    ideas = queries.shown(project).order_by("position")
    hours = dict(
        Entry.objects.filter(log=project.room_id, kind="idea.thrown").values_list(
            "position", "told_at"
        )
    )
    for position, voice, is_kept in ideas.values_list("position", "voice", "is_kept"):
        for role in ("voice", "lead") if is_kept else ("voice",):
            if (voice, role) not in known and position in hours:
                known.add((voice, role))
                yield Act(voice, role, hours[position], _place(position))


def _place(position: int) -> str:
    return f"wall/ideas/{position}/"
