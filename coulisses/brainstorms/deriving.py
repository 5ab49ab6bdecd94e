"""What stands now, derived from the room's log as it grows; a replay makes it anew."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from coulisses.brainstorms import course, naming, rows, voting
from coulisses.brainstorms.kinds import (
    DotsCounted,
    FamilyNamed,
    IdeaSettled,
    IdeasGathered,
    IdeasMerged,
    IdeaThrown,
    PhaseBegun,
    PhaseTimed,
)
from coulisses.brainstorms.models import (
    Brainstorm,
    Family,
    Gesture,
    Idea,
    ProposedFamily,
    Twin,
)
from coulisses.log.models import Entry
from coulisses.projects import heard, revisions, unsaying
from coulisses.projects.models import Project

AT_FIRST = {
    "phase": course.CALLED,
    "phase_position": 0,
    "ends_at": None,
    "left": None,
    "is_stopped": False,
    "is_silent": False,
    "counted_position": 0,
}


@heard.keeps(
    "phase.begun",
    "phase.timed",
    "idea.thrown",
    "family.named",
    "ideas.gathered",
    "ideas.merged",
    "dots.counted",
    "idea.settled",
)
def follow(project: Project, entry: Entry) -> None:
    """Let what was just noted stand."""
    fact: Any = entry.fact
    known = _FOLLOWED.get(type(fact))
    if known and rows.is_one(project.pk):
        known(project, entry, fact)


@unsaying.also
def leave(project: Project, entry: Entry) -> None:
    """Take an idea from the wall whose words are taken back; what stood for it stands by itself.

    A family is called as it was before, where its name is taken back.
    """
    if Idea.objects.filter(project=project, position=entry.position).update(is_gone=True):
        Idea.objects.filter(project=project, into=entry.position).update(into=0)
        voting.give_back(project, entry.position)
    elif entry.kind == FamilyNamed.kind_name:
        naming.forget(project, entry)


@heard.keeps("word.hidden")
def take_down(project: Project, entry: Entry) -> None:
    """Put the dots back that lie on an idea which is taken down: nobody finds it to lift them.

    A replay does not: dots are in no log, and those that lie there came after it was shown again.
    """
    voting.give_back(project, entry.about or 0)


@transaction.atomic
def replay(project: Project) -> None:
    """Derive all of it anew from the room's log as it stands; nothing of what is no brainstorm."""
    if not Brainstorm.objects.filter(pk=project.pk).exists():
        return
    Brainstorm.objects.filter(pk=project.pk).update(**AT_FIRST)
    for model in (Idea, Family, ProposedFamily, Twin, Gesture):
        model.objects.filter(project=project).delete()
    told = Entry.objects.filter(log=project.room_id).select_related("sealed").order_by("position")
    for entry in told.iterator(chunk_size=500):
        if entry.kind == IdeaThrown.kind_name and entry.is_shredded:
            Idea.objects.create(
                project=project, position=entry.position, voice=entry.by, is_gone=True
            )
        elif not entry.is_shredded:
            follow(project, entry)
    ideas = Idea.objects.filter(project=project)
    gone = ideas.filter(is_gone=True).values_list("position", flat=True)
    ideas.filter(into__in=gone).update(into=0)  # what stood for it stands by itself


def _begun(project: Project, entry: Entry, fact: PhaseBegun) -> None:
    Brainstorm.objects.filter(pk=project.pk).update(
        phase=fact.phase,
        phase_position=entry.position,
        ends_at=_hour(fact.ends_at),
        left=None,
        is_stopped=False,
        is_silent=fact.is_silent,
    )
    for work in Project.objects.filter(brainstorms=project.pk):
        revisions.bump(work)  # its stage says which are to come, and which are on


def _timed(project: Project, entry: Entry, fact: PhaseTimed) -> None:
    left = timedelta(milliseconds=fact.left) if fact.left is not None else None
    Brainstorm.objects.filter(pk=project.pk).update(
        ends_at=_hour(fact.ends_at), left=left, is_stopped=fact.is_stopped
    )


def _thrown(project: Project, entry: Entry, fact: IdeaThrown) -> None:
    rows.throw(project.pk, entry.position, entry.by, builds_on=fact.builds_on)


def _named(project: Project, entry: Entry, fact: FamilyNamed) -> None:
    position = fact.about or entry.position
    if not fact.name:
        Family.objects.filter(project=project, position=position).delete()
        return
    said = {"is_named_by_others": True} if naming.is_by_others(project, entry) else {}
    Family.objects.update_or_create(
        project=project, position=position, defaults={"name": fact.name, **said}
    )


def _gathered(project: Project, entry: Entry, fact: IdeasGathered) -> None:
    Idea.objects.filter(project=project, position__in=fact.ideas).update(family=fact.family)


def _merged(project: Project, entry: Entry, fact: IdeasMerged) -> None:
    ideas = Idea.objects.filter(project=project)
    if fact.into:
        ideas.filter(into__in=fact.ideas).update(into=fact.into)
    ideas.filter(position__in=fact.ideas).update(into=fact.into)


def _counted(project: Project, entry: Entry, fact: DotsCounted) -> None:
    Idea.objects.filter(project=project).exclude(dots=0).update(dots=0)
    if fact.totals:
        rows.count(project.pk, fact.totals)
    Brainstorm.objects.filter(pk=project.pk).update(counted_position=entry.position)


def _settled(project: Project, entry: Entry, fact: IdeaSettled) -> None:
    ideas = Idea.objects.filter(project=project, position=fact.about)
    if fact.is_undone:
        ideas.update(is_kept=None, settled_position=0)
    else:
        ideas.update(is_kept=fact.is_kept, settled_position=entry.position)


def _hour(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


_FOLLOWED: dict[type, Any] = {
    PhaseBegun: _begun,
    PhaseTimed: _timed,
    IdeaThrown: _thrown,
    FamilyNamed: _named,
    IdeasGathered: _gathered,
    IdeasMerged: _merged,
    DotsCounted: _counted,
    IdeaSettled: _settled,
}
