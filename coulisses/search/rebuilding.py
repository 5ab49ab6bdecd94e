"""Rebuilding: the index is derived from the logs, and can be made anew from them at any time."""

from collections.abc import Iterator

from django.db import connection, transaction

from coulisses.projects.models import Project
from coulisses.search import feeding, settling
from coulisses.search.models import Bookmark, Slip, State

A_TURN = 500  # entries in one transaction: whoever rebuilds is in a hurry
FORGET_WORDS = "delete from search_word"


@transaction.atomic
def empty() -> None:
    """Forget the whole index; the house's errand would read it anew, and `fill` does it now."""
    list(Bookmark.objects.select_for_update())
    with connection.cursor() as cursor:
        cursor.execute(FORGET_WORDS)
    Slip.objects.all().delete()
    State.objects.all().delete()
    Bookmark.objects.update(position=0)


def fill() -> Iterator[tuple[Project, int]]:
    """Read every log into the index; yield each project and how many of its entries are found."""
    rows = Project.objects.select_related("work", "studio")
    # Their ids at once: no writing of SQLite's begins behind a reading that is not at its end.
    for pk in list(Project.objects.order_by("pk").values_list("pk", flat=True)):
        while feeding.turn(project := rows.get(pk=pk), limit=A_TURN):
            pass
        settling.settle(project.pk)
        yield project, Slip.objects.filter(project=project).count()
