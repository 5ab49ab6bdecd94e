"""The trail by a maker's hand: what somebody said corrected an entry, or shaped it."""

import re
from datetime import datetime

from django.db import transaction

from coulisses.credits.refusals import NothingToTie, WayUnknown, WordUnknown
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import heard, revisions, trail
from coulisses.projects.models import Became, Project

WAYS = ("shaped", "corrected")
A_LOOK = 60  # entries of the room in which the latest words are looked for
LATEST = 15  # words that a maker chooses from

_number = re.compile(r"(?:.*#)?(?:say-)?([0-9]{1,18})\s*", re.DOTALL)


def number(said: str) -> int:
    """Return which entry of the room is meant: by its number, or a link to it; 0: none."""
    found = _number.fullmatch(said[:2_000].strip())
    return int(found[1]) if found else 0


def can_come_from(entry: Entry) -> bool:
    """Whether an entry of the work shows something that words of somebody could have become."""
    return not entry.is_shredded and entry.about is None and not entry.fact.is_quiet


def latest(project: Project, *, at: datetime) -> list[Entry]:
    """Return what was said last in a room, newest first, as its team reads it."""
    told = heard.read(project, audiences=ledger.EVERYTHING, at=at, limit=A_LOOK, newest_first=True)
    unheard = heard.hidden(project, [one.position for one in told])
    return [one for one in told if _is_word(one) and one.position not in unheard][:LATEST]


@transaction.atomic
def tie(project: Project, position: int, *, word: int, how: str, at: datetime) -> Became:
    """Note that an entry came from what was said at a number of the room.

    Raises EntryNotFound, NothingToTie, WayUnknown, WordUnknown.
    """
    require(how in WAYS, WayUnknown)
    require(can_come_from(ledger.find(project.work, position)), NothingToTie)
    rows = Entry.objects.filter(log=project.room_id, position=word).select_related("sealed")
    said = rows.first()
    require(said and _is_word(said), WordUnknown)
    assert said
    return trail.tie(project, voice=said.by, gave=word, became=position, how=how, at=at)


def untie(project: Project, position: int, *, word: int) -> None:
    """Take back what a maker's hand tied; what rooms tied themselves stays."""
    Became.objects.filter(project=project, became=position, gave=word, how__in=WAYS).delete()
    revisions.bump(project)


def _is_word(said: Entry) -> bool:
    return not said.is_shredded and said.about is None and bool(getattr(said.fact, "cue", 0))
