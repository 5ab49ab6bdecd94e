"""What travels of terms: what was said of what is given, and which of it stood beside each gift."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from coulisses.guests.models import CHOICES, WORDS, Accepted, Terms
from coulisses.guests.terms import LONGEST
from coulisses.lib import canonical
from coulisses.lib.text import clean_line
from coulisses.log.models import Entry
from coulisses.projects import carried
from coulisses.projects.carried import Eyes, Load, Moment, Row, VoiceId, Words
from coulisses.projects.models import Project

MOST = 2**31 - 1
A_TURN = 500


class Said(Row):
    """One version of the line."""

    version: Annotated[int, Field(ge=1, le=MOST)]
    choice: Annotated[str, Field(pattern=rf"^(?:{'|'.join(CHOICES)})$")]
    words: Annotated[Words, Field(max_length=LONGEST)]
    at: Moment


class Read(Row):
    """A voice that speaks in the room gave something while a version stood beside the form."""

    voice: VoiceId
    version: Annotated[int, Field(ge=0, le=MOST)]
    at: Moment
    names: ClassVar[tuple[str, ...]] = ("voice",)


def pack_lines(project: Project, eyes: Eyes) -> Iterator[Said]:
    """Yield every version, the oldest first."""
    for one in Terms.objects.filter(project=project).order_by("version"):
        at = canonical.moment(one.at)
        yield Said(version=one.version, choice=one.choice, words=one.words, at=at)


def unpack_lines(project: Project, rows: Sequence[Said]) -> None:
    """Keep what was said. Raises ValueError for what no form could have said."""
    for one in rows:
        if bool(one.words) != (one.choice == "own") or clean_line(one.words) != one.words:
            raise ValueError(one)
    Terms.objects.bulk_create(
        Terms(
            project=project,
            version=one.version,
            choice=one.choice,
            words=one.words,
            at=carried.hour(one.at),
        )
        for one in rows
    )


def pack_read(project: Project, eyes: Eyes) -> Iterator[Read]:
    """Yield by which terms those gave who speak in the room: their gifts stay theirs by them."""
    spoke = Entry.objects.filter(log=project.room_id).values_list("by", flat=True).distinct()
    voices = sorted(spoke) if eyes.is_whole else []
    for start in range(0, len(voices), A_TURN):
        turn = voices[start : start + A_TURN]
        # Of votes nothing is said, and what a guest gave who made an account stays by its terms.
        read = Accepted.objects.filter(project=project, voice__in=turn, what=WORDS)
        for one in read.order_by("voice", "version"):
            at = canonical.moment(one.at)
            yield Read(voice=one.voice_id, version=one.version, at=at)


def unpack_read(project: Project, rows: Sequence[Read]) -> None:
    """Keep by which terms voices gave. Raises ValueError for a version that was never said."""
    said = {0, *Terms.objects.filter(project=project).values_list("version", flat=True)}
    if not {one.version for one in rows} <= said:
        raise ValueError("terms")
    Accepted.objects.bulk_create(
        Accepted(project=project, voice_id=one.voice, version=one.version, at=carried.hour(one.at))
        for one in rows
    )


LINES = Load("terms", Said, pack_lines, unpack_lines)
READ = Load("accepted", Read, pack_read, unpack_read)
