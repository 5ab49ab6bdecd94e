"""How a brainstorm is called: prepared in rehearsal, looked at, called; moved or called off after.

What people were promised as it began stays: from then on only who may come and look changes, and
the day until which things are kept can come sooner.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from coulisses.brainstorms import announcing, course, holding, sound
from coulisses.brainstorms.calling_refusals import (
    AlreadyBegun,
    AlreadyCalled,
    NotCalledYet,
    SettingUnknown,
)
from coulisses.brainstorms.kinds import BrainstormCalledOff, BrainstormMoved
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.refusals import (
    CalledOff,
)
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.projects import addresses, face, giving, heard, revisions, rules, ways_in
from coulisses.projects.models import Project, Studio

COLUMNS = (
    *("context", "of", "who", "names", "dots", "starts_at", "minutes", "is_silent_first"),
    *("keeps_until", "youngest", "looks_first", "who_gathers"),
)


@dataclass(frozen=True)
class Plan:
    """What is said of a brainstorm beforehand; `game` is a line of `giving`, or "own" words.

    `of` is the project that it is about, of the same studio; `minutes` is how long it lasts.
    Where it `looks_first`, ideas wait for a look; `who_gathers` is as in `Brainstorm`. `who_looks`
    at the wall is one of WHO_LOOKS; empty: as it suits who may come.
    """

    question: str
    line: str = ""
    context: str = ""
    language: str = ""
    of: Project | None = None
    who: str = "all"
    names: str = "asked"
    dots: int = 10
    starts_at: datetime | None = None
    minutes: int = 60
    is_silent_first: bool = False
    game: str = "here"
    game_words: str = ""
    keeps_until: date | None = None
    youngest: int = 0
    looks_first: bool = True
    who_gathers: str = "makers"
    who_looks: str = ""


def plan_of(of: Brainstorm) -> Plan:
    """Return how a brainstorm is planned as things are."""
    game, words = giving.chosen(of.project)
    columns = {name: getattr(of, name) for name in COLUMNS}
    return Plan(
        question=of.project.title,
        line=of.project.line,
        language=of.project.language,
        game=game,
        game_words=words,
        who_looks=of.who_looks,
        **columns,
    )


@transaction.atomic
def draft(studio: Studio, plan: Plan, *, by: str, at: datetime) -> Brainstorm:
    """Prepare a brainstorm, in rehearsal. Raises what `sound.checked` and `giving.choose` do."""
    plan = sound.checked(plan, studio, at)
    slug = addresses.propose_project(studio, plan.question)
    project = rules.open_project(studio, slug=slug, title=plan.question, by=by, at=at)
    _dress(project, plan, by, at)
    columns = {name: getattr(plan, name) for name in COLUMNS}
    made = Brainstorm.objects.create(project=project, **columns, changed_at=at)
    _let_look(made, plan)
    giving.choose(project, plan.game, words=plan.game_words, at=at)
    return made


@transaction.atomic
def change(of: Brainstorm, plan: Plan, *, by: str, at: datetime) -> Brainstorm:
    """Plan a brainstorm otherwise; another hour is told to those who come.

    Raises CalledOff, KeepsLonger once it has begun, and what `draft` does.
    """
    now = holding.hold(of)
    require(not now.is_called_off, CalledOff)
    was = plan_of(now)
    if now.phase != course.CALLED:
        sound.require_sooner(plan.keeps_until, was.keeps_until)
        plan = replace(was, who=plan.who, who_looks=plan.who_looks, keeps_until=plan.keeps_until)
    if was.who != "all":  # where all came nothing was chosen
        plan = replace(plan, who_looks=plan.who_looks or was.who_looks)
    if now.is_called:
        plan = replace(plan, of=was.of)  # that work has told of it
    require(plan.of is None or plan.of.pk != now.pk, SettingUnknown)
    plan = sound.checked(plan, now.project.studio, at, was=was)
    _dress(now.project, plan, by, at)
    for name in COLUMNS:
        setattr(now, name, getattr(plan, name))
    is_moved = (plan.starts_at, plan.minutes) != (was.starts_at, was.minutes)
    if is_moved and now.is_called:
        hour = {"starts_at": announcing.spelled(plan.starts_at), "minutes": plan.minutes}
        announcing.say_on(now, BrainstormMoved, by=by, at=at, **hour)
    now.sequence, now.changed_at = now.sequence + now.is_called, at
    now.save(update_fields=[*COLUMNS, "sequence", "changed_at"])
    if (plan.game, plan.game_words) != (was.game, was.game_words):
        giving.choose(now.project, plan.game, words=plan.game_words, at=at)
    _let_look(now, plan)
    revisions.bump(now.project)
    heard.stir(now.project)  # pages that show the room are made anew
    return now


@transaction.atomic
def call(of: Brainstorm, *, by: str, at: datetime) -> Brainstorm:
    """Call it: the curtain rises, it has a code, and the work that it is about says so.

    Raises AlreadyCalled, CalledOff, StartHasPassed.
    """
    now = holding.hold(of)
    require(not now.is_called_off, CalledOff)
    require(not now.is_called, AlreadyCalled)
    sound.require_to_come(now.starts_at, at)
    if not now.project.is_raised:
        rules.raise_curtain(now.project, by=by, at=at)
    ways_in.give(now.project, at=at)
    announcing.say_called(now, by=by, at=at)
    now.changed_at = at
    now.save(update_fields=["called_position", "told_position", "changed_at"])
    return now


@transaction.atomic
def call_off(of: Brainstorm, *, words: str = "", by: str, at: datetime) -> Brainstorm:
    """Say that it will not be held, and why to those who wait.

    Raises NotCalledYet, CalledOff, AlreadyBegun.
    """
    now = holding.hold(of)
    require(now.is_called, NotCalledYet)
    require(not now.is_called_off, CalledOff)
    require(now.phase == course.CALLED, AlreadyBegun)
    said = text.shorten(text.clean_line(words), 200)
    announcing.say_on(now, BrainstormCalledOff, by=by, at=at, words=said)
    now.called_off_at, now.called_off_because = at, said
    now.sequence, now.changed_at = now.sequence + 1, at
    now.save(update_fields=["called_off_at", "called_off_because", "sequence", "changed_at"])
    revisions.bump(now.project)
    return now


def _let_look(of: Brainstorm, plan: Plan) -> None:
    """Have the wall be looked at by whom the plan says, through every door."""
    of.project.is_room_closed = plan.who_looks == "within"
    of.project.save(update_fields=["is_room_closed"])


def _dress(project: Project, plan: Plan, by: str, at: datetime) -> None:
    worn = face.words_of(project)
    said = replace(worn, title=plan.question, line=plan.line, language=plan.language)
    face.dress(project, said, by=by, at=at)
