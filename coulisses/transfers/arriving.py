"""A project moves in: its log as it was signed, its files, its names; then it says so itself.

All is looked at first. Then all is written in one transaction: a project arrives whole or not.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import Error, IntegrityError, transaction

from coulisses.capture import holding, lives
from coulisses.capture.models import Author
from coulisses.decisions import deriving as decided
from coulisses.lib.refusals import Refusal, require
from coulisses.lib.text import clean_line, shorten
from coulisses.lib.tree import Frontier
from coulisses.log import ledger
from coulisses.log.models import Entry, Log, Sealed
from coulisses.media import leaving, vaults
from coulisses.moments import laying
from coulisses.people.models import Account, Voice
from coulisses.pins import rules as pins
from coulisses.projects import addresses, face, finishing, links, revisions, room, telling
from coulisses.projects.columns import Mining
from coulisses.projects.face_refusals import CoverUnknown
from coulisses.projects.models import Originals, Project, Struck, Studio, Tier
from coulisses.sessions import deriving
from coulisses.sittings import rules as sittings
from coulisses.transfers import examining, luggage, sources
from coulisses.transfers.examining import Found, Head, Line
from coulisses.transfers.kinds import ProjectArrived
from coulisses.transfers.refusals import AlreadyHere, FolderDamaged, LogUnread, VoiceOfAnother
from coulisses.transfers.sources import Source

A_TURN = 500  # rows written at once
KEY = re.compile(r"[0-9a-f]{8,64}")
T = TypeVar("T")
DERIVED = (
    *(telling.replay, sittings.replay, finishing.replay, pins.replay),
    *(deriving.replay, lives.replay, holding.replay, laying.replay, decided.replay),
)


def arrive(
    place: Path, studio: Studio, *, by: Account, at: datetime, slug: str = "", vkey: str = ""
) -> Project:
    """Take an exported project into a studio, with its numbers and its proof.

    `vkey` is the only key that will do, where it is said. Nothing is kept unless all of it holds.
    Raises what `refusals` has for arriving, StudioFull, SlugTaken, SlugMalformed, SlugReserved.
    """
    with sources.opened(place) as source:
        head = examining.head(source, vkey=vkey)
        require(not Log.objects.filter(pk=head.log_id).exists(), AlreadyHere)
        found = examining.log(source, head, _unkept(studio, head), at=at)
        _require_own(found.voices, studio, by)
        _require_strangers(head)
        weight = luggage.look(source, found.signed)
        with transaction.atomic():
            _take(head.log_id)
            with _all_or_nothing(head.log_id):
                return _settle(source, head, found, studio, slug, weight.bytes, by=by, at=at)


def _settle(
    source: Source,
    head: Head,
    found: Found,
    studio: Studio,
    slug: str,
    weight: int,
    *,
    by: Account,
    at: datetime,
) -> Project:
    _keep_names(head, found.voices)
    project = _found_project(head, found, studio, slug, at=at)
    room.require_room(project.work, weight)
    luggage.keep(source, project.work)
    _keep_log(source, head, project.work, at=at)
    _dress(project, head, by=by.voice_id, at=at)
    try:
        for replay in DERIVED:
            replay(project)
    except (Error, ValueError, TypeError, LookupError, AttributeError):
        raise LogUnread from None
    telling.tell(project, _arrived(head), by=by.voice_id, happened_at=at, told_at=at)
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
        withdrawn_at=_time(said.get("withdrawn_at")),
        originals=_one_of(Originals.values, said.get("originals")),
        are_names_shown=said.get("are_names_shown") is True,
    )
    addresses.claim(project, project.slug)
    Tier.objects.bulk_create(
        Tier(pk=tier, project=project, name=name) for tier, name in head.tiers.items()
    )
    Author.objects.bulk_create(_authors(head, project, found.voices))
    Struck.objects.bulk_create(_struck(head, project))
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


def _dress(project: Project, head: Head, *, by: str, at: datetime) -> None:
    """Have the project say of itself what it said there, by the same rules as at the desk."""
    said = head.said.get("words") or {}
    require(isinstance(said, dict), FolderDamaged, name="project.json")
    known = {one.name for one in fields(face.Words)}
    words = {key: value for key, value in said.items() if key in known}
    listed = words.pop("links", [])
    try:
        if not all(isinstance(one, str) for one in words.values()):
            raise TypeError
        pairs = [(one["name"], one["href"]) for one in listed]
        worn = face.Words(**{**words, "links": links.cleaned(pairs)})
    except (TypeError, KeyError, AttributeError):
        raise FolderDamaged(name="project.json") from None
    face.dress(project, worn, by=by, at=at)
    Project.objects.filter(pk=project.pk).update(mining=_one_of(Mining.values, worn.mining))
    cover = head.said.get("cover")
    with suppress(CoverUnknown, TypeError, KeyError, AttributeError, ValueError):
        face.cover(project, _cover(cover if isinstance(cover, dict) else {}))


def _cover(said: dict[str, Any]) -> face.Picture:
    cover, version, alt, focus, poster = (said[name] for name in face.COVER)
    if not all(isinstance(one, str) for one in (cover, version, alt, focus)):
        raise TypeError
    return face.Picture(cover, version, alt, focus, int(poster))


def _authors(head: Head, project: Project, voices: set[str]) -> Iterator[Author]:
    """Yield the contributors' keys, so that what they save next is theirs; of who speaks here."""
    listed, seen = head.people.get("authors"), set[str]()
    for one in listed if isinstance(listed, list) else []:
        said = one if isinstance(one, dict) else {}
        key, voice = str(said.get("key")), str(said.get("voice"))
        if KEY.fullmatch(key) and voice in voices and key not in seen:
            seen.add(key)
            yield Author(project=project, key=key, voice_id=voice)


def _struck(head: Head, project: Project) -> Iterator[Struck]:
    listed = None if project.is_raised else head.said.get("struck")
    positions = {one for one in listed if type(one) is int} if isinstance(listed, list) else set()
    for position in sorted(positions):
        if 1 <= position <= head.checkpoint.size:
            yield Struck(project=project, position=position)


def _arrived(head: Head) -> ProjectArrived:
    address = head.said.get("address")
    try:
        (link,) = links.cleaned([("there", address if isinstance(address, str) else "")])
        known = link["href"] if link["href"].startswith(("https:", "http:")) else ""
    except (Refusal, ValueError):
        known = ""
    return ProjectArrived(
        address=known,
        vkey=head.verifier.vkey(),
        size=head.checkpoint.size,
        checkpoint=head.note,
    )


def _turns(rows: Iterable[T], count: int) -> Iterator[list[T]]:
    """Yield rows so many at a time."""
    left = iter(rows)
    while some := list(islice(left, count)):
        yield some


def _time(said: Any) -> datetime | None:
    with suppress(ValueError, TypeError):
        at = datetime.fromisoformat(said)
        return at if at.tzinfo else None
    return None


def _one_of(values: list[str], said: Any) -> str:
    return said if said in values else values[0]


@contextmanager
def _all_or_nothing(log_id: str) -> Iterator[None]:
    """Take away the files that were kept, where the rest fails: nothing leads to them."""
    try:
        yield
    except BaseException:
        with suppress(OSError):  # a bucket that is gone, say; what went wrong first is to be said
            leaving.at_once([one.name for one in vaults.media().names(log_id)])
        raise
