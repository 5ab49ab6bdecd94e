"""What is asked of every word before it is heard: rest, closed, who speaks here, pace, a look."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone

from coulisses.lib import html
from coulisses.lib.refusals import require
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.manners import rows
from coulisses.manners.models import Closed, Held, Manners, Resting
from coulisses.manners.refusals import (
    AskedToRest,
    EnoughWaits,
    NotWelcome,
    OnlyEstablished,
    RoomIsFull,
    ThreadIsClosed,
    TooManyAtOnce,
    TooSoon,
)
from coulisses.people import becoming, shunning
from coulisses.people import rows as voices
from coulisses.people.models import Account, Guest
from coulisses.projects import gates, heard, namesakes, unsaying
from coulisses.projects.gates import Waits
from coulisses.projects.models import Hidden, Project, Role

AT_ONCE = 8  # words of one voice within a minute
MINUTE = timedelta(minutes=1)
MOST_WAITING = 5  # words of one voice that wait for a look
MOST_OF_A_ROUND = 20  # … where a room has all of them wait, as ideas do
MOST_OF_ALL = 5_000  # words of one room that wait for a look
LINK = re.compile(r"https?://|www\.|\[[^\]]*\]\(", re.IGNORECASE)


@gates.gate
def keep_the_room(project: Project, fact: Fact, by: str, at: datetime) -> None:
    """Let a voice's words through, hold them for a look, or refuse them by name.

    Raises what `refuse` raises, Waits.
    """
    if _refused_or_looked_at(project, fact, by, at):
        Held.objects.create(
            project=project, voice_id=by, kind=fact.kind_name, body=fact.spelled(), at=at
        )
        heard.stir(project)  # whoever looks learns that something waits
        raise Waits


@gates.before
def refuse(project: Project, fact: Fact, by: str, at: datetime) -> None:
    """Refuse by name what is not even looked at.

    Raises AskedToRest, ThreadIsClosed, OnlyEstablished, NotWelcome, TooSoon, TooManyAtOnce,
    EnoughWaits, RoomIsFull.
    """
    _refused_or_looked_at(project, fact, by, at)


def _refused_or_looked_at(project: Project, fact: Fact, by: str, at: datetime) -> bool:
    chosen = of(project)
    gates.may_take_part(project, by, at=at)
    cue = getattr(fact, "cue", None)
    require(cue is None or not rows.is_closed(project.pk, cue), ThreadIsClosed)
    _require_established(project, by, at, days=chosen.established_days)
    _require_welcome(project, fact, by)
    _require_pace(project, by, at, slow=chosen.slow)
    waits_here = gates.is_looked_at(project, fact, by)
    is_looked_at = waits_here or _is_looked_at(project, fact, by, chosen)
    if is_looked_at:
        waiting = Held.objects.filter(project=project, refused_at=None)
        own = waiting.filter(voice=by).count()
        require(own < (MOST_OF_A_ROUND if waits_here else MOST_WAITING), EnoughWaits)
        require(waiting.count() < MOST_OF_ALL, RoomIsFull)
    return is_looked_at


@gates.closes
def closed(project: Project, positions: Collection[int]) -> list[int]:
    """Return which of these entries the team has closed."""
    rows = Closed.objects.filter(project=project, cue__in=positions)
    return list(rows.values_list("cue", flat=True))


@unsaying.also
def let_go(project: Project, entry: Entry) -> None:
    """Let new words that wait go with the old ones, which are taken back."""
    anew = Held.objects.filter(project=project, kind__endswith=".amended")
    anew.filter(body__about=entry.position).delete()


def of(project: Project) -> Manners:
    """Return what a project's team has chosen, or what holds where it has not."""
    return rows.chosen(project.pk) or Manners(project=project)


@gates.looks
def looks_at_guests(project: Project) -> bool:
    """Whether all that guests say here waits for a look."""
    return of(project).looks_at in ("guests", "everybody")


@gates.of_acts
def require_awake(project: Project, by: str, at: datetime) -> None:
    """Raise AskedToRest for who is asked to rest."""
    one = asked_to_rest(project, by, at=at)
    require(not one, AskedToRest, reason=one and one.reason, where=_appeals(project))


def asked_to_rest(project: Project, by: str, *, at: datetime) -> Resting | None:
    """Return by what a voice is asked to rest now: one look-up, of nearly everybody in vain."""
    asked = rows.resting(project.pk, by)
    if asked is None:
        return None
    one = Resting.objects.get(pk=asked)
    rests = one.until is None or one.until > at
    return one if rests and not _is_of_team(project, by) else None


def _appeals(project: Project) -> str:
    """Return where one appeals against what was done about one."""
    return f"{project.path}manners/yours/"


def _is_of_team(project: Project, by: str) -> bool:
    """Whether who rests was asked into the team since: owners say who belongs to it."""
    return Role.objects.filter(studio=project.studio_id, account__voice=by).exists()


def _require_welcome(project: Project, fact: Fact, by: str) -> None:
    """Raise NotWelcome where whoever is answered, or whose lead is taken further, blocked a voice.

    What one says anew has answered already.
    """
    answers = 0 if fact.says_anew else getattr(fact, "to", 0) or getattr(fact, "about", 0)
    if answers:
        theirs = Entry.objects.filter(log=project.room_id, position=answers)
        voice = theirs.values_list("by", flat=True).first()
        require(not voice or not shunning.is_blocked(by, by=voice), NotWelcome)


def _require_pace(project: Project, by: str, at: datetime, *, slow: int) -> None:
    latest = rows.latest(project.room_id, by, limit=AT_ONCE)
    # Against the house's clock: what a program says of its own hour is not asked here.
    now = max(at, timezone.now())
    if slow:
        said = [*latest[:1], *filter(None, [rows.latest_held(project.pk, by)])]
        is_soon = any(now - one < timedelta(seconds=slow) for one in said)
        require(not is_soon, TooSoon, seconds=slow)
    is_flood = len(latest) == AT_ONCE and now - latest[-1] < MINUTE
    require(not is_flood, TooManyAtOnce)


def _is_looked_at(project: Project, fact: Fact, by: str, chosen: Manners) -> bool:
    if chosen.looks_at == "everybody":
        return True
    guest = rows.unproven(by)
    if (chosen.looks_at == "guests" and guest) or _passes_for_the_team(project, by):
        return True
    words = str(getattr(fact, "words", ""))
    has_link = bool(LINK.search(words)) or html.has_link(words)
    is_hurried = guest is not None and guest.is_hurried
    if chosen.looks_at == "newcomers" or has_link or is_hurried:
        return not _stands(project, by)
    return False


def _passes_for_the_team(project: Project, by: str) -> bool:
    """Whether a name looks like the studio's or its team's, and nobody knows the voice yet."""
    name = voices.names([by]).get(by, "")
    is_alike = bool(name) and namesakes.passes_for_the_team(project.studio, name)
    if not is_alike or by in namesakes.team(project.studio_id):
        return False
    return Guest.objects.filter(voice=by).exists() or not _stands(project, by)


def _require_established(project: Project, by: str, at: datetime, *, days: int) -> None:
    """Raise OnlyEstablished, where a room says so, for who is not known and said nothing for long.

    Known is an account with an address that was confirmed, and a guest who is said to be a person.
    """
    if not days or _stands(project, by, before=at - timedelta(days=days)):
        return
    guest = Guest.objects.filter(voice=by).first()
    confirmed = Account.objects.filter(voice=by, emailaddress__verified=True)
    is_known = guest.verified_at is not None if guest else confirmed.exists()
    where = "/account/guest/" if guest else "/account/"
    require(is_known, OnlyEstablished, days=days, where=where)


def _stands(project: Project, by: str, *, before: datetime | None = None) -> bool:
    """Whether something that this voice said here, before a time, stands for all to read."""
    hidden = Hidden.objects.filter(project=project).values("position")
    own = becoming.voices_of(by)
    theirs = Entry.objects.filter(by__in=own, log=project.room_id, sealed__isnull=False)
    theirs = theirs.filter(told_at__lte=before) if before else theirs
    return theirs.exclude(position__in=hidden).exists()
