"""What a maker does at the tray, on one thing or several: each act is whole or not at all.

Each returns a sentence for whoever did it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coulisses.capture import waiting
from coulisses.desk.tray_refusals import NothingChosen
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.moments import laying
from coulisses.moments import rules as moments
from coulisses.pins import queries as pinned
from coulisses.pins import rules as pins
from coulisses.projects.models import Project
from coulisses.sittings import rules as sittings

MOST = 200  # chosen at a time


@dataclass(frozen=True)
class Chosen:
    """What a form of the tray speaks of, and the words in it."""

    waiting: list[int]
    dropped: list[int]
    told: list[int]
    first: int
    kind: str
    words: str
    title: str

    @classmethod
    def of(cls, said: QueryDict) -> "Chosen":
        """Read a form; a button beside one thing names that alone. Raises NothingChosen."""
        only = said.get("only", "")
        name, _dash, number = only.partition("-")

        def listed(kind: str) -> list[int]:
            one = [number] if name == kind else []
            return _numbers(one if only else said.getlist(kind))

        return cls(
            waiting=listed("waiting"),
            dropped=listed("dropped"),
            told=listed("told"),
            first=next(iter(_numbers(said.getlist("first"))), 0),
            kind=said.get("kind", ""),
            words=said.get("words", ""),
            title=said.get("title", ""),
        )


Act = Callable[..., str]


def release(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Tell what waited. Raises NothingChosen, WaitingNotFound, AudienceUnknown."""
    _require(chosen.waiting)
    told = waiting.release(project, chosen.waiting, at=at)
    said = ngettext("%(count)s save is told.", "%(count)s saves are told.", len(told))
    return said % {"count": len(told)}


def drop(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Drop what waited. Raises NothingChosen, WaitingNotFound."""
    _require(chosen.waiting)
    waiting.drop(project, chosen.waiting, at=at)
    count = len(set(chosen.waiting))
    said = ngettext(
        "%(count)s save is dropped. You can take it back for an hour; your own files stay.",
        "%(count)s saves are dropped. You can take them back for an hour; your own files stay.",
        count,
    )
    return said % {"count": count}


def recover(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Let what was dropped wait again. Raises NothingChosen, WaitingNotFound, DroppedForGood."""
    _require(chosen.dropped)
    waiting.take_back(project, chosen.dropped, at=at)
    count = len(set(chosen.dropped))
    said = ngettext("%(count)s save waits again.", "%(count)s saves wait again.", count)
    return said % {"count": count}


def hold(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Take clocks off. Raises NothingChosen, WaitingNotFound."""
    _require(chosen.waiting)
    waiting.hold(project, chosen.waiting)
    count = len(set(chosen.waiting))
    said = ngettext(
        "%(count)s save is held until you say so.",
        "%(count)s saves are held until you say so.",
        count,
    )
    return said % {"count": count}


@transaction.atomic
def take_back(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Take back what was told within the last minute.

    Raises NothingChosen, EntryNotFound, OnlyWorkIsTakenBack, TooLateToTakeBack, AlreadyShredded.
    """
    _require(chosen.told)
    positions = sorted(set(chosen.told))
    for position in positions:
        moments.take_back(project, position, by=by, at=at)
    said = ngettext("%(positions)s is taken back.", "%(positions)s are taken back.", len(positions))
    return said % {"positions": ", ".join(map(str, positions))}


@transaction.atomic
def pin(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Put entries into the short reading, those that aren't there yet.

    Raises NothingChosen, EntryNotFound, NothingToPin.
    """
    _require(chosen.told)
    there = pinned.pinned(project, audiences=ledger.EVERYTHING, positions=chosen.told)
    moved = sorted(set(chosen.told) - set(there))
    for position in moved:
        pins.pin(project, position, by=by, at=at)
    said = ngettext("%(count)s entry is pinned.", "%(count)s entries are pinned.", len(moved))
    return said % {"count": len(moved)}


@transaction.atomic
def unpin(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Take entries out of the short reading, those that are there. Raises NothingChosen."""
    _require(chosen.told)
    there = pinned.pinned(project, audiences=ledger.EVERYTHING, positions=chosen.told)
    for position in sorted(there):
        pins.unpin(project, position, by=by, at=at)
    said = ngettext("%(count)s entry is unpinned.", "%(count)s entries are unpinned.", len(there))
    return said % {"count": len(there)}


@transaction.atomic
def lay(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Tell what waited, and lay a sentence over it and over what was told before.

    Raises what `release` and `laying.lay` raise.
    """
    _require(chosen.waiting or chosen.told)
    told = waiting.release(project, chosen.waiting, at=at) if chosen.waiting else []
    positions = {*chosen.told, *(one.position for one in told)}
    words = {"kind": chosen.kind, "title": chosen.words}
    sentence = laying.lay(project, positions, **words, by=by, at=at)
    said = ngettext(
        "%(position)s lies over %(count)s step.",
        "%(position)s lies over %(count)s steps.",
        len(positions),
    )
    return said % {"position": sentence.position, "count": len(positions)}


def unfold(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Let what is under a sentence stand by itself. Raises NothingChosen, NothingFolded."""
    _require(chosen.told)
    laying.unfold(project, chosen.told[0], by=by, at=at)
    return _("Its steps stand by themselves again.")


def title(project: Project, chosen: Chosen, *, by: str, at: datetime) -> str:
    """Put a sentence over a sitting. Raises SittingNotFound, SittingTitleTooLong."""
    sittings.title(project, chosen.first, chosen.title, by=by, at=at)
    if chosen.title.strip():
        return _("The sitting has its title.")
    return _("The sitting is called by its day again.")


def _require(numbers: list[int]) -> None:
    require(0 < len(numbers) <= MOST, NothingChosen, most=MOST)


def _numbers(said: list[str]) -> list[int]:
    """Return numbers that a database knows. Raises NothingChosen."""
    numbers = [one for one in map(text.number, said) if one is not None]
    require(len(numbers) == len(said), NothingChosen, most=MOST)
    return numbers
