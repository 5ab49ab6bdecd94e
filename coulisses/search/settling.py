"""Settling: entries that brought a file's newest state are found by its text, and older ones no
more.

What is due stands in rows, so that a house killed in the middle goes on; a preview that comes after
its entry, as agents send them, makes it due again. Texts are read and folded before the lock is
taken, and what they are of is asked again behind it.
"""

import threading
from collections import defaultdict

from django.db import transaction
from django.db.models import Max

from coulisses.lib import text
from coulisses.log.models import Log
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.projects.models import Project
from coulisses.search import feeding, states
from coulisses.search.models import Looked, Slip, State
from coulisses.search.texts import Text

REST = 5.0  # seconds between two looks that nobody called for: texts come after their entries
A_STEP = 25  # entries in one transaction
A_FEW = 8  # of which so many are written: whoever tells waits no longer than for these
A_LOOK = 500  # previews
LATE = 200  # previews that another process may commit after later ones
MOST_READ = 64 * 1024  # bytes of one file; the rest of it is not found
MOST_OF_ONE = 128 * 1024  # characters of one entry's files


class Arrivals:
    """What one process remembers of the previews that have come."""

    def __init__(self) -> None:
        self._known: set[int] = set()
        self._lock = threading.Lock()

    def look(self) -> None:
        """Make due what shows a text that has come since the last look."""
        newest = Preview.objects.aggregate(last=Max("pk"))["last"] or 0
        with self._lock:
            if newest not in self._known:
                self._known = self._read(newest)

    def _read(self, newest: int) -> set[int]:
        """Make due what previews after the mark show; return which need not be looked at again."""
        mark, _new = Looked.objects.get_or_create(pk=Looked.ONLY, defaults={"preview": newest})
        rows = Preview.objects.filter(pk__gt=mark.preview - LATE).order_by("pk")
        come = list(rows.values_list("pk", "variant", "version__log", "version__name")[:A_LOOK])
        new = [one for one in come if one[0] not in self._known and one[1] == states.TEXT]
        _make_due([(log, name) for _pk, _variant, log, name in new])
        upto = come[-1][0] if come else newest
        Looked.objects.filter(pk=mark.pk, preview__lt=upto).update(preview=upto)
        return {one[0] for one in come[-2 * LATE :]} | {upto}


arrivals = Arrivals()


def some() -> bool:
    """Look at the texts that have come, and settle whatever is due; says: no more."""
    arrivals.look()
    waiting = State.objects.filter(is_due=True).values_list("project", flat=True).distinct()
    for project in waiting:
        settle(project)
    return False


def settle(project_id: str) -> None:
    """Bring a project's entries to the texts that hold now, a few in each transaction."""
    while step(Project.objects.select_related("work").get(pk=project_id)):
        pass


def step(project: Project) -> bool:
    """Settle some entries; return whether there may be more that can be settled now."""
    due = states.due(project, limit=A_STEP)
    if not due:
        return False
    shown = states.current(project, due)
    moved = _moved(project, due, shown)
    late = set(sorted(moved)[:-A_FEW])
    moved -= late
    due = [one for one in due if one not in late]
    shown = [one for one in shown if one.state.position not in late]
    slips = feeding.slips(project, sorted(moved), _texts(shown, moved))
    with transaction.atomic():
        if not _is_as_read(project) or _ids(states.current(project, due)) != _ids(shown):
            return False  # somebody tells, or takes out, just now: the next look has it
        feeding.replace(project, slips, moved)
        states.settle(project, due, shown)
    return True


def read(preview: Preview) -> str:
    """Return the beginning of a file's text, as its page shows it; empty where it is gone."""
    try:
        opened = store.kept(preview).open(range(min(preview.size, MOST_READ)))
    except FileNotFoundError:
        return ""
    try:
        return text.clean(opened.read().decode("utf-8", errors="ignore"))
    finally:
        opened.close()


def _texts(shown: list[states.Shown], moved: set[int]) -> dict[int, list[Text]]:
    """Return the texts of each entry's files, MOST_OF_ONE characters at most."""
    found: dict[int, list[Text]] = defaultdict(list)
    left: dict[int, int] = defaultdict(lambda: MOST_OF_ONE)
    for one in shown:
        position = one.state.position
        if position in moved and left[position] > 0:
            said = read(one.preview)[: left[position]]
            left[position] -= len(said)
            found[position].append(Text(said))
    return found


def _moved(project: Project, due: list[int], shown: list[states.Shown]) -> set[int]:
    """Return those of these entries whose slip is not as it should be, or was torn."""
    before = states.held(project, due)
    other = {state for state, _preview in before ^ _ids(shown)}
    there = Slip.objects.filter(project=project, position__in=due)
    torn = set(due) - set(there.values_list("position", flat=True))
    rows = State.objects.filter(project=project, pk__in=other)
    return torn | set(rows.values_list("position", flat=True))


def _is_as_read(project: Project) -> bool:
    """Whether the index knows all of a project's log. Holds its bookmark."""
    mark = feeding.hold(project)
    return bool(mark.position == Log.objects.get(pk=project.work_id).size)


def _ids(shown: list[states.Shown]) -> set[tuple[int, int]]:
    return {(one.state.pk, one.preview.pk) for one in shown}


def _make_due(come: list[tuple[str, str]]) -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for log, name in come:
        names[log].append(name)
    for project in Project.objects.filter(work__in=names):
        for start in range(0, len(names[project.work_id]), states.A_QUERY):
            some = names[project.work_id][start : start + states.A_QUERY]
            with transaction.atomic():
                feeding.hold(project)
                State.objects.filter(project=project, version__in=some).update(is_due=True)
