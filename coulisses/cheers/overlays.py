"""What this room lays over a stream: the latest words and cheers, and the doubt that is open."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from coulisses.cheers import queries, words
from coulisses.lib.html import plain
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import rows as voices
from coulisses.projects import gates, heard
from coulisses.projects.models import Project
from coulisses.ui import headlines, overlays
from coulisses.ui.overlays import Drawn
from coulisses.ui.slots import Reader

MOST_WORDS = 3
LOOKED_AT = 30  # entries of the room among which words are looked for
MOST_CHEERS = 4
LONGEST = 160
DOUBTS_LOOKED_AT = 10
OPENED, CLOSED = "doubt.reopened", ("doubt.settled", "doubt.let_go")


@dataclass(frozen=True)
class Heard:
    """Words of somebody; `name` is empty where it is not known."""

    name: str
    words: str


@overlays.of("voices", _("The latest words and cheers"), order=10)
def latest(project: Project, reader: Reader) -> Drawn:
    """Return the latest words that voices said, and the latest cheers.

    On a big screen nothing stands that a stranger typed and nobody looked at: no name of a guest
    who isn't verified, and their words only where the team looks at all of them first.
    """
    known = words.of(project)
    given = queries.latest(project, limit=MOST_CHEERS)
    cheers = [Heard(name, known.says(word)) for word, name in given]
    said = {"heard": _heard(project, reader), "cheers": cheers}
    return (
        Drawn(render_to_string("cheers/_over_voices.html", said)) if any(said.values()) else Drawn()
    )


@overlays.of("doubt", _("The doubt that is open"), order=30)
def doubt(project: Project, reader: Reader) -> Drawn:
    """Return the latest doubt that nobody has settled or let go."""
    asked: dict[str, Any] = {"audiences": ledger.OUTSIDE, "at": reader.at}
    found = ledger.read(
        project.work, topics=["doubt"], limit=DOUBTS_LOOKED_AT, newest_first=True, **asked
    )
    told = [one for one in found if isinstance(one, Entry) and not one.is_shredded]
    sequels = ledger.sequels(project.work, [one.position for one in told], **asked)
    for one in told:
        later = sequels.get(one.position, [])
        if _is_open(later):
            said = {"words": headlines.said(one, later), "asks": getattr(one.fact, "asks", "")}
            html = render_to_string("cheers/_over_doubt.html", {**said, "project": project})
            return Drawn(html)
    return Drawn()


def _is_open(sequels: list[Entry]) -> bool:
    said = [one.kind for one in sequels if one.kind == OPENED or one.kind in CLOSED]
    return not said or said[-1] == OPENED


def _heard(project: Project, reader: Reader) -> list[Heard]:
    asked: dict[str, Any] = {"audiences": ledger.OUTSIDE, "at": reader.at}
    found = heard.read(project, limit=LOOKED_AT, newest_first=True, **asked)
    told = [one for one in found if not (one.is_shredded or one.fact.is_quiet or one.about)]
    hidden = heard.hidden(project, [one.position for one in told])
    known = voices.known({one.by for one in told})
    are_looked_at = gates.looks_first(project)
    shown = [
        one for one in told if one.position not in hidden and (one.by in known or are_looked_at)
    ]
    sequels = ledger.sequels(project.room, [one.position for one in shown], **asked)
    names = voices.names({one.by for one in shown} & known)
    said = [Heard(names.get(one.by, ""), _now(one, sequels.get(one.position, []))) for one in shown]
    return [one for one in said if one.words][:MOST_WORDS]


def _now(entry: Entry, sequels: list[Entry]) -> str:
    """Return an entry's words as they are said now."""
    anew = [one for one in sequels if not one.is_shredded and one.fact.says_anew]
    return plain((anew[-1] if anew else entry).fact.headline(), longest=LONGEST)
