"""Practising: a host tries console and screen alone, behind the curtain, with made-up voices.

A practice is a rehearsal of its own beside a brainstorm. Nothing goes from one to the other but
what was chosen: a real one never holds a made-up word.
"""

import random
import secrets
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coulisses.brainstorms import course, gathering, throwing, voting
from coulisses.brainstorms.models import (
    Brainstorm,
    Dots,
    Family,
    Idea,
    MadeUp,
    Mask,
    Purse,
    Unheard,
)
from coulisses.brainstorms.refusals import CrowdIsDone, NotHere, NotNow, OnlyInPractice
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import heard, practice, rules, unsaying, withdrawing
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight

AT_ONCE = 4  # ideas of one wave
CROWD = 12  # made-up voices
MOST = 200  # ideas that they throw
COPIED = ("who", "names", "dots", "looks_first", "youngest", "who_gathers", "is_silent_first")

Made = random.Random


@practice.by
def is_practice(project: Project) -> bool:
    """Whether a project is the practice of a brainstorm."""
    return Brainstorm.objects.filter(pk=project.pk, is_practice=True).exists()


def is_open(of: Brainstorm, seen: Sight) -> bool:
    """Whether anybody takes part: the curtain is up, or the team practises behind it."""
    is_there = of.project.is_raised or (of.is_practice and seen.is_team)
    return is_there and not of.project.withdrawn_at


@transaction.atomic
def begin(of: Brainstorm, *, by: str, at: datetime) -> Brainstorm:
    """Return the practice of a brainstorm, opened where there is none. Raises NotHere."""
    require(not of.is_practice, NotHere)
    known = Brainstorm.objects.filter(of=of.project, is_practice=True, project__withdrawn_at=None)
    if found := known.select_related("project__studio", "project__room").first():
        return found
    project = rules.open_project(
        of.project.studio,
        slug=f"{of.project.slug[:32]}-practice-{secrets.token_hex(3)}",
        title=of.project.title,
        language=of.project.language,
        by=by,
        at=at,
    )
    chosen = {name: getattr(of, name) for name in COPIED}
    return Brainstorm.objects.create(project=project, of=of.project, is_practice=True, **chosen)


def fill(of: Brainstorm, *, by: str, at: datetime, made: Made | None = None) -> None:
    """Have made-up voices do a little of what the phase asks for: some ideas, families, or dots.

    Raises OnlyInPractice, NotNow, CrowdIsDone.
    """
    require(of.is_practice, OnlyInPractice)
    do = {course.THROW: _throw, course.GATHER: _gather, course.VOTE: _vote}.get(of.phase)
    require(do, NotNow)
    assert do
    do(of, made or Made(), by, at)


def throw_away(of: Brainstorm, *, by: str, at: datetime) -> None:
    """Throw a whole practice away: each word, each made-up voice, its place. Raises OnlyInPractice.

    What is left is an empty log that nobody can find. Broken off, it is thrown away again.
    """
    require(of.is_practice, OnlyInPractice)
    while _unsay_some(of.project, by=by, at=at):
        pass
    _empty(of.project, by=by, at=at)


@transaction.atomic
def _unsay_some(project: Project, *, by: str, at: datetime) -> bool:
    said = Entry.objects.filter(log=project.room_id, sealed__isnull=False)
    said = said.exclude(kind=EntryShredded.kind_name).order_by("position")
    some = list(said.values_list("position", flat=True)[: unsaying.A_TURN])
    for position in some:
        unsaying.unsay(project, position, reason=withdrawing.REASON, by=by, at=at)
    return bool(some)


@transaction.atomic
def _empty(project: Project, *, by: str, at: datetime) -> None:
    crowd = list(MadeUp.objects.filter(project=project).values_list("voice", flat=True))
    for model in (Idea, Family, Unheard, Dots, Purse, Mask, MadeUp):
        model._default_manager.filter(project=project).delete()
    withdrawing.at_once(project, by=by, at=at)
    Voice.objects.filter(pk__in=crowd).update(name="", is_named=False)


def _throw(of: Brainstorm, made: Made, by: str, at: datetime) -> None:
    thrown = Idea.objects.filter(project=of.project).count()
    require(thrown + Unheard.objects.filter(project=of.project).count() < MOST, CrowdIsDone)
    standing = list(Idea.objects.filter(project=of.project, is_gone=False, into=0)[:40])
    for voice in made.sample(_crowd(of), AT_ONCE):
        builds_on = made.choice(standing).position if standing and made.random() < 0.2 else 0
        with suppress(Refusal):  # a made-up voice that is asked to wait, waits
            throwing.throw(of, made.choice(_ideas()), by=voice, at=at, builds_on=builds_on)


def _gather(of: Brainstorm, made: Made, by: str, at: datetime) -> None:
    families = list(Family.objects.filter(project=of.project).values_list("position", flat=True))
    if not families:
        named = (_("For the evening"), _("With others"), _("Without a penny"))
        families = [gathering.begin_family(of, one, by=by, at=at).position for one in named]
    loose = Idea.objects.filter(project=of.project, is_gone=False, into=0, family=0)
    for idea in loose.order_by("position")[:AT_ONCE]:
        gathering.gather(of, [idea.position], made.choice(families), by=by, at=at)


def _vote(of: Brainstorm, made: Made, by: str, at: datetime) -> None:
    ideas = Idea.objects.filter(project=of.project, is_gone=False, into=0)
    standing = list(ideas.order_by("position").values_list("position", flat=True)[:100])
    require(standing, NotNow)
    liked = [one for place, one in enumerate(standing) for _each in range(1 + 3 * (place % 4 == 0))]
    for voice in _crowd(of):
        with suppress(Refusal):
            voting.place(of, made.choice(liked), by=voice, at=at)
    heard.stir(of.project)


def _crowd(of: Brainstorm) -> list[str]:
    """Return the made-up voices of a practice, made at first."""
    known = list(MadeUp.objects.filter(project=of.project).values_list("voice", flat=True)[:CROWD])
    while len(known) < CROWD:
        name = _("Made-up voice %(number)d") % {"number": len(known) + 1}
        voice = Voice.objects.create(name=name, is_named=True)
        MadeUp.objects.create(project=of.project, voice=voice)
        known.append(voice.pk)
    return known


def _ideas() -> list[str]:
    return [
        _("Do the opposite for one evening, and see who comes."),
        _("Ask the neighbours first; they have known for years."),
        _("A map of what nobody has tried, hung in the baker’s window."),
        _("Lend it out like umbrellas."),
        _("Make the waiting the best part of it."),
        _("Twenty people, one whistle, no poster."),
        _("Let the children draw it, and build exactly that."),
        _("Turn the sound off and listen to what is left."),
        _("Begin at the end: show the applause first."),
        _("A soup for whoever brings one more."),
        _("Let it be seen from the tram."),
        _("Write it on the way home, read it in the morning."),
        _("The same again, but twice as slow."),
        _("One rule less each week."),
        _("Put the broken ones in the front row."),
        _("Ring a bell whenever it works."),
    ]
