"""A session's page: what came during it, in the order of its hours, on a strip to replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.sessions import queries
from coulisses.sessions.kinds import SessionEnded
from coulisses.sessions.models import Session
from coulisses.ui import entries, live, pictures, words
from coulisses.ui.entries import Around
from coulisses.ui.live import Live
from coulisses.ui.strip import MOST as MOST_MARKS
from coulisses.ui.strip import Mark, Strip, height

MOST = 500  # entries of one page
OURS = "session."


@dataclass(frozen=True)
class Step:
    """Something that came `seconds` after the session's start."""

    position: int
    seconds: int
    html: SafeString


@dataclass(frozen=True)
class Whole:
    """A session with its steps. `length` is how long it lasted, or has lasted until now.

    `has_more` says that there is more than a page holds.
    """

    session: Session
    people: list[str]
    voices: frozenset[str]
    steps: list[Step]
    strip: Strip | None
    length: timedelta
    has_more: bool
    live: Live

    @property
    def seconds(self) -> int:
        """The length in whole seconds, one at least."""
        return max(1, int(self.length.total_seconds()))


def read(session: Session, *, audiences: frozenset[str], at: datetime, language: str) -> Whole:
    """Return a session's page for readers of these audiences, in a constant number of queries."""
    project = session.project
    # The horizon first: what is told between the two is shown twice rather than never.
    begins = live.now(project, audiences=audiences, at=at)
    known, has_more = _known(session, audiences, at)
    around = entries.look_around(project, known, audiences=audiences, at=at)
    length = (session.ended_at or at) - session.started_at if session.started_at else timedelta()
    steps = [
        Step(one.position, _after(session, one), _card(project, one, around, language))
        for one in known
    ]
    voices = list(session.hands.order_by("pk").values_list("voice", flat=True))
    named = queries.people([session]).get(session.pk, [])
    return Whole(
        session=session,
        people=named,
        voices=frozenset(voices),
        steps=steps,
        strip=_strip(session, known, around, length) if len(known) > 1 else None,
        length=length,
        has_more=has_more,
        live=begins,
    )


def _known(session: Session, audiences: frozenset[str], at: datetime) -> tuple[list[Entry], bool]:
    """Return what came during a session and can be read, in the order of its hours."""
    if not session.started_at:
        return [], False
    found = ledger.read(
        session.project.work,
        audiences=audiences,
        at=at,
        during=(session.started_at, session.ended_at or at),
        limit=MOST + 1,
    )
    shown = [one for one in found[:MOST] if isinstance(one, Entry) and _is_shown(one, session)]
    return sorted(shown, key=lambda one: (one.happened_at, one.position)), len(found) > MOST


def _is_shown(entry: Entry, session: Session) -> bool:
    """Whether it is work, or said of this session: no pin, no title, no other words."""
    if entry.kind.startswith(OURS):
        is_end = entry.kind == SessionEnded.kind_name  # which the page itself is
        return not is_end and getattr(entry.fact, "session", session.number) == session.number
    return not entry.fact.is_quiet


def _card(project: Project, entry: Entry, around: Around, language: str) -> SafeString:
    return entries.card(project, entry, around, language=language)


def _after(session: Session, entry: Entry) -> int:
    assert session.started_at
    return max(0, int((entry.happened_at - session.started_at).total_seconds()))


def _strip(session: Session, known: Sequence[Entry], around: Around, length: timedelta) -> Strip:
    """Return the strip scaled to the session's hours; where marks would touch, the tallest."""
    whole = max(1.0, length.total_seconds())
    places: dict[int, Mark] = {}
    for one in known:
        at = round(0.6 + 98.8 * min(1.0, _after(session, one) / whole), 2)
        mark = _mark(session.project, one, at, around)
        place = int(at * MOST_MARKS / 100)
        if place not in places or places[place].height < mark.height:
            places[place] = mark
    begin = words.hour(session.started_at) if session.started_at else ""
    end = words.hour(session.ended_at) if session.ended_at else ""
    return Strip(list(places.values()), begin, words.steps(len(known)), end)


def _mark(project: Project, one: Entry, at: float, around: Around) -> Mark:
    address = f"{project.path}{one.position}"
    said = [words.kind(one.topic)] if one.topic not in {"", "capture"} else []
    label = ": ".join([*said, one.fact.headline()]).strip(": ")
    return Mark(
        href=f"#cue-{one.position}",
        when="",
        time=one.happened_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        label=f"{one.position} · {label}" if label else str(one.position),
        height=height(one.topic, one.fact.weighs()),
        kind="" if one.topic in {"capture", "progress", "note"} else one.topic,
        picture=pictures.first_small(one.fact, address, around.versions),
        at=at,
    )
