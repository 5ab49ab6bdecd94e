"""What travels of this room beside its log: where that stood which was taken back."""

from collections.abc import Iterator, Sequence

from coulisses.projects import carried
from coulisses.projects.carried import Eyes, Load, Position, Row
from coulisses.projects.models import Project
from coulisses.voices.kinds import VoiceSaid
from coulisses.voices.models import Word


class Gone(Row):
    """Words that were taken back: their place in a thread, which no log says any more."""

    position: Position
    cue: Position
    thread: Position
    is_maker: bool
    is_placed: bool


def pack(project: Project, eyes: Eyes) -> Iterator[Gone]:
    """Yield the places of what was taken back; a replay keeps them as they are."""
    rows = Word.objects.filter(project=project, is_gone=True, position__lte=eyes.room)
    for one in rows.order_by("position").iterator() if eyes.is_whole else ():
        yield Gone(
            position=one.position,
            cue=one.cue,
            thread=one.thread,
            is_maker=one.is_maker,
            is_placed=one.is_placed,
        )


def unpack(project: Project, rows: Sequence[Gone]) -> None:
    """Have places stand where the log has lost words; raises ValueError for any other."""
    said = carried.there(project.room, [n for one in rows for n in (one.position, one.thread)])
    cues = carried.there(project.work, [one.cue for one in rows])
    for one in rows:
        entry, first = said[one.position], said[one.thread]
        is_gone = entry.is_shredded and entry.kind == first.kind == VoiceSaid.kind_name
        if not is_gone or entry.audience != cues[one.cue].audience or one.thread > one.position:
            raise ValueError(one)
    Word.objects.bulk_create(
        Word(
            project=project,
            position=one.position,
            cue=one.cue,
            thread=one.thread,
            voice=said[one.position].by,
            audience=said[one.position].audience,
            at=said[one.position].told_at,
            is_first=one.thread == one.position,
            is_maker=one.is_maker,
            is_placed=one.is_placed,
            is_gone=True,
        )
        for one in rows
    )


LOAD = Load("gone", Gone, pack, unpack, is_early=True)
