"""A project moves in: its log as it was signed, its files, its names; then it says so itself.

All is looked at first. Then its files come in, before any lock; then all that names them is written
in one transaction: a project arrives whole or not.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from coulisses.capture import holding, lives
from coulisses.capture.models import Author
from coulisses.decisions import deriving as decided
from coulisses.doubts import rules as doubts
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line, shorten
from coulisses.lib.tree import Frontier
from coulisses.log import ledger
from coulisses.log.models import Entry, Log, Sealed
from coulisses.media import staging
from coulisses.media.staging import Stage
from coulisses.moments import laying
from coulisses.people.models import Account, Voice
from coulisses.pins import rules as pins
from coulisses.projects import addresses, finishing, revisions, room, telling
from coulisses.projects.models import Originals, Project, Struck, Studio, Tier
from coulisses.sessions import deriving
from coulisses.sittings import rules as sittings
from coulisses.transfers import examining, furnishing, luggage, sources
from coulisses.transfers.examining import Found, Head, Line
from coulisses.transfers.refusals import AlreadyHere, LogUnread, VoiceOfAnother
from coulisses.transfers.sources import Bounds, Source

A_TURN = 500  # rows written at once
SAID_EVERY = 20.0  # seconds between two words that more files come in
Alive = Callable[[float], None]
T = TypeVar("T")
DERIVED = (
    *(telling.replay, sittings.replay, finishing.replay, pins.replay),
    *(deriving.replay, lives.replay, holding.replay, laying.replay),
    *(doubts.replay, decided.replay),
)


def _silently(_done: float) -> None:
    """Say nothing of how far it is."""


@dataclass(frozen=True)
class Looked:
    """An export that holds: what it is, what was met in it, and its files."""

    head: Head
    found: Found
    weight: luggage.Weight


def look(
    source: Source,
    studio: Studio,
    *,
    by: Account,
    at: datetime,
    vkey: str = "",
    alive: Alive = _silently,
) -> Looked:
    """Look at all of an export, and keep nothing of it. Raises what `arrive` does."""
    head = examining.head(source, vkey=vkey)
    require(not Log.objects.filter(pk=head.log_id).exists(), AlreadyHere)
    size = head.checkpoint.size
    found = examining.log(
        source, head, _unkept(studio, head), at=at, alive=lambda done: alive(done / size / 2)
    )
    _require_own(found.voices, studio, by)
    _require_strangers(head)
    weight = luggage.look(source, found.signed, lambda: alive(0.5))
    room.require_room_in(studio.pk, weight.bytes)
    return Looked(head, found, weight)


def arrive(
    place: Path,
    studio: Studio,
    *,
    by: Account,
    at: datetime,
    slug: str = "",
    vkey: str = "",
    bounds: Bounds | None = None,
    alive: Alive = _silently,
    also: Callable[[Project], None] = lambda _project: None,
) -> Project:
    """Take an exported project into a studio, with its numbers and its proof.

    `vkey` is the only key that will do, where it is said; `bounds` are for what a stranger sent.
    `alive` is called now and then with how much is done, from 0 to 1, `also` in the transaction
    that writes. Nothing is kept unless all of it holds: files first, which go again where the rows
    don't come.
    Raises what `refusals` has for arriving, StudioFull, SlugTaken, SlugMalformed, SlugReserved.
    """
    with sources.opened(place, bounds=bounds) as source:
        looked = look(source, studio, by=by, at=at, vkey=vkey, alive=alive)
        stage = staging.begin(looked.head.log_id, at=timezone.now())
        try:
            _carry(source, stage, looked.weight, alive)
            with transaction.atomic():
                _take(looked.head.log_id)
                project = _settle(source, looked, stage, studio, slug, by=by, at=at)
                also(project)
                stage.settle()
        except BaseException:
            with suppress(OSError):  # a bucket that is gone, say: the row of the stage remembers
                staging.clear(stage)
            raise
    return project


def _carry(source: Source, stage: Stage, weight: luggage.Weight, alive: Alive) -> None:
    said_at = time.monotonic()

    def say() -> None:
        nonlocal said_at
        alive(0.5 + stage.count / (weight.files + 1) / 2)
        if time.monotonic() - said_at > SAID_EVERY:
            stage.keep_alive(at=timezone.now())
            said_at = time.monotonic()

    luggage.carry(source, stage, say)
    stage.keep_alive(at=timezone.now())


def _settle(
    source: Source,
    looked: Looked,
    stage: Stage,
    studio: Studio,
    slug: str,
    *,
    by: Account,
    at: datetime,
) -> Project:
    head, found = looked.head, looked.found
    _keep_names(head, found.voices)
    project = _found_project(head, found, studio, slug, at=at)
    room.require_room(project.work, looked.weight.bytes)
    luggage.settle(source, stage, project.work)
    _keep_log(source, head, project.work, at=at)
    furnishing.dress(project, head, by=by.voice_id, at=at)
    try:
        for replay in DERIVED:
            replay(project)
    except (Error, ValueError, TypeError, LookupError, AttributeError):
        raise LogUnread from None
    arrived = furnishing.arrived(head)
    telling.tell(project, arrived, by=by.voice_id, happened_at=at, told_at=at)
    revisions.bump(project)
    project.refresh_from_db()
    return project


def _take(log_id: str) -> None:
    """Write the log's row: from here on its files are this arrival's alone. Raises AlreadyHere."""
    try:
        with transaction.atomic():
            Log.objects.create(pk=log_id)
    except IntegrityError:
        raise AlreadyHere from None


def _unkept(studio: Studio, head: Head) -> Project:
    """Return a project that stands nowhere, to draw cards for."""
    return Project(studio=studio, slug="arriving", title="", work=Log(pk=head.log_id))


def _require_own(voices: set[str], studio: Studio, by: Account) -> None:
    """Raise VoiceOfAnother where somebody speaks who has an account here, or speaks elsewhere."""
    own = set(Project.objects.filter(studio=studio).values_list("work_id", flat=True))
    for some in _turns(sorted(voices - {by.voice_id}), A_TURN):
        known = Voice.objects.filter(pk__in=some)
        require(not known.filter(account__isnull=False).exists(), VoiceOfAnother)
        for voice in known.values_list("pk", flat=True):
            require(set(ledger.logs_of(voice)) <= own, VoiceOfAnother)


def _require_strangers(head: Head) -> None:
    """Raise AlreadyHere where a circle of another project has the same id."""
    require(not Tier.objects.filter(pk__in=head.tiers).exists(), AlreadyHere)


def _keep_names(head: Head, voices: set[str]) -> None:
    """Keep the voices that speak, with the names they let be shown; none gets an account."""
    said = head.people.get("voices")
    names = said if isinstance(said, dict) else {}
    for some in _turns(sorted(voices), A_TURN):
        Voice.objects.bulk_create(
            [_voice(voice, names.get(voice)) for voice in some], ignore_conflicts=True
        )


def _voice(voice: str, said: Any) -> Voice:
    name = said.get("name") if isinstance(said, dict) else ""
    name = shorten(clean_line(name), 200) if isinstance(name, str) else ""
    return Voice(pk=voice, name=name, is_named=bool(name))


def _found_project(head: Head, found: Found, studio: Studio, slug: str, *, at: datetime) -> Project:
    said = head.said
    words, old = said.get("words"), said.get("slug")
    title = words.get("title") if isinstance(words, dict) else ""
    title = shorten(clean_line(title), 200) if isinstance(title, str) else ""
    proposed = addresses.propose_project(studio, old if isinstance(old, str) else title)
    opened_at = found.first.told_at if found.first else at
    project = Project.objects.create(
        studio=studio,
        slug=slug or proposed,
        title=title,
        work_id=head.log_id,
        room=ledger.open_log(),
        opened_at=opened_at,
        stirred_at=opened_at,
        curtain_raised_at=found.raised_at,
        withdrawn_at=furnishing.time(said.get("withdrawn_at")),
        originals=furnishing.one_of(Originals.values, said.get("originals")),
        are_names_shown=said.get("are_names_shown") is True,
    )
    addresses.claim(project, project.slug)
    Tier.objects.bulk_create(
        Tier(pk=tier, project=project, name=name) for tier, name in head.tiers.items()
    )
    Author.objects.bulk_create(furnishing.authors(head, project, found.voices))
    Struck.objects.bulk_create(furnishing.struck(head, project))
    return project


def _keep_log(source: Source, head: Head, log: Log, *, at: datetime) -> None:
    """Write the entries as they were signed; they are checked once more on their way."""
    frontier = Frontier()
    for some in _turns(examining.lines(source, head, at=at), A_TURN):
        rows = [_entry(log, line) for line in some]
        Entry.objects.bulk_create(rows)
        Sealed.objects.bulk_create(
            Sealed(entry=row, salt=line.salt, content=line.content)
            for row, line in zip(rows, some, strict=True)
            if not line.is_shredded
        )
        for line in some:
            frontier = frontier.append(line.leaf)
    log.size, log.frontier = frontier.size, frontier.to_bytes()
    log.save(update_fields=["size", "frontier"])


def _entry(log: Log, line: Line) -> Entry:
    return Entry(
        log=log,
        position=line.position,
        kind=line.kind,
        topic=line.topic,
        about=line.about,
        by=line.by,
        audience=line.audience,
        happened_at=line.happened_at,
        told_at=line.told_at,
        past=line.past,
        once=line.once,
        leaf=line.leaf,
    )


def _turns(rows: Iterable[T], count: int) -> Iterator[list[T]]:
    """Yield rows so many at a time."""
    left = iter(rows)
    while some := list(islice(left, count)):
        yield some
