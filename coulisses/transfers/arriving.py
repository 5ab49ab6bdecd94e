"""A project moves in: its log as it was signed, its files, its names; then it says so itself.

All is looked at first. Then its files come in, before any lock; then all that names them is written
in one transaction: a project arrives whole or not.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import Error, IntegrityError, transaction

from coulisses.brainstorms import deriving as thrown
from coulisses.capture import holding, lives
from coulisses.capture.models import Author
from coulisses.credits import gathering
from coulisses.decisions import deriving as decided
from coulisses.doubts import leads
from coulisses.doubts import rules as doubts
from coulisses.lib.text import clean_line, shorten
from coulisses.log import ledger
from coulisses.log.models import Log
from coulisses.manners import deriving as manners
from coulisses.moments import laying
from coulisses.notices import pulling
from coulisses.people.models import Account
from coulisses.pins import rules as pins
from coulisses.projects import addresses, finishing, revisions, room, telling
from coulisses.projects.models import Originals, Project, Struck, Studio, Tier
from coulisses.sessions import deriving
from coulisses.sittings import rules as sittings
from coulisses.transfers import form, furnishing, keeping, loads, looking, luggage, sources, votes
from coulisses.transfers.examining import Found, Head
from coulisses.transfers.looking import Alive, Looked, silently
from coulisses.transfers.refusals import AlreadyHere, LogUnread
from coulisses.transfers.sources import Below, Bounds, Source
from coulisses.transfers.stages import Stages
from coulisses.voices import deriving as said

DERIVED = (
    *(telling.replay, sittings.replay, finishing.replay, pins.replay),
    *(deriving.replay, lives.replay, holding.replay, laying.replay),
    *(doubts.replay, decided.replay, said.replay, leads.replay, manners.replay),
    thrown.replay,
)


def arrive(
    place: Path,
    studio: Studio,
    *,
    by: Account,
    at: datetime,
    slug: str = "",
    vkey: str = "",
    bounds: Bounds | None = None,
    alive: Alive = silently,
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
        looked = looking.look(source, studio, by=by, at=at, vkey=vkey, alive=alive)
        stages = Stages(looked)
        try:
            stages.carry(source, alive)
            with transaction.atomic():
                project = _settle(source, looked, stages, studio, slug, by=by, at=at)
                also(project)
                stages.settle()
        except BaseException:
            stages.clear()
            raise
    return project


def _settle(
    source: Source,
    looked: Looked,
    stages: Stages,
    studio: Studio,
    slug: str,
    *,
    by: Account,
    at: datetime,
) -> Project:
    head, found = looked.head, looked.found
    logs = _take(head.log_id), _take(looked.room.log_id) if looked.room else ledger.open_log()
    keeping.names(head, looked.voices)
    project = _found_project(head, found, logs, studio, slug, at=at)
    room.require_room(project.work, looked.weight.bytes + looked.beside.bytes)
    luggage.settle(source, stages.work, project.work)
    keeping.entries(source, head, project.work, at=at)
    below = Below(source, form.ROOM)
    if looked.room and stages.room:
        luggage.settle(below, stages.room, project.room)
        keeping.entries(below, looked.room, project.room, at=at)
        loads.unpack(below, project, is_early=True)
    furnishing.dress(project, head, by=by.voice_id, at=at)
    with _read_whole():
        for replay in DERIVED:
            replay(project)
    if looked.room:
        loads.unpack(below, project, is_early=False)
    arrived = furnishing.arrived(head, looked.room)
    telling.tell(project, arrived, by=by.voice_id, happened_at=at, told_at=at)
    votes.settle(project, by=by.voice_id, at=at)
    with _read_whole():
        gathering.replay(project)
    revisions.bump(project)
    project = Project.objects.select_related("studio", "work", "room").get(pk=project.pk)
    pulling.begin_behind(project)
    return project


@contextmanager
def _read_whole() -> Iterator[None]:
    """Refuse a log of which something cannot stand in this house's tables."""
    try:
        yield
    except (Error, ValueError, TypeError, LookupError, AttributeError, OverflowError):
        raise LogUnread from None


def _take(log_id: str) -> Log:
    """Write a log's row: from here on its files are this arrival's alone. Raises AlreadyHere."""
    try:
        with transaction.atomic():
            return Log.objects.create(pk=log_id)
    except IntegrityError:
        raise AlreadyHere from None


def _found_project(
    head: Head, found: Found, logs: tuple[Log, Log], studio: Studio, slug: str, *, at: datetime
) -> Project:
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
        work=logs[0],
        room=logs[1],
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
