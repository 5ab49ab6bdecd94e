"""What credits put on others' pages: the trail under a card, the way to the credits beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from coulisses.credits import influence, queries, tying
from coulisses.credits.influence import Origin
from coulisses.log.models import Entry
from coulisses.people import rows as voices
from coulisses.projects.kinds import CurtainFallen
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader

ORDER = 30


@slots.under("trail", order=ORDER, for_all=True)
def trail(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Say what entries came from; a maker ties by hand where one stands alone."""
    found = influence.origins(project, entries, audiences=reader.sight.audiences, at=reader.at)
    html = {}
    with translation.override(reader.language):
        for entry in entries:
            origin = found.get(entry.position)
            said = _said(project, entry, origin) if origin else ""
            hand = _hand(project, entry, origin, reader) if _has_hand(entry, reader) else ""
            roll = _roll(project) if entry.kind == CurtainFallen.kind_name else ""
            if said or hand or roll:
                html[entry.position] = mark_safe(said + hand + roll)  # noqa: S308
    return html


@slots.beside("place", order=20)
def place(project: Project, reader: Reader) -> SafeString:
    """Say to somebody that a place in the team is held for them; who has one is asked nothing."""
    if reader.sight.is_team:
        return SafeString()
    held = queries.place_held(project, reader.actor.voice, at=reader.at)
    return _beside("place_held", project, reader, held=held) if held else SafeString()


@slots.beside("credits", order=slots.LATER + 20, for_all=True)
def beside(project: Project, reader: Reader) -> SafeString:
    """Lead to the credits once somebody beside the team stands in them."""
    has_others = queries.has_others(project, audiences=reader.sight.audiences)
    return _beside("beside", project, reader) if has_others else SafeString()


def _beside(name: str, project: Project, reader: Reader, **said: Any) -> SafeString:
    with translation.override(reader.language):
        return render_to_string(f"credits/_{name}.html", {"project": project, **said})


def _has_hand(entry: Entry, reader: Reader) -> bool:
    return reader.is_full and reader.sight.is_maker and tying.can_come_from(entry)


def _said(project: Project, entry: Entry, origin: Origin) -> str:
    return render_to_string("credits/_came_from.html", {"project": project, "origin": origin})


def _hand(project: Project, entry: Entry, origin: Origin | None, reader: Reader) -> str:
    words = tying.latest(project, at=reader.at)
    names = voices.names({one.by for one in words})
    tied = [one for one in origin.sources if one.how in tying.WAYS] if origin else []
    said = {
        "project": project,
        "entry": entry,
        "words": [(one, names.get(one.by, "")) for one in words],
        "tied": tied,
    }
    return render_to_string("credits/_hand.html", said)


def _roll(project: Project) -> str:
    return render_to_string("credits/_roll.html", {"project": project})
