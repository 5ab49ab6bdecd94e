"""What is changed when a moment is put into other words: its words now, and those before."""

from dataclasses import dataclass
from datetime import datetime

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.moments.kinds import MomentAmended, MomentTold
from coulisses.moments.refusals import MomentShredded, OnlyMomentsAreAmended
from coulisses.projects.models import Project
from coulisses.ui import pictures
from coulisses.ui.pictures import Picture


@dataclass(frozen=True)
class Words:
    """Words a moment had or has, and when they were told."""

    title: str
    body: str
    told_at: datetime


@dataclass(frozen=True)
class Whole:
    """A moment to put into other words; `pictures` and whatever else it shows stay."""

    entry: Entry
    current: Words
    earlier: list[Words]
    pictures: list[Picture]


def read(project: Project, position: int, *, at: datetime) -> Whole:
    """Return a moment's words, as its maker sees them.

    Raises EntryNotFound, OnlyMomentsAreAmended, MomentShredded.
    """
    entry = ledger.find(project.work, position)
    require(entry.kind == MomentTold.kind_name, OnlyMomentsAreAmended)
    require(not entry.is_shredded, MomentShredded)
    found = ledger.sequels(project.work, [position], audiences=ledger.EVERYTHING, at=at)
    sequels = [one for one in found.get(position, ()) if one.kind == MomentAmended.kind_name]
    said = [_words(one) for one in (entry, *sequels) if not one.is_shredded]
    kept = pictures.kept(project.work, entry.fact.shows())
    shown = pictures.told(entry.fact, f"{project.path}{position}", kept)
    return Whole(entry, said[-1], said[:-1], shown)


def _words(entry: Entry) -> Words:
    fact = entry.fact
    return Words(getattr(fact, "title", ""), getattr(fact, "body", ""), entry.told_at)
