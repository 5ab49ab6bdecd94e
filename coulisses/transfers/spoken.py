"""What voices said, as a site without a script shows it: the words alone, under their entry."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from coulisses.doubts.models import Lead
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import rows as voices
from coulisses.projects import heard
from coulisses.transfers.form import Sent
from coulisses.voices.models import Word

MOST = 200  # words under one entry, the first; the folder of the room holds them all


@dataclass(frozen=True)
class Spoken:
    """Somebody's words; `name` is empty where it is not known, `is_answer` stands in a thread."""

    name: str
    words: str
    at: datetime
    is_answer: bool
    has_files: bool


def under(sent: Sent, cues: Collection[int]) -> dict[int, list[Spoken]]:
    """Return what was said under these entries of the work, as those it is sent to may read it.

    Threads stand in their order, answers beneath; what is hidden or was taken back is not there.
    """
    found: dict[int, list[int]] = {}
    for cue, position in _places(sent, cues):
        under_it = found.setdefault(cue, [])
        if len(under_it) < MOST:
            under_it.append(position)
    asked = [one for some in found.values() for one in some]
    said = _said(sent, asked) if asked else {}
    return {cue: [said[one] for one in some if one in said] for cue, some in found.items()}


def _places(sent: Sent, cues: Collection[int]) -> Iterator[tuple[int, int]]:
    leads = Lead.objects.filter(project=sent.project, doubt__in=cues).exclude(state="gone")
    yield from leads.order_by("position").values_list("doubt", "position")
    words = Word.objects.filter(project=sent.project, cue__in=cues, is_gone=False)
    ordered = words.order_by("cue", "thread", "position")
    yield from ordered.values_list("cue", "position").iterator(chunk_size=2_000)


def _said(sent: Sent, asked: list[int]) -> dict[int, Spoken]:
    told = [one for one in sent.room.read(positions=asked) if isinstance(one, Entry)]
    unheard = heard.hidden(sent.project, asked)
    shown = [one for one in told if not one.is_shredded and one.position not in unheard]
    places = [one.position for one in shown]
    anew = ledger.sequels(sent.project.room, places, audiences=sent.audiences, at=sent.at)
    names = voices.names({one.by for one in shown})
    return {
        one.position: Spoken(
            name=names.get(one.by, ""),
            words=_now(one, anew.get(one.position, [])),
            at=one.told_at,
            is_answer=bool(getattr(one.fact, "to", 0)),
            has_files=bool(one.fact.shows()),
        )
        for one in shown
    }


def _now(entry: Entry, sequels: list[Entry]) -> str:
    """Return words as they are said now."""
    anew = [one for one in sequels if one.fact.says_anew and not one.is_shredded]
    return str(getattr((anew[-1] if anew else entry).fact, "words", ""))
