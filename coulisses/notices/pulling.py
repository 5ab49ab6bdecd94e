"""Following: an errand reads what was told in each project, and asks whose business it is.

A bookmark for each log says how far it came. It moves once all are written down whom the entries
before it concern; who has a notice of an entry gets no second one, so a process may die anywhere.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.notices import writing
from coulisses.notices.models import ROOM, WORK, Pulled
from coulisses.notices.writing import Told
from coulisses.projects import concerned, moved, shown
from coulisses.projects.models import Moved, Project
from coulisses.projects.telling import GRACE

READER = "notices"
AT_ONCE = 20  # projects looked at in one turn
A_READ = 200  # entries of one log in one turn
BEHIND = 500  # entries of each log that a house looks back on where it never looked before
FRESH = timedelta(days=2)  # what is older is no news: it was told elsewhere, or before this room


def pull() -> bool:
    """Tell people of what is new in some projects; return whether there may be more."""
    now = timezone.now()
    found = list(moved.awaiting(READER)[:AT_ONCE])
    public = Project.objects.filter(shown.public()).select_related("studio", "work", "room")
    projects = public.in_bulk([one.project_id for one in found])
    wrong: list[Exception] = []
    is_more = [_look_on(one, projects.get(one.project_id), now, wrong) for one in found]
    if wrong:
        raise wrong[0]
    return len(found) == AT_ONCE or any(is_more)


def _look_on(one: Moved, project: Project | None, now: datetime, wrong: list[Exception]) -> bool:
    """Look at what moved; return whether it goes on. What nobody sees yet moves when it is shown.

    Where looking fails the others' turn comes before its own comes again.
    """
    again = None
    try:
        again = _look(project, now) if project else None
    except Exception as error:
        wrong.append(error)
        again = now
    if again:
        moved.look_again(one, at=again)
    else:
        moved.looked_at(one)
    return again == now


def begin_behind(project: Project) -> None:
    """Have nobody be told of what a project has brought along from another house."""
    reached = {"work": project.work.size, "room": project.room.size}
    Pulled.objects.update_or_create(project=project, defaults=reached)


def _look(project: Project, now: datetime) -> datetime | None:
    """Follow both logs a stretch; return when there is more to look at, None where there is not."""
    begun = {"work": max(0, project.work.size - BEHIND), "room": max(0, project.room.size - BEHIND)}
    mark, _is_new = Pulled.objects.get_or_create(project=project, defaults=begun)
    ends = [_follow(project, mark, name, now) for name in (WORK, ROOM)]
    return min((one for one in ends if one), default=None)


def _follow(project: Project, mark: Pulled, name: str, now: datetime) -> datetime | None:
    """Follow one log a stretch; return when to go on, None at its end."""
    log, after = getattr(project, name), getattr(mark, name)
    if log.size <= after:
        return None
    found = ledger.read(log, audiences=ledger.EVERYTHING, at=now, after=after, limit=A_READ)
    upto, again = after, now if len(found) == A_READ else None
    for entry in found:
        assert isinstance(entry, Entry)
        if name == WORK and entry.told_at > now - GRACE:
            again = entry.told_at + GRACE  # until then it may be taken back, and nobody has heard
            break
        if not (entry.past or entry.is_shredded) and entry.told_at > now - FRESH:
            is_said = not entry.fact.is_quiet
            told = Told(project, name, entry.position, entry.by, entry.audience, is_said=is_said)
            writing.write(told, concerned.of(project, entry), at=now)
        upto = entry.position
    if upto > after:
        mine = Pulled.objects.filter(pk=project.pk, **{name: after})
        mine.update(**{name: upto})
    return again
