"""What may happen to leads: offered by anybody, developed together, kept or put by by makers."""

from datetime import datetime

from django.db import transaction

from coulisses.doubts import life
from coulisses.doubts.kinds import LeadDeveloped, LeadKept, LeadOffered, LeadPutBy
from coulisses.doubts.models import Lead, Life
from coulisses.doubts.refusals import (
    AnsweredAlready,
    AsksForNoLeads,
    DoubtIsOver,
    LeadIsGrown,
    LeadIsPutBy,
    LeadNotFound,
    TooManyWords,
    WordsNeeded,
)
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.lib.text import clean, is_seen, unstacked
from coulisses.log.models import Entry
from coulisses.projects import heard, invites, rows, trail, unsaying
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainHasFallen
from coulisses.projects.telling import hold

LONGEST = 1000  # characters: one idea
MOST_GROWN = 40  # times that a lead is taken further: all of them stand beneath it on its page
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
    """Take a lead further. Raises LeadNotFound, LeadIsPutBy, LeadIsGrown, and as `offer`."""
    said = cleaned(words)
    lead = find(project, doubt, position)
    require(lead.state != "put_by", LeadIsPutBy)
    require(len(_grown(project, [position])) < MOST_GROWN, LeadIsGrown, most=MOST_GROWN)
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


@heard.keeps(LeadOffered.kind_name, *ANSWERS)
def follow(project: Project, entry: Entry) -> None:
    """Bring the leads up to what was said in the room."""
    leads = Lead.objects.filter(project=project)
    if entry.kind in ANSWERS:
        leads.filter(position=entry.about or 0).update(state=ANSWERS[entry.kind])
        return
    Lead.objects.create(
        project=project,
        position=entry.position,
        doubt=getattr(entry.fact, "cue", 0),
        voice_id=entry.by,
        audience=entry.audience,
        at=entry.told_at,
    )


@unsaying.also
def leave(project: Project, entry: Entry) -> None:
    """Let a lead go whose words are taken out: nothing is kept, and nobody waits for an answer."""
    Lead.objects.filter(project=project, position=entry.position).delete()


@transaction.atomic
def replay(project: Project) -> None:
    """Derive the leads anew from the room's log as it stands."""
    Lead.objects.filter(project=project).delete()
    said = Entry.objects.filter(log=project.room_id, kind__in=[LeadOffered.kind_name, *ANSWERS])
    said = said.filter(sealed__isnull=False)
    for one in said.select_related("sealed").order_by("position").iterator(chunk_size=500):
        follow(project, one)
    work = Entry.objects.filter(log=project.work_id, sealed__isnull=True)
    gone = list(work.filter(topic="doubt").values_list("position", flat=True))
    Lead.objects.filter(project=project, doubt__in=gone, state="open").update(state="gone")


def _held(project: Project, doubt: Entry, position: int, answer: str) -> Lead:
    """Return a lead to answer, behind the work's lock: its doubt is not settled meanwhile."""
    hold(project)
    lead = find(project, doubt, position)
    require(lead.state != answer, AnsweredAlready)
    return lead


def _grown(project: Project, leads: list[int]) -> list[tuple[int, str]]:
    """Return the positions at which leads were taken further, and by whom, oldest first."""
    kind = LeadDeveloped.kind_name
    found = Entry.objects.filter(log=project.room_id, kind=kind, about__in=leads)
    return list(found.order_by("position").values_list("position", "by")) if leads else []
