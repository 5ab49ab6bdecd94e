"""What may happen to doubts: verbs. A doubt is open, then tried, then settled or let go."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from coulisses.doubts import leads, life
from coulisses.doubts.kinds import DoubtLetGo, DoubtReopened, DoubtSettled, DoubtTried
from coulisses.doubts.models import Attempt, Lead, Life
from coulisses.doubts.refusals import (
    DoubtIsOpen,
    DoubtIsOver,
    NotADoubt,
    NothingThatSettles,
    SettledOutOfSight,
    TooManyWords,
    WordsNeeded,
)
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.projects import trail
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell

LONGEST = 500  # characters of what became of a doubt
TOPIC = "doubt"


@transaction.atomic
def tried(
    project: Project, position: int, *, words: str = "", tried_by: int = 0, by: str, at: datetime
) -> Entry:
    """Say what was tried about a doubt, in words or by the entry that shows it; more can be.

    Raises EntryNotFound, NotADoubt, DoubtIsOver, WordsNeeded (where neither is said), TooManyWords,
    NothingThatSettles, SettledOutOfSight, CurtainHasFallen.
    """
    said = _cleaned(words)
    require(said or tried_by, WordsNeeded)
    doubt = find(project, position)
    _require_settles(project, doubt, tried_by)
    told = _move(project, position, DoubtTried, by=by, at=at, words=said, shown_by=tried_by)
    if tried_by:
        shown = {"doubt": position, "by": tried_by, "audience": doubt.audience}
        Attempt.objects.create(project=project, said=told.position, **shown)
    return told


@transaction.atomic
def settle(
    project: Project, position: int, *, words: str = "", settled_by: int = 0, by: str, at: datetime
) -> Entry:
    """Settle a doubt: by words, or by the entry that settles it, to which its kept leads lead.

    Raises EntryNotFound, NotADoubt, DoubtIsOver, WordsNeeded (where neither is said), TooManyWords,
    NothingThatSettles, SettledOutOfSight, CurtainHasFallen.
    """
    said = _cleaned(words)
    require(said or settled_by, WordsNeeded)
    doubt = find(project, position)
    _require_settles(project, doubt, settled_by)
    return _move(project, position, DoubtSettled, by=by, at=at, words=said, shown_by=settled_by)


@transaction.atomic
def let_go(project: Project, position: int, *, words: str = "", by: str, at: datetime) -> Entry:
    """Let a doubt go, unsettled. Raises EntryNotFound, NotADoubt, DoubtIsOver, TooManyWords."""
    return _move(project, position, DoubtLetGo, by=by, at=at, words=_cleaned(words))


@transaction.atomic
def reopen(project: Project, position: int, *, words: str = "", by: str, at: datetime) -> Entry:
    """Open a doubt again. Raises EntryNotFound, NotADoubt, DoubtIsOpen, TooManyWords."""
    return _move(project, position, DoubtReopened, by=by, at=at, words=_cleaned(words))


def find(project: Project, position: int) -> Entry:
    """Return a doubt, for rules that act on it. Raises EntryNotFound, NotADoubt."""
    require(0 < position <= places.GREATEST, EntryNotFound)
    entry = ledger.find(project.work, position)
    require(entry.topic == TOPIC and not entry.is_shredded, NotADoubt)
    return entry


def forget(project: Project, entry: Entry) -> None:
    """Let go of what derives from an entry about to lose its words.

    Of a doubt that is where it stands; of what settled one, or said so, that it did.
    """
    if entry.topic == TOPIC:
        Life.objects.filter(project=project, position=entry.position).delete()
        unanswered = Lead.objects.filter(project=project, doubt=entry.position, state="open")
        unanswered.update(state="gone")
    attempts = Attempt.objects.filter(project=project)
    attempts.filter(
        Q(doubt=entry.position) | Q(said=entry.position) | Q(by=entry.position)
    ).delete()
    ends = Q(settled_by=entry.position) | Q(said=entry.position)
    Life.objects.filter(ends, project=project, settled_by__gt=0).update(settled_by=0)


def replay(project: Project) -> None:
    """Derive where doubts stand anew from the log as it stands."""
    told = Entry.objects.filter(log=project.work_id, kind__in=life.KINDS)
    gone = Entry.objects.filter(log=project.work_id, kind=EntryShredded.kind_name)
    shredded = set(gone.values_list("about", flat=True))
    doubts = Entry.objects.filter(log=project.work_id, topic=TOPIC, sealed__isnull=False)
    audiences = dict(doubts.values_list("position", "audience"))
    lives: dict[int, Life] = {}
    tries: list[Attempt] = []
    for one in told.select_related("sealed").order_by("position").iterator(chunk_size=500):
        _follow(project, one, lives, tries, audiences, shredded)
    Life.objects.filter(project=project).delete()
    Life.objects.bulk_create(lives.values(), batch_size=500)
    Attempt.objects.filter(project=project).delete()
    Attempt.objects.bulk_create(tries, batch_size=500)


def _follow(
    project: Project,
    entry: Entry,
    lives: dict[int, Life],
    tries: list[Attempt],
    audiences: dict[int, str],
    shredded: set[int | None],
) -> None:
    """Bring a doubt's life up to what was told of it, if that could be told."""
    position = entry.about or 0
    before = lives[position].state if position in lives else life.OPEN
    state = life.after(before, entry.kind)
    if state is None or position not in audiences:
        return
    shown_by = getattr(entry.fact, "by", 0)
    is_there = type(shown_by) is int and 0 < shown_by < entry.position
    shown_by = shown_by if is_there and shown_by not in shredded else 0
    if shown_by and state == life.TRIED and not entry.is_shredded:
        shown = {"doubt": position, "by": shown_by, "audience": audiences[position]}
        tries.append(Attempt(project=project, said=entry.position, **shown))
    lives[position] = Life(
        project=project,
        position=position,
        audience=audiences[position],
        state=state,
        said=entry.position,
        settled_by=shown_by if state == life.SETTLED else 0,
        at=entry.told_at,
    )


def _move(
    project: Project,
    position: int,
    kind: type[DoubtTried | DoubtSettled | DoubtLetGo | DoubtReopened],
    *,
    by: str,
    at: datetime,
    words: str,
    shown_by: int = 0,
) -> Entry:
    """Take a doubt one step on, behind its log's lock: two makers never settle it both."""
    hold(project)
    doubt = find(project, position)
    known = Life.objects.filter(project=project, position=position).first()
    state = life.after(known.state if known else life.OPEN, kind.kind_name)
    require(state, DoubtIsOpen if kind is DoubtReopened else DoubtIsOver)
    assert state
    said: dict[str, Any] = {"about": position, "words": words}
    said |= {"by": shown_by} if kind in (DoubtSettled, DoubtTried) else {}
    fact = kind(**said)
    settled_by = shown_by if kind is DoubtSettled else 0
    told = tell(project, fact, by=by, happened_at=at, told_at=at, audience=doubt.audience)
    ended = (known.settled_by if known else 0) or position
    if ended != (settled_by or position):
        given = leads.kept(project, position)
        trail.move(project, gave=given, was=ended, became=settled_by or position, how="kept")
    stands = {"audience": doubt.audience, "state": state, "said": told.position, "at": at}
    Life.objects.update_or_create(
        project=project, position=position, defaults={**stands, "settled_by": settled_by}
    )
    return told


def _require_settles(project: Project, doubt: Entry, settled_by: int) -> None:
    if not settled_by:
        return
    require(doubt.position < settled_by <= places.GREATEST, NothingThatSettles)
    entry = Entry.objects.select_related("sealed").filter(log=project.work, position=settled_by)
    found = entry.first()
    require(found and not found.is_shredded and not found.fact.is_quiet, NothingThatSettles)
    assert found
    require(found.audience in (ledger.PUBLIC, doubt.audience), SettledOutOfSight)


def _cleaned(words: str) -> str:
    said = clean_line(words)
    require(len(said) <= LONGEST, TooManyWords, most=LONGEST)
    return said
