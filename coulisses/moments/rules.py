"""What may happen to moments: verbs."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from coulisses.lib.refusals import Refusal, require
from coulisses.lib.text import clean, clean_line
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.moments import pictures as album
from coulisses.moments.kinds import TOPICS, MomentAmended, MomentTold
from coulisses.moments.pictures import Picture
from coulisses.moments.refusals import (
    AlreadyToldOtherwise,
    MomentKindUnknown,
    MomentShredded,
    NothingToTell,
    OnlyMomentsAreAmended,
    OnlyWorkIsTakenBack,
    TeaserTooLong,
    TitleTooLong,
    TooLateToTakeBack,
    TooManyPictures,
    WordsTooLong,
)
from coulisses.projects import rules as projects
from coulisses.projects import sight
from coulisses.projects.kinds import CurtainFallen, CurtainRaised, ProjectOpened
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE, credible
from coulisses.projects.telling import tell as tell_project

LONGEST_TITLE = 200  # characters
LONGEST_BODY = 20_000
LONGEST_TEASER = 300
MOST_PICTURES = 8
AT_ONCE = "taken_back"  # the reason of what was taken back within its first minute
KEPT = {ProjectOpened.kind_name, CurtainRaised.kind_name, CurtainFallen.kind_name}


def tell(
    project: Project,
    *,
    kind: str,
    title: str = "",
    body: str = "",
    pictures: Sequence[Picture] = (),
    teaser: str = "",
    over: Sequence[int] = (),
    audience: str = ledger.PUBLIC,
    by: str,
    happened_at: datetime,
    told_at: datetime,
    once: str | None = None,
    past: bool = False,
) -> Entry:
    """Tell a moment: a few words (`body` is markdown), pictures that are kept already, or both.

    What it lies `over`, `laying.lay` has looked at.
    With a `once` that was used before, the moment that stands is returned. Raises
    MomentKindUnknown, NothingToTell, TitleTooLong, WordsTooLong, TeaserTooLong, TooManyPictures,
    PictureUnknown, AudienceUnknown, AlreadyToldOtherwise.
    """
    require(kind in TOPICS, MomentKindUnknown, kind=kind, kinds=", ".join(TOPICS))
    title, body, teaser = clean_line(title), clean(body).strip(), clean_line(teaser)
    require(title or body or pictures, NothingToTell)
    _require_short(title, body)
    require(len(teaser) <= LONGEST_TEASER, TeaserTooLong, most=LONGEST_TEASER)
    require(len(pictures) <= MOST_PICTURES, TooManyPictures, most=MOST_PICTURES)
    sight.require_audiences(project, [audience])
    fact = MomentTold(
        kind=kind,
        title=title,
        body=body,
        pictures=album.described(project, pictures),
        teaser=teaser,
        over=list(over),
    )
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


def tell_with(
    project: Project,
    *,
    pictures: Sequence[album.Upload],
    alts: Sequence[str] = (),
    kind: str,
    title: str = "",
    body: str = "",
    teaser: str = "",
    audience: str = ledger.PUBLIC,
    by: str,
    at: datetime,
) -> Entry:
    """Keep uploaded pictures and tell a moment that shows them; neither, when one is refused.

    `alts` are words for each picture, in their order. Raises what `tell` raises, and
    PictureTooLarge, PictureUnreadable.
    """
    kept = album.keep(project, pictures, alts=alts)
    try:
        return tell(
            project,
            kind=kind,
            title=title,
            body=body,
            pictures=kept,
            teaser=teaser,
            audience=audience,
            by=by,
            happened_at=at,
            told_at=at,
        )
    except Refusal:
        album.drop(project, kept)
        raise


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
    _require_short(title, body)
    words = MomentAmended(about=position, title=title, body=body)
    return tell_project(project, words, by=by, audience=entry.audience, happened_at=at, told_at=at)


@transaction.atomic
def shred(project: Project, position: int, *, reason: str, by: str, at: datetime) -> Entry:
    """Take an entry's words and files out for good, those of its amendments too.

    Raises EntryNotFound, AlreadyShredded.
    """
    words = clean_line(reason)[:LONGEST_TEASER]
    amendments = Entry.objects.filter(
        log=project.work, about=position, kind=MomentAmended.kind_name, sealed__isnull=False
    )
    for amendment in amendments.values_list("position", flat=True):
        projects.shred(project, amendment, reason=words, by=by, at=at)
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


def _require_short(title: str, body: str) -> None:
    require(len(title) <= LONGEST_TITLE, TitleTooLong, most=LONGEST_TITLE)
    require(len(body) <= LONGEST_BODY, WordsTooLong, most=LONGEST_BODY)


def _says(entry: Entry, fact: MomentTold, audience: str, past: bool) -> bool:
    return (entry.fact, entry.audience, entry.past) == (fact, audience, past)
