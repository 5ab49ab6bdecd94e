"""The tray: what waits, what was dropped lately, what was held back, and what arrived."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

from coulisses.capture import queries as capture
from coulisses.capture import tray, waiting
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.moments import laying
from coulisses.moments import rules as moments
from coulisses.moments.kinds import TOPICS
from coulisses.people.models import Account
from coulisses.projects.models import Project, Sitting
from coulisses.projects.sight import Sight
from coulisses.projects.telling import GRACE
from coulisses.ui import entries

A_PAGE = 20  # saves that wait
A_SPREAD = 24  # entries that arrived
MOST_DROPPED = 20
MOST_HELD = 12  # files that were held back
WORK = [laying.CAPTURE, *TOPICS]


@dataclass(frozen=True)
class Place:
    """Where each list goes on: before a row that waits, before a position of the log."""

    waits: int | None = None
    told: int | None = None

    @property
    def query(self) -> str:
        """Return it as the end of an address, empty for the beginning."""
        said = [f"{name}={value}" for name, value in vars(self).items() if value]
        return f"?{'&'.join(said)}" if said else ""


@dataclass(frozen=True)
class Told:
    """An entry that arrived. It may be taken back for `left` seconds more; `is_step` can go under
    a sentence, and under the `steps` of another many stand."""

    position: int
    html: SafeString
    is_step: bool
    is_pinned: bool
    has_words: bool
    steps: bool
    left: int


@dataclass
class Group:
    """A sitting, and what arrived in it, the latest first."""

    sitting: Sitting
    told: list[Told] = field(default_factory=list)


@dataclass
class Held:
    """A file that was held back, or was not there, in so many saves, the last at `position`."""

    path: str
    reason: str
    is_missing: bool
    position: int
    count: int = 1


@dataclass(frozen=True)
class State:
    """How far a tray has been read: its newest row that waits, and the size of the log."""

    waiting: int
    told: int


@dataclass(frozen=True)
class Screen:
    """Everything on the tray at once; `count` saves wait in all, up to 100."""

    place: Place
    waits: tray.Page
    count: int
    dropped: list[tray.Item]
    held: list[Held]
    groups: list[Group]
    older: int | None
    state: State

    @property
    def last_dropped(self) -> list[tray.Item]:
        """What was dropped together last."""
        first = self.dropped[0].dropped_at if self.dropped else None
        return [one for one in self.dropped if one.dropped_at == first]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has come in yet."""
        return not (self.waits.items or self.groups or self.dropped or self.place.query)


def read(
    project: Project, sight: Sight, account: Account, *, place: Place, at: datetime, language: str
) -> Screen:
    """Return the tray as one of the team sees it: a contributor what waits of theirs."""
    whose, address = of_whom(sight, account), f"{project.desk}tray/"
    state = State(capture.newest_waiting(project, by=whose), project.work.size)
    groups, older = _arrived(project, place.told, at=at, language=language)
    lately = at - waiting.KEPT_FOR
    rows = capture.dropped(project, since=lately, limit=MOST_DROPPED)[0] if sight.is_maker else []
    return Screen(
        place=place,
        waits=tray.read(project, address, by=whose, before=place.waits, limit=A_PAGE),
        count=capture.count_waiting(project, by=whose),
        dropped=tray.items(project, rows, address),
        held=_held(project) if not place.query else [],
        groups=groups,
        older=older,
        state=state,
    )


def of_whom(sight: Sight, account: Account) -> str | None:
    """Return the voice whose saves somebody sees waiting: None for a maker, who sees all."""
    return None if sight.is_maker else account.voice_id


def count_new(project: Project, *, by: str | None, since: State) -> int:
    """Return how many saves and moments came in since, up to a hundred of each."""
    told = Entry.objects.filter(log=project.work_id, position__gt=since.told, topic__in=WORK)
    positions = told.values_list("position", flat=True)[: capture.MOST_COUNTED]
    return capture.count_new(project, by=by, after=since.waiting) + len(positions)


def _arrived(
    project: Project, before: int | None, *, at: datetime, language: str
) -> tuple[list[Group], int | None]:
    """Return a spread of what was told by its sittings, and where the next one goes on."""
    found = ledger.read(
        project.work,
        audiences=ledger.EVERYTHING,
        at=at,
        before=before,
        topics=WORK,
        limit=A_SPREAD + 1,
        newest_first=True,
    )
    known = [one for one in found[:A_SPREAD] if isinstance(one, Entry)]
    older = known[-1].position if len(found) > A_SPREAD else None
    under = laying.over(project, [one.position for one in known])
    loose = [one for one in known if one.position not in under and not one.is_shredded]
    return _grouped(project, _cards(project, loose, at=at, language=language)), older


def _cards(project: Project, known: Sequence[Entry], *, at: datetime, language: str) -> list[Told]:
    around = entries.look_around(project, known, audiences=ledger.EVERYTHING, at=at)
    over = [position for one in known for position in getattr(one.fact, "over", ())]
    folded = set(laying.over(project, over).values())
    return [
        Told(
            position=one.position,
            html=entries.card(project, one, around, language=language),
            is_step=one.topic == laying.CAPTURE,
            is_pinned=entries.is_pinned(around.sequels.get(one.position, ())),
            has_words=bool(one.fact.headline()),
            steps=one.position in folded,
            left=_left(one, at),
        )
        for one in known
    ]


def _grouped(project: Project, told: Sequence[Told]) -> list[Group]:
    if not told:
        return []
    within = Sitting.objects.filter(
        project=project,
        first_position__lte=told[0].position,
        last_position__gte=told[-1].position,
    )
    groups = [Group(sitting) for sitting in within.order_by("-first_position")]
    for one in told:
        theirs = (group for group in groups if group.sitting.first_position <= one.position)
        if group := next(theirs, None):
            group.told.append(one)
    return [group for group in groups if group.told]


def _held(project: Project) -> list[Held]:
    """Return the files that were held back lately, each once."""
    found: dict[tuple[str, str], Held] = {}
    for row in capture.held_back(project):
        known = found.get((row.path, row.reason))
        if known:
            known.count += 1
        else:
            held = Held(row.path, row.reason, row.is_missing, row.position)
            found[row.path, row.reason] = held
    return list(found.values())[:MOST_HELD]


def _left(entry: Entry, at: datetime) -> int:
    """Return for how many seconds an entry may still be taken back."""
    if not moments.is_work(entry):
        return 0
    return max(0, int((entry.told_at + GRACE - at).total_seconds()))
