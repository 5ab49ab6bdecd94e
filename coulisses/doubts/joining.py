"""How this room meets the others: whom its entries concern, who is credited, what waits."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coulisses.doubts import leads, life
from coulisses.doubts.kinds import LeadDeveloped
from coulisses.doubts.models import Lead, Life
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import answered, concerned, credited, waiting
from coulisses.projects.answered import Answer
from coulisses.projects.concerned import Concern
from coulisses.projects.credited import Act
from coulisses.projects.models import Hidden, Project, Role
from coulisses.projects.sight import Sight
from coulisses.projects.waiting import AnsweredMeanwhile, Waiting

A_READ = 500


@concerned.by(
    "lead.offered", lead_offered=_("%(who)s offered a lead to your doubt in “%(title)s”.")
)
def whose_doubt(project: Project, entry: Entry) -> Iterator[Concern]:
    """A lead is the business of whoever told the doubt."""
    cue = getattr(entry.fact, "cue", 0)
    doubt = Entry.objects.filter(log=project.work_id, position=cue).values_list("by", flat=True)
    for voice in doubt:
        yield _concern(voice, "lead_offered", cue, entry.position)


@concerned.by("lead.developed", lead_developed=_("%(who)s took your lead in “%(title)s” further."))
def whose_lead(project: Project, entry: Entry) -> Iterator[Concern]:
    """What takes a lead further is the business of whoever offered it."""
    for lead in Lead.objects.filter(project=project, position=entry.about or 0):
        yield _concern(lead.voice_id, "lead_developed", lead.doubt, lead.position)


@concerned.by("lead.kept", lead_kept=_("Your lead in “%(title)s” is kept."))
def whose_lead_is_kept(project: Project, entry: Entry) -> Iterator[Concern]:
    """A lead that is kept is the business of whoever offered it, or took it further."""
    return _answered(project, entry, "lead_kept")


@concerned.by("lead.put_by", lead_put_by=_("%(who)s answered your lead in “%(title)s”."))
def whose_lead_is_put_by(project: Project, entry: Entry) -> Iterator[Concern]:
    """A lead that is put by is the business of whoever offered it, or took it further."""
    return _answered(project, entry, "lead_put_by")


@concerned.by(
    "doubt.settled",
    doubt_settled=_("A doubt in “%(title)s” that you offered a lead to is settled."),
)
def who_helped_to_settle(project: Project, entry: Entry) -> Iterator[Concern]:
    """The end of a doubt is the business of those who offered it leads."""
    return _helped(project, entry, "doubt_settled")


@concerned.by(
    "doubt.let_go", doubt_let_go=_("A doubt in “%(title)s” that you offered a lead to was let go.")
)
def who_helped_with_what_is_let_go(project: Project, entry: Entry) -> Iterator[Concern]:
    """The end of a doubt is the business of those who offered it leads."""
    return _helped(project, entry, "doubt_let_go")


@credited.by
def acts(project: Project) -> Iterator[Act]:
    """Whoever offered a lead that was kept, or took one further; the seed is what others grew.

    What is hidden is among neither: its author's name rolls no more than its words.
    """
    kept = {
        one.position: one
        for one in Lead.objects.filter(project=project, state="kept").order_by("at")
    }
    unheard = set(_hidden(project).values_list("position", flat=True))
    for lead in kept.values():
        if lead.position not in unheard:
            yield _act(lead, lead.voice_id, "lead", lead.at)
    positions = list(kept)
    for start in range(0, len(positions), A_READ):
        for about, voice, at in _grown(project, positions[start : start + A_READ]):
            lead = kept[about]
            yield _act(lead, voice, "lead", at)
            if voice != lead.voice_id and about not in unheard:
                yield _act(lead, lead.voice_id, "seed", lead.at)


@answered.by
def answers(project: Project, doubts: Collection[int]) -> Iterator[Answer]:
    """Yield the first lead of others that each doubt was offered, and how it ended."""
    team = Role.objects.filter(studio=project.studio_id).values("account__voice")
    offered = Lead.objects.filter(project=project, doubt__in=doubts).exclude(state="gone")
    offered = offered.exclude(Q(voice__in=team) | Q(voice__became__in=team))
    for doubt, at in offered.values_list("doubt").annotate(Min("at")):
        yield Answer(doubt, at)
    over = Life.objects.filter(project=project, position__in=doubts, state__in=life.OVER)
    for position, at, state in over.values_list("position", "at", "state"):
        yield Answer(position, at, ends=state)


def count(project: Project) -> int:
    """Return how many leads of others wait for a word of the team."""
    return _waiting(project).count()


@waiting.by("leads", _("a lead"), count)
def oldest(project: Project, limit: int) -> Iterator[Waiting]:
    """Yield the leads of others that have waited longest for a word of the team."""
    found = {one.position: one for one in _waiting(project).order_by("at", "pk")[:limit]}
    rows = Entry.objects.filter(log=project.room_id, position__in=found)
    told = {one.position: one for one in rows.select_related("sealed")}
    for position, lead in found.items():
        if position in told:
            yield Waiting(
                key=str(position),
                voice=lead.voice_id,
                words=told[position].fact.headline(),
                place=_place(lead.doubt, position),
                at=lead.at,
            )


@waiting.answered("leads", keep=_("Keep it"), put_by=_("Put it by"))
def answer(
    project: Project, seen: Sight, key: str, act: str, *, words: str, by: str, at: datetime
) -> None:
    """Keep a lead that waits, or put it by. Raises AnsweredMeanwhile, as `leads` does."""
    position = text.number(key) or 0
    lead = _waiting(project).filter(position=position).first()
    require(lead, AnsweredMeanwhile)
    assert lead
    told = ledger.find(project.work, lead.doubt)
    verb = leads.keep if act == "keep" else leads.put_by
    verb(project, told, position, words=words, by=by, at=at)


def _waiting(project: Project) -> QuerySet[Lead]:
    team = Role.objects.filter(studio=project.studio_id).values("account__voice")
    hidden = _hidden(project).values("position")
    rows = Lead.objects.filter(project=project, state="open")
    # Not by a join, for which PostgreSQL would read all the voices of a house.
    theirs = Q(voice__in=team) | Q(voice__in=Voice.objects.filter(became__in=team).values("pk"))
    return rows.exclude(theirs | Q(position__in=hidden))


def _answered(project: Project, entry: Entry, why: str) -> Iterator[Concern]:
    for lead in Lead.objects.filter(project=project, position=entry.about or 0):
        grown = {voice for _about, voice, _at in _grown(project, [lead.position])}
        for voice in sorted({lead.voice_id} | grown):
            yield _concern(voice, why, lead.doubt, lead.position)


def _helped(project: Project, entry: Entry, why: str) -> Iterator[Concern]:
    doubt = entry.about or 0
    offered = Lead.objects.filter(project=project, doubt=doubt).exclude(state="gone")
    voices = offered.values_list("voice", flat=True)
    for voice in voices.distinct().order_by("voice").iterator(chunk_size=A_READ):
        yield Concern(voice=voice, why=why, place=str(doubt), thread=f"doubt-{doubt}")


def _grown(project: Project, leads: list[int]) -> list[Any]:
    """Return what took leads further: which lead, whose voice, when; oldest first.

    Not what is hidden of it.
    """
    kind = LeadDeveloped.kind_name
    rows = Entry.objects.filter(log=project.room_id, kind=kind, about__in=leads)
    rows = rows.filter(sealed__isnull=False)
    rows = rows.exclude(position__in=_hidden(project).values("position"))
    return list(rows.order_by("position").values_list("about", "by", "told_at"))


def _hidden(project: Project) -> QuerySet[Hidden]:
    return Hidden.objects.filter(project=project)


def _act(lead: Lead, voice: str, role: str, at: datetime) -> Act:
    return Act(voice, role, at, place=_place(lead.doubt, lead.position), audience=lead.audience)


def _concern(voice: str, why: str, doubt: int, position: int) -> Concern:
    return Concern(voice=voice, why=why, place=_place(doubt, position), thread=f"doubt-{doubt}")


def _place(doubt: int, position: int) -> str:
    return f"{doubt}#say-{position}"
