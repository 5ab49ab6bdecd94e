"""What may happen to moments: verbs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.lib.text import clean, clean_line
from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.moments import pictures as album
from coulisses.moments import sounds
from coulisses.moments.kinds import ASKS, TOPICS, FailureLearnt, MomentAmended, MomentTold
from coulisses.moments.pictures import Picture
from coulisses.moments.refusals import (
    AlreadyToldOtherwise,
    AskUnknown,
    MomentKindUnknown,
    MomentShredded,
    NothingToTell,
    OnlyDoubtsAsk,
    OnlyFailuresTeach,
    OnlyMomentsAreAmended,
    OnlyWorkIsTakenBack,
    TeaserTooLong,
    TitleTooLong,
    TooLateToTakeBack,
    TooManyFiles,
    TooManyPictures,
    WordsTooLong,
)
from coulisses.moments.sounds import Sound
from coulisses.projects import rules as projects
from coulisses.projects import sight
from coulisses.projects.kinds import CurtainFallen, CurtainRaised, ProjectOpened
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE, credible
from coulisses.projects.telling import tell as tell_project

LONGEST_TITLE = 200  # characters
LONGEST_BODY = 20_000
LONGEST_TEASER = 300
LONGEST_LESSON = 500
MOST_PICTURES = 8
MOST_FILES = 3
AT_ONCE = "taken_back"  # the reason of what was taken back within its first minute
KEPT = {ProjectOpened.kind_name, CurtainRaised.kind_name, CurtainFallen.kind_name}


def tell(
    project: Project,
    *,
    audience: str = ledger.PUBLIC,
    by: str,
    happened_at: datetime,
    told_at: datetime,
    once: str | None = None,
    past: bool = False,
    **said: Any,
) -> Entry:
    """Tell a moment: what is `said` is what `moment` takes; its files are kept already.

    With a `once` that was used before, the moment that stands is returned. Raises what `moment`
    raises, NothingToTell, AudienceUnknown, AlreadyToldOtherwise.
    """
    fact = moment(project, **said)
    require_ready(project, fact, audience)
    entry = tell_project(
        project,
        fact,
        by=by,
        happened_at=credible(happened_at, told_at),
        told_at=told_at,
        audience=audience,
        once=once,
        past=past,
        weight=fact.weighs(),
    )
    is_same = entry.is_new or entry.is_shredded or _says(entry, fact, audience, past)
    require(is_same, AlreadyToldOtherwise)
    return entry


def moment(
    project: Project,
    *,
    kind: str,
    title: str = "",
    body: str = "",
    pictures: Sequence[Picture] = (),
    sound: Sound | None = None,
    files: Sequence[dict[str, Any]] = (),
    asks: str = "",
    learnt: str = "",
    teaser: str = "",
    over: Sequence[int] = (),
    released_by: str = "",
) -> MomentTold:
    """Return a moment as the log would have it, be there something to tell in it or not.

    `body` is markdown, `files` are changes as `media.changes` spells them; what it lies `over`,
    `laying.lay` has looked at. Raises
    MomentKindUnknown, TitleTooLong, WordsTooLong, TeaserTooLong, TooManyPictures, TooManyFiles,
    PictureUnknown, SoundUnknown, AskUnknown, OnlyDoubtsAsk, OnlyFailuresTeach.
    """
    require(kind in TOPICS, MomentKindUnknown, kind=kind, kinds=", ".join(TOPICS))
    require_asks(kind, asks)
    title, body, teaser = clean_line(title), clean(body).strip(), clean_line(teaser)
    learnt = lesson(kind, learnt)
    require_short(title, body)
    require(len(teaser) <= LONGEST_TEASER, TeaserTooLong, most=LONGEST_TEASER)
    require(len(pictures) <= MOST_PICTURES, TooManyPictures, most=MOST_PICTURES)
    require(len(files) <= MOST_FILES, TooManyFiles, most=MOST_FILES)
    return MomentTold(
        kind=kind,
        title=title,
        body=body,
        pictures=album.described(project, pictures),
        teaser=teaser,
        over=list(over),
        asks=asks,
        sound=sounds.described(project, sound),
        files=list(files),
        released_by=released_by,
        learnt=learnt,
    )


def require_ready(project: Project, fact: MomentTold, audience: str) -> None:
    """Raise NothingToTell or AudienceUnknown where a moment can't be told as it is."""
    require(fact.title or fact.body or fact.shows(), NothingToTell)
    sight.require_audiences(project, [audience])


def require_asks(kind: str, asks: str) -> None:
    """Raise AskUnknown, or OnlyDoubtsAsk for another kind of moment that asks."""
    require(not asks or asks in ASKS, AskUnknown, asks=asks[:40], known=", ".join(ASKS))
    require(not asks or kind == "doubt", OnlyDoubtsAsk)


def lesson(kind: str, learnt: str) -> str:
    """Return what a failure taught, on one line. Raises OnlyFailuresTeach, WordsTooLong."""
    said = clean_line(learnt)
    require(not said or kind == "failure", OnlyFailuresTeach)
    require(len(said) <= LONGEST_LESSON, WordsTooLong, most=LONGEST_LESSON)
    return said


@transaction.atomic
def learn(project: Project, position: int, *, words: str, by: str, at: datetime) -> Entry:
    """Say later what a failure taught, or say it anew.

    Raises EntryNotFound, OnlyFailuresTeach, MomentShredded, NothingToTell, WordsTooLong.
    """
    entry = ledger.find(project.work, position)
    require(not entry.is_shredded, MomentShredded)
    require(entry.topic == "failure", OnlyFailuresTeach)
    said = lesson(entry.topic, words)
    require(said, NothingToTell)
    fact = FailureLearnt(about=position, words=said)
    return tell_project(project, fact, by=by, audience=entry.audience, happened_at=at, told_at=at)


@transaction.atomic
def amend(
    project: Project, position: int, *, title: str, body: str, by: str, at: datetime
) -> Entry:
    """Put a moment into other words; the old ones stay one click away.

    Raises EntryNotFound, OnlyMomentsAreAmended, MomentShredded, NothingToTell, TitleTooLong,
    WordsTooLong.
    """
    entry = ledger.find(project.work, position)
    require(entry.kind == MomentTold.kind_name, OnlyMomentsAreAmended)
    require(not entry.is_shredded, MomentShredded)
    title, body = clean_line(title), clean(body).strip()
    require(title or body or entry.fact.shows(), NothingToTell)
    require_short(title, body)
    words = MomentAmended(about=position, title=title, body=body)
    return tell_project(project, words, by=by, audience=entry.audience, happened_at=at, told_at=at)


@transaction.atomic
def shred(project: Project, position: int, *, reason: str, by: str, at: datetime) -> Entry:
    """Take an entry's words and files out for good, with what was said of it that goes along.

    Raises EntryNotFound, AlreadyShredded.
    """
    words = clean_line(reason)[:LONGEST_TEASER]
    along = Entry.objects.filter(
        log=project.work, about=position, kind__in=kinds.going_along(), sealed__isnull=False
    )
    for one in along.order_by("position").values_list("position", flat=True):
        projects.shred(project, one, reason=words, by=by, at=at)
    return projects.shred(project, position, reason=words, by=by, at=at)


def take_back(project: Project, position: int, *, by: str, at: datetime) -> Entry:
    """Take out in one tap what was told within the last minute: nobody was sent word of it yet.

    Raises EntryNotFound, OnlyWorkIsTakenBack, TooLateToTakeBack, AlreadyShredded.
    """
    entry = ledger.find(project.work, position)
    require(is_work(entry), OnlyWorkIsTakenBack)
    require(at - entry.told_at <= GRACE, TooLateToTakeBack)
    return shred(project, position, reason=AT_ONCE, by=by, at=at)


def is_work(entry: Entry) -> bool:
    """Whether an entry shows work: neither a project's own words, nor said about another entry."""
    return entry.kind not in KEPT and not entry.fact.is_quiet


def require_short(title: str, body: str) -> None:
    """Raise TitleTooLong or WordsTooLong."""
    require(len(title) <= LONGEST_TITLE, TitleTooLong, most=LONGEST_TITLE)
    require(len(body) <= LONGEST_BODY, WordsTooLong, most=LONGEST_BODY)


def _says(entry: Entry, fact: MomentTold, audience: str, past: bool) -> bool:
    return (entry.fact, entry.audience, entry.past) == (fact, audience, past)
