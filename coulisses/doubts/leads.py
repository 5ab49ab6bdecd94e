"""What may happen to leads: offered by anybody, developed together, kept or put by by makers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from coulisses.doubts import life
from coulisses.doubts.kinds import LeadDeveloped, LeadKept, LeadOffered, LeadPutBy
from coulisses.doubts.models import Lead, Life
from coulisses.doubts.refusals import (
    AnsweredAlready,
    AsksForNoLeads,
    DoubtIsOver,
    LeadIsGrown,
    LeadIsPutBy,
    LeadIsTakenBack,
    LeadNotFound,
    NotYourLead,
    TooManyWords,
    WordsNeeded,
)
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.lib.text import clean, is_seen, unstacked
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import becoming
from coulisses.projects import heard, invites, rows, trail, unsaying
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainHasFallen
from coulisses.projects.telling import hold

LONGEST = 1000  # characters: one idea
MOST_GROWN = 40  # times that a lead is taken further: all of them stand beneath it on its page
OURS = (LeadOffered.kind_name, LeadDeveloped.kind_name)
TAKEN_BACK = "taken_back"  # the reason of what its author took back
TAKEN_OUT = "taken_out"  # … and of what an owner of the studio took out
ANSWERS = {LeadKept.kind_name: "kept", LeadPutBy.kind_name: "put_by"}


def cleaned(words: str, *, is_needed: bool = True) -> str:
    """Return the words of a lead. Raises WordsNeeded, TooManyWords."""
    said = unstacked(clean(words)).strip()
    require(is_seen(said) or not is_needed, WordsNeeded)
    require(len(said) <= LONGEST, TooManyWords, most=LONGEST)
    return said


def offer(project: Project, doubt: Entry, *, words: str, by: str, at: datetime) -> Entry:
    """Offer one idea to a doubt that asks for advice.

    Not within a transaction, as `heard.say`. Raises WordsNeeded, TooManyWords, AsksForNoLeads,
    DoubtIsOver, CurtainHasFallen, and what gates raise.
    """
    said = cleaned(words)
    require_open(project, doubt)
    fact = LeadOffered(cue=doubt.position, words=said)
    return heard.say(project, fact, by=by, at=at, audience=doubt.audience)


def develop(
    project: Project, doubt: Entry, position: int, *, words: str, by: str, at: datetime
) -> Entry:
    """Take a lead further.

    Raises LeadNotFound, LeadIsTakenBack, LeadIsPutBy, LeadIsGrown, and as `offer`.
    """
    said = cleaned(words)
    lead = find(project, doubt, position)
    _require_grows(project, lead)
    require_open(project, doubt)
    fact = LeadDeveloped(cue=doubt.position, about=position, words=said)
    return heard.say(project, fact, by=by, at=at, audience=lead.audience)


@transaction.atomic
def keep(
    project: Project, doubt: Entry, position: int, *, words: str = "", by: str, at: datetime
) -> Entry:
    """Keep a lead: who offered it and who took it further are on the trail to what it became.

    Raises LeadNotFound, AnsweredAlready, TooManyWords.
    """
    said = cleaned(words, is_needed=False)
    lead = _held(project, doubt, position, "kept")
    fact = LeadKept(cue=doubt.position, about=position, words=said)
    told = heard.note(project, fact, by=by, at=at, audience=lead.audience)
    known = Life.objects.filter(project=project, position=doubt.position).first()
    became = (known.settled_by if known else 0) or doubt.position
    trail.tie(project, voice=lead.voice_id, gave=position, became=became, how="kept", at=at)
    for gave, voice in _grown(project, [position]):
        trail.tie(project, voice=voice, gave=gave, became=became, how="kept", at=at)
    return told


@transaction.atomic
def put_by(
    project: Project, doubt: Entry, position: int, *, words: str, by: str, at: datetime
) -> Entry:
    """Put a lead by, with a word why. Raises LeadNotFound, AnsweredAlready, WordsNeeded."""
    said = cleaned(words)
    lead = _held(project, doubt, position, "put_by")
    if lead.state == "kept":
        known = Life.objects.filter(project=project, position=doubt.position).first()
        became = (known.settled_by if known else 0) or doubt.position
        for gave in (position, *(one for one, _voice in _grown(project, [position]))):
            trail.untie(project, gave=gave, became=became)
    fact = LeadPutBy(cue=doubt.position, about=position, words=said)
    return heard.note(project, fact, by=by, at=at, audience=lead.audience)


@transaction.atomic
def take_back(project: Project, entry: Entry, *, by: str, at: datetime, is_owner: bool) -> None:
    """Take out for good a lead, or what took one further: its author does, or an owner.

    Raises LeadIsTakenBack, NotYourLead.
    """
    is_own = becoming.is_theirs(entry.by, by)
    require(is_own or is_owner, NotYourLead)
    require(not entry.is_shredded, LeadIsTakenBack)
    reason = TAKEN_BACK if is_own else TAKEN_OUT
    unsaying.unsay(project, entry.position, reason=reason, by=by, at=at)


def told(project: Project, position: int, *, audiences: frozenset[str], at: datetime) -> Entry:
    """Return a lead, or what took one further, that a reader may read. Raises LeadNotFound."""
    known = 0 < position <= places.GREATEST
    asked: dict[str, Any] = {"audiences": audiences, "at": at, "positions": [position]}
    found = heard.read(project, **asked) if known else []
    require(found and found[0].kind in OURS, LeadNotFound)
    return found[0]


def find(project: Project, doubt: Entry, position: int) -> Lead:
    """Return a lead that a doubt was offered. Raises LeadNotFound."""
    require(position <= places.GREATEST, LeadNotFound)
    lead = Lead.objects.filter(project=project, position=position, doubt=doubt.position).first()
    require(lead, LeadNotFound)
    assert lead
    return lead


def require_open(project: Project, doubt: Entry) -> None:
    """Raise AsksForNoLeads, DoubtIsOver or CurtainHasFallen where a doubt takes no more leads."""
    require(invites.offers(doubt)["leads"], AsksForNoLeads)
    over = Life.objects.filter(project=project, position=doubt.position, state__in=life.OVER)
    require(not over.exists(), DoubtIsOver)
    require(not rows.has_ended(project.pk), CurtainHasFallen)


def kept(project: Project, doubt: int) -> list[int]:
    """Return what kept leads of a doubt, and who took them further, gave: positions in the room."""
    theirs = Lead.objects.filter(project=project, doubt=doubt, state="kept")
    leads = list(theirs.values_list("position", flat=True))
    return [*leads, *(one for one, _voice in _grown(project, leads))]


@heard.keeps(*OURS)
def stand(project: Project, entry: Entry) -> None:
    """Let a lead stand, or what takes it further, where its doubt still asks for it.

    It is asked behind the room's lock: what became of the doubt or the lead while words waited for
    a look holds for them, too. Raises as `offer` and `develop`.
    """
    told = ledger.find(project.work, getattr(entry.fact, "cue", 0))
    require_open(project, told)
    if entry.kind == LeadDeveloped.kind_name:
        lead = find(project, told, entry.about or 0)
        _require_grows(project, lead, before=entry.position)
    else:
        follow(project, entry)


@heard.keeps(*ANSWERS)
def follow(project: Project, entry: Entry) -> None:
    """Bring the leads up to what was said in the room."""
    leads = Lead.objects.filter(project=project)
    if entry.kind in ANSWERS:
        leads.filter(position=entry.about or 0).update(state=ANSWERS[entry.kind])
        return
    _lay(project, entry, getattr(entry.fact, "cue", 0))


@unsaying.also
def leave(project: Project, entry: Entry) -> None:
    """Let a lead go whose words are taken out: nobody waits for an answer any more.

    Where others took it further its place stands, without words, with theirs beneath it.
    """
    if entry.kind == LeadDeveloped.kind_name and not _others(project, entry, entry.about or 0):
        _gone(project).filter(position=entry.about or 0).delete()
    lead = Lead.objects.filter(project=project, position=entry.position)
    if _others(project, entry, entry.position):
        lead.exclude(state="kept").update(state="gone")
    else:
        lead.delete()


@transaction.atomic
def replay(project: Project) -> None:
    """Derive the leads anew from the room's log as it stands."""
    Lead.objects.filter(project=project).delete()
    _lay_places(project)
    said = Entry.objects.filter(log=project.room_id, kind__in=[LeadOffered.kind_name, *ANSWERS])
    said = said.filter(sealed__isnull=False)
    for one in said.select_related("sealed").order_by("position").iterator(chunk_size=500):
        follow(project, one)
    _gone(project).exclude(state="kept").update(state="gone")
    work = Entry.objects.filter(log=project.work_id, sealed__isnull=True)
    gone = list(work.filter(topic="doubt").values_list("position", flat=True))
    Lead.objects.filter(project=project, doubt__in=gone, state="open").update(state="gone")


def _held(project: Project, doubt: Entry, position: int, answer: str) -> Lead:
    """Return a lead to answer, behind the work's lock: its doubt is not settled meanwhile."""
    hold(project)
    lead = find(project, doubt, position)
    _require_stands(project, lead)
    require(lead.state != answer, AnsweredAlready)
    return lead


def _require_stands(project: Project, lead: Lead) -> None:
    said = Entry.objects.filter(log=project.room_id, position=lead.position)
    require(said.filter(sealed__isnull=False).exists(), LeadIsTakenBack)


def _require_grows(project: Project, lead: Lead, *, before: int = places.GREATEST) -> None:
    """Raise LeadIsTakenBack, LeadIsPutBy, LeadIsGrown where a lead is taken no further."""
    _require_stands(project, lead)
    require(lead.state != "put_by", LeadIsPutBy)
    grown = Entry.objects.filter(log=project.room_id, kind=LeadDeveloped.kind_name)
    count = grown.filter(about=lead.position, position__lt=before).count()
    require(count < MOST_GROWN, LeadIsGrown, most=MOST_GROWN)


def _gone(project: Project) -> QuerySet[Lead]:
    """Return the leads whose words were taken out."""
    gone = Entry.objects.filter(
        log=project.room_id, kind=LeadOffered.kind_name, sealed__isnull=True
    )
    return Lead.objects.filter(project=project, position__in=gone.values("position"))


def _others(project: Project, entry: Entry, lead: int) -> bool:
    """Return whether something but an entry still takes a lead further."""
    kind = LeadDeveloped.kind_name
    grown = Entry.objects.filter(log=project.room_id, kind=kind, about=lead, sealed__isnull=False)
    return grown.exclude(pk=entry.pk).exists()


def _lay_places(project: Project) -> None:
    """Lay the places of leads that were taken back, where others' words stand beneath them."""
    told = Entry.objects.filter(log=project.room_id)
    gone = told.filter(kind=LeadOffered.kind_name, sealed__isnull=True)
    grown = told.filter(kind=LeadDeveloped.kind_name, sealed__isnull=False)
    grown = grown.filter(about__in=gone.values("position")).select_related("sealed")
    doubts = {one.about or 0: getattr(one.fact, "cue", 0) for one in grown}
    for lead in gone.filter(position__in=doubts):
        _lay(project, lead, doubts[lead.position])


def _lay(project: Project, entry: Entry, doubt: int) -> None:
    Lead.objects.create(
        project=project,
        position=entry.position,
        doubt=doubt,
        voice_id=entry.by,
        audience=entry.audience,
        at=entry.told_at,
    )


def _grown(project: Project, leads: list[int]) -> list[tuple[int, str]]:
    """Return the positions at which leads were taken further, and by whom, oldest first.

    Not what was taken back of it.
    """
    kind = LeadDeveloped.kind_name
    found = Entry.objects.filter(log=project.room_id, kind=kind, about__in=leads)
    found = found.filter(sealed__isnull=False)
    return list(found.order_by("position").values_list("position", "by")) if leads else []
