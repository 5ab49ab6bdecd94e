"""What others than the team called families: such a name is hidden with a reason, and let go."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from coulisses.brainstorms import gathering
from coulisses.brainstorms.kinds import FamilyNamed
from coulisses.brainstorms.models import Brainstorm, Family, Gesture
from coulisses.brainstorms.refusals import FamilyUnknown
from coulisses.brainstorms.table_refusals import YourTeamNamedIt
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import heard, keeping
from coulisses.projects.models import Hidden, Project

MOST = 50  # names of one family that are hidden in one go


def is_by_others(project: Project, entry: Entry) -> bool:
    """Whether an entry names a family by a voice outside the team, for all to read."""
    is_hidden = bool(heard.hidden(project, [entry.position]))
    return not is_hidden and not _team(project).filter(pk=entry.by).exists()


@transaction.atomic
def hide(of: Brainstorm, family: int, *, name: str, reason: str, by: str, at: datetime) -> None:
    """Hide what others called a family, with a reason that they read, and call it otherwise.

    Of more than MOST names the latest go first. Raises NameOfAFamily, FamilyUnknown,
    YourTeamNamedIt, and as `Hands.hide`.
    """
    name = gathering.spelled(name)
    known = Family.objects.filter(project=of.project, position=family)
    require(known.exists(), FamilyUnknown)
    found = list(_by_others(of.project, family).order_by("-position")[: MOST + 1])
    require(found, YourTeamNamedIt)
    for entry in found[:MOST]:
        keeping.hands().hide(of.project, entry.position, reason=reason, by=by, at=at)
    heard.note(of.project, FamilyNamed(name=name, about=family), by=by, at=at)
    known.update(is_named_by_others=len(found) > MOST)
    _undo_no_more(of, family)


def to_let_go(project: Project) -> Iterator[int]:
    """Yield the entries that hold a name by a voice outside the team, the earliest first."""
    told = _told(project).exclude(by__in=_team(project).values("pk")).order_by("position")
    for entry in told.iterator(chunk_size=100):
        if entry.fact.headline():  # one that let a family go holds none
            yield entry.position


def forget(project: Project, entry: Entry) -> None:
    """Call a family as it was called by what is left, as a name loses its words; else let it go."""
    position = entry.about or entry.position
    rest = _of_a_family(project, position).exclude(position=entry.position)
    last = rest.order_by("-position").first()
    known = Family.objects.filter(project=project, position=position)
    name = last.fact.headline() if last else ""
    if name:
        known.update(name=name)
    else:
        known.delete()


def _by_others(project: Project, family: int) -> QuerySet[Entry]:
    hidden = Hidden.objects.filter(project=project).values("position")
    named = _of_a_family(project, family).exclude(position__in=hidden)
    return named.exclude(by__in=_team(project).values("pk"))


def _of_a_family(project: Project, family: int) -> QuerySet[Entry]:
    return _told(project).filter(Q(position=family) | Q(about=family))


def _told(project: Project) -> QuerySet[Entry]:
    named = {"log": project.room_id, "kind": FamilyNamed.kind_name, "sealed__isnull": False}
    return Entry.objects.filter(**named).select_related("sealed")


def _team(project: Project) -> QuerySet[Voice]:
    """Return the voices of a team, and those that became theirs."""
    studio = project.studio_id
    own = Q(account__roles__studio=studio) | Q(became__account__roles__studio=studio)
    return Voice.objects.filter(own)


def _undo_no_more(of: Brainstorm, family: int) -> None:
    """Have no gesture bring a hidden name back."""
    for one in Gesture.objects.filter(project=of.project).iterator(chunk_size=100):
        if any(said["kind"] == FamilyNamed.kind_name and said["body"].get("about") == family
               and said["body"].get("name") for said in one.undo):  # fmt: skip
            one.delete()
