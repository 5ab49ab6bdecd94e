"""Following: an errand reads what was told in each project, and asks whose business it is.

A bookmark for each log says how far it came. It moves once all are written down whom the entries
before it concern; who has a notice of an entry gets no second one, so a process may die anywhere.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.notices import writing
from coulisses.notices.models import ROOM, WORK, Pulled
from coulisses.notices.writing import Told
from coulisses.projects import concerned, shown
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE

AT_ONCE = 20  # projects looked at in one turn
A_READ = 200  # entries of one log in one turn
BEHIND = 500  # entries of each log that a house looks back on where it never looked before
A_WHILE = timedelta(seconds=10)
FRESH = timedelta(days=2)  # what is older is no news: it was told elsewhere, or before this room


def pull() -> bool:
    """Tell people of what is new in some projects; return whether there may be more."""
    now = timezone.now()
    behind = (
        Q(noticed=None)
        | Q(work__size__gt=F("noticed__work"))
        | Q(room__size__gt=F("noticed__room"))
    )
    rows = Project.objects.filter(shown.public()).filter(behind)
    turn = rows.order_by(F("noticed__looked_at").asc(nulls_first=True), "pk")[:AT_ONCE]
    found = turn.select_related("studio", "work", "room", "noticed")
    wrong: list[Exception] = []
    is_more = any([_look_on(one, now, wrong) for one in found])
    if wrong:
        raise wrong[0]
    return is_more


def _look_on(project: Project, now: datetime, wrong: list[Exception]) -> bool:
    """Look at a project; where that fails the others' turn comes before its own comes again."""
    try:
        return _look(project, now)
    except Exception as error:
        wrong.append(error)
        Pulled.objects.filter(pk=project.pk).update(looked_at=now)
        return False


def begin_behind(project: Project, *, at: datetime) -> None:
    """Have nobody be told of what a project has brought along from another house."""
    reached = {"work": project.work.size, "room": project.room.size, "looked_at": at}
    Pulled.objects.update_or_create(project=project, defaults=reached)


def _look(project: Project, now: datetime) -> bool:
    begun = {"work": max(0, project.work.size - BEHIND), "room": max(0, project.room.size - BEHIND)}
    mark, _is_new = Pulled.objects.get_or_create(
        project=project, defaults={**begun, "looked_at": now}
    )
    is_more = [_follow(project, mark, name, now) for name in (WORK, ROOM)]
    if now - mark.looked_at > A_WHILE:  # while something is in its first minute, each call looks
        Pulled.objects.filter(pk=project.pk).update(looked_at=now)
    return any(is_more)


def _follow(project: Project, mark: Pulled, name: str, now: datetime) -> bool:
    """Follow one log a stretch; return whether it goes on."""
    log, after = getattr(project, name), getattr(mark, name)
    found = ledger.read(log, audiences=ledger.EVERYTHING, at=now, after=after, limit=A_READ)
    upto = after
    for entry in found:
        assert isinstance(entry, Entry)
        if name == WORK and entry.told_at > now - GRACE:
            break  # it may be taken back, and nobody has heard
        if not (entry.past or entry.is_shredded) and entry.told_at > now - FRESH:
            is_said = not entry.fact.is_quiet
            told = Told(project, name, entry.position, entry.by, entry.audience, is_said=is_said)
            writing.write(told, concerned.of(project, entry), at=now)
        upto = entry.position
    if upto > after:
        mine = Pulled.objects.filter(pk=project.pk, **{name: after})
        mine.update(**{name: upto}, looked_at=now)
    return len(found) == A_READ and upto == found[-1].position
