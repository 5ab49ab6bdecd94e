"""What travels of a brainstorm beside its room's log: how it was called, and its masks' numbers.

Ideas, families, the phase and counted dots are replayed from the log. Who placed which dots, who is
behind a mask, and what nobody has read yet (of a silent round, or what waits for a look) stay in
the house; a vote or a silent round that was on begins anew.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar

from django.db.models import Q, QuerySet
from pydantic import Field

from coulisses.brainstorms.called import LONGEST_BECAUSE, LONGEST_CONTEXT
from coulisses.brainstorms.kinds import BrainstormCalled, IdeaThrown
from coulisses.brainstorms.models import (
    MOST_DOTS,
    NAMES,
    WHO,
    WHO_GATHERS,
    WHO_LOOKS,
    YOUNGEST,
    Brainstorm,
    Mask,
)
from coulisses.lib import canonical
from coulisses.lib.text import clean, clean_line
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import carried
from coulisses.projects.carried import Eyes, Load, Moment, Row, VoiceId, Words
from coulisses.projects.models import Project

MOST_MASKS = 1_000_000
A_TURN = 500
LONGEST_LASTS = 31 * 24 * 60  # minutes
PLAIN = (
    *("who", "dots", "youngest", "looks_first", "is_closed", "who_gathers"),
    *("context", "minutes", "is_silent_first", "sequence", "called_off_because"),
)
HOURS = ("starts_at", "changed_at", "called_off_at", "let_go_at")


class Called(Row):
    """How a brainstorm is called; `of` is the work log of the project it is about, or empty.

    Its own work log says so at `called`, that of the project it is about at `told`; 0: it doesn't.
    Who `looks` at the wall is one of WHO_LOOKS.
    """

    of: Annotated[str, Field(pattern=r"^(?:[a-z0-9]{26})?$")] = ""
    who: Annotated[str, Field(pattern=rf"^(?:{'|'.join(WHO)})$")]
    under: Annotated[str, Field(pattern=rf"^(?:{'|'.join(NAMES)})$")]
    dots: Annotated[int, Field(ge=1, le=MOST_DOTS)]
    youngest: Annotated[int, Field(ge=0, le=max(YOUNGEST))] = 0
    looks_first: bool = True
    is_closed: bool = False
    who_gathers: Annotated[str, Field(pattern=rf"^(?:{'|'.join(WHO_GATHERS)})$")] = "makers"
    looks: Annotated[str, Field(pattern=rf"^(?:{'|'.join(WHO_LOOKS)})$")] = "all"
    context: Annotated[Words, Field(max_length=LONGEST_CONTEXT)] = ""
    minutes: Annotated[int, Field(ge=0, le=LONGEST_LASTS)] = 60
    is_silent_first: bool = False
    called: Annotated[int, Field(ge=0, le=carried.GREATEST)] = 0
    told: Annotated[int, Field(ge=0, le=carried.GREATEST)] = 0
    sequence: Annotated[int, Field(ge=0, le=MOST_MASKS)] = 0
    called_off_because: Annotated[Words, Field(max_length=LONGEST_BECAUSE)] = ""
    starts_at: Moment | None = None
    changed_at: Moment | None = None
    called_off_at: Moment | None = None
    let_go_at: Moment | None = None
    keeps_until: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None


class Worn(Row):
    """A mask that speaks in the room is called by its number there."""

    voice: VoiceId
    number: Annotated[int, Field(ge=1, le=MOST_MASKS)]
    names: ClassVar[tuple[str, ...]] = ("voice",)


def pack(project: Project, eyes: Eyes) -> Iterator[Called]:
    """Yield how it is called, if it is a brainstorm."""
    for one in Brainstorm.objects.filter(pk=project.pk, is_practice=False).select_related(
        "of", "project"
    ):
        of = _shown_parent(one, eyes)
        plain: dict[str, Any] = {name: getattr(one, name) for name in PLAIN}
        for name in HOURS:
            at = getattr(one, name)
            plain[name] = canonical.moment(at) if at else None
        yield Called(
            **plain,
            under=one.names,
            looks=one.who_looks,
            of=of,
            called=one.called_position,
            told=one.told_position if of else 0,
            keeps_until=one.keeps_until.isoformat() if one.keeps_until else None,
        )


def unpack(project: Project, rows: Sequence[Called]) -> None:
    """Have it be a brainstorm here, about a project of this studio or by itself.

    What its room came to is replayed after. Raises ValueError for a day that is none, an age that
    nobody is asked for, words that no form takes, or a calling that the log does not say.
    """
    for one in rows:
        _require_sound(project, one)
        parent = _parent(project, one.of)
        project.is_room_closed = one.looks == "within"
        project.save(update_fields=["is_room_closed"])
        hours = {name: getattr(one, name) for name in HOURS}
        Brainstorm.objects.create(
            project=project,
            of=parent,
            names=one.under,
            called_position=one.called,
            told_position=one.told if parent and _is_called(parent, one.told) else 0,
            keeps_until=date.fromisoformat(one.keeps_until) if one.keeps_until else None,
            **{name: carried.hour(at) if at else None for name, at in hours.items()},
            **{name: getattr(one, name) for name in PLAIN},
        )


def _require_sound(project: Project, one: Called) -> None:
    said = clean(one.context).strip(), clean_line(one.called_off_because)
    is_called = not one.called or _is_called(project, one.called)
    if one.youngest not in YOUNGEST or said != (one.context, one.called_off_because):
        raise ValueError(one)
    if not is_called:
        raise ValueError(one)


def _is_called(project: Project, position: int) -> bool:
    """Return whether the entry of a work at a position calls a brainstorm."""
    told = Entry.objects.filter(log=project.work_id, position=position)
    return told.filter(kind=BrainstormCalled.kind_name).exists()


def pack_worn(project: Project, eyes: Eyes) -> Iterator[Worn]:
    """Yield the numbers of masks that speak in the room, but for those that were lifted."""
    worn = Mask.objects.filter(project=project, lifted_at=None)
    thrown = _thrown(project).filter(position__lte=eyes.room).values_list("by", flat=True)
    voices = sorted(set(thrown)) if eyes.is_whole and worn.exists() else []
    for start in range(0, len(voices), A_TURN):
        turn = voices[start : start + A_TURN]
        rows = worn.filter(Q(mask__in=turn) | Q(mask__was__in=turn))
        numbers: dict[str, int] = {}
        for mask, was, number in rows.values_list("mask", "mask__was", "number"):
            numbers |= {mask: number, was: number}
        yield from (Worn(voice=one, number=numbers[one]) for one in turn if one in numbers)


def unpack_worn(project: Project, rows: Sequence[Worn]) -> None:
    """Have masks be called as they were; behind each is somebody whom nobody here can be.

    Two of one number were one person's: the second became the first. Raises ValueError for a voice
    that has a name, or threw nothing here without one.
    """
    _require_nameless(project, {one.voice for one in rows})
    worn = dict(Mask.objects.filter(project=project).values_list("number", "mask"))
    for one in rows:
        if one.number in worn:
            Voice.objects.filter(pk=one.voice).update(became=worn[one.number])
            continue
        worn[one.number] = one.voice
        nobody = Voice.objects.create()
        Mask.objects.create(project=project, voice=nobody, mask_id=one.voice, number=one.number)


def _require_nameless(project: Project, voices: set[str]) -> None:
    said = _thrown(project).filter(by__in=voices).select_related("sealed")
    threw = set()
    for entry in said.iterator(chunk_size=A_TURN):
        threw.add(entry.by)
        if not entry.is_shredded and not getattr(entry.fact, "is_nameless", False):
            raise ValueError(entry)
    if threw != voices or Voice.objects.filter(pk__in=voices, is_named=True).exists():
        raise ValueError(voices)


def _thrown(project: Project) -> QuerySet[Entry]:
    return Entry.objects.filter(log=project.room_id, kind=IdeaThrown.kind_name)


def _parent(project: Project, work: str) -> Project | None:
    """Return the project of the same studio with this work log; None for another's, or its own."""
    of_studio = Project.objects.filter(studio=project.studio_id).exclude(pk=project.pk)
    return of_studio.filter(work=work).first() if work else None


def _shown_parent(one: Brainstorm, eyes: Eyes) -> str:
    """Return the work log of the project it is about; to others only where they may know of it."""
    parent = one.of
    is_shown = parent and (eyes.is_whole or (parent.is_raised and not parent.withdrawn_at))
    return parent.work_id if parent and is_shown else ""


LOAD = Load("brainstorm", Called, pack, unpack, is_early=True)
MASKS = Load("masks", Worn, pack_worn, unpack_worn)
