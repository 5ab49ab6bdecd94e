"""What travels of credits: how people chose to be named, and who is named for what no log says.

A vote and a cheer are in no log. Whoever is named for one here is named for it there; of all others
nothing is said.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from django.db.models import QuerySet
from pydantic import Field

from coulisses.credits import naming
from coulisses.credits.gathering import SILENT
from coulisses.credits.models import LONGEST_NAME, Brought, Consent, Credit
from coulisses.lib import canonical
from coulisses.lib.text import clean_line
from coulisses.log.models import Entry
from coulisses.projects import carried, credited
from coulisses.projects.carried import Eyes, Load, Moment, Position, Row, VoiceId, Words
from coulisses.projects.credited import Act
from coulisses.projects.models import Project

A_TURN = 500


class Chosen(Row):
    """How a voice is named for what it gave, here: by its name, another one, or not at all."""

    voice: VoiceId
    choice: Annotated[str, Field(pattern=r"^(?:name|alias|none)$")]
    alias: Annotated[Words, Field(max_length=LONGEST_NAME)]
    at: Moment
    names: ClassVar[tuple[str, ...]] = ("voice",)


class Silent(Row):
    """Somebody is named for having voted or cheered; `place` is the entry of the work."""

    voice: VoiceId
    role: Annotated[str, Field(pattern=r"^(?:vote|support)$")]
    at: Moment
    place: Position
    names: ClassVar[tuple[str, ...]] = ("voice",)


def pack(project: Project, eyes: Eyes) -> Iterator[Chosen]:
    """Yield what those chose who speak or are named: what holds everywhere is said for here."""
    if not eyes.is_whole:
        return
    spoke = Entry.objects.filter(log__in=[project.work_id, project.room_id]).values_list("by")
    named = _named(project).values_list("voice")
    voices = sorted({voice for (voice,) in [*spoke.distinct(), *named]})
    for start in range(0, len(voices), A_TURN):
        turn = voices[start : start + A_TURN]
        # Elsewhere nobody knows whose a guest's voice became: it is named as that one chose.
        chosen = naming.chosen(project, turn)
        for voice in turn:
            if one := chosen.get(voice):
                at = canonical.moment(one.at)
                yield Chosen(voice=voice, choice=one.choice, alias=one.alias, at=at)


def unpack(project: Project, rows: Sequence[Chosen]) -> None:
    """Have them be named so. Raises ValueError for another name that is none."""
    for one in rows:
        if bool(one.alias) != (one.choice == "alias") or clean_line(one.alias) != one.alias:
            raise ValueError(one)
    Consent.objects.bulk_create(
        Consent(
            project=project,
            voice_id=one.voice,
            choice=one.choice,
            alias=one.alias,
            at=carried.hour(one.at),
        )
        for one in rows
    )


def pack_acts(project: Project, eyes: Eyes) -> Iterator[Silent]:
    """Yield who is named for what no log says, as the credits name them."""
    for one in _named(project).order_by("at", "pk") if eyes.is_whole else ():
        at = canonical.moment(one.at)
        place = int(one.place) if one.place.isdecimal() else 1
        assert one.voice_id
        yield Silent(voice=one.voice_id, role=one.role, at=at, place=min(place, eyes.work))


def unpack_acts(project: Project, rows: Sequence[Silent]) -> None:
    """Have them be named for it here. Raises ValueError for an entry that is not there."""
    there = carried.there(project.work, [one.place for one in rows])
    Brought.objects.bulk_create(
        [
            Brought(
                project=project,
                voice_id=one.voice,
                role=one.role,
                at=carried.hour(one.at),
                place=str(one.place),
                audience=there[one.place].audience,
            )
            for one in rows
        ],
        ignore_conflicts=True,
    )


@credited.by
def brought(project: Project) -> Iterator[Act]:
    """Yield who took part without a word while the project stood in another house."""
    for one in Brought.objects.filter(project=project).order_by("at", "pk"):
        yield Act(one.voice_id, one.role, one.at, one.place, one.audience)


def _named(project: Project) -> QuerySet[Credit]:
    """Return who is named for a silent act; whom makers thank by hand, the log names."""
    rows = Credit.objects.filter(project=project, role__in=SILENT, voice__isnull=False)
    return rows.filter(has_name=True, is_out=False)


CONSENTS = Load("consents", Chosen, pack, unpack)
ACTS = Load("credits", Silent, pack_acts, unpack_acts)
