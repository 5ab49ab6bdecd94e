"""What travels of cheers: how many of each word, and the names that a silent entry shows.

Who else cheered what stays in the house. In the next one the totals stand, and grow from there.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Annotated, ClassVar

from pydantic import Field

from coulisses.cheers import words
from coulisses.cheers.models import LONGEST_WORD, MOST_WORDS, Cheer, Tally, Word
from coulisses.cheers.rows import LOOKED_AT, MOST_NAMES
from coulisses.cheers.rules import SILENT
from coulisses.lib.text import clean_line
from coulisses.log import ledger
from coulisses.projects import carried
from coulisses.projects.carried import Eyes, Load, Position, Row, VoiceId, Words
from coulisses.projects.models import Project

Key = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,26}$")]
MOST = 2**31 - 1


class Chosen(Row):
    """A word that a project chose for cheers; `place` is None where it is not offered now."""

    key: Key
    text: Annotated[Words, Field(max_length=LONGEST_WORD)]
    place: Annotated[int, Field(ge=0, lt=MOST_WORDS)] | None


class Named(Row):
    """Somebody whom a silent entry names, and the word they gave."""

    voice: VoiceId
    word: Key


class Given(Row):
    """How often each word was given to an entry; of a silent one 1, and whom it names for which."""

    position: Position
    words: dict[Key, Annotated[int, Field(ge=1, le=MOST)]]
    named: list[Named] = Field([], max_length=MOST_NAMES)
    names: ClassVar[tuple[str, ...]] = ("by",)

    @property
    def by(self) -> list[str]:
        """The voices that it names."""
        return [one.voice for one in self.named]


def pack_words(project: Project, eyes: Eyes) -> Iterator[Chosen]:
    """Yield the words that a project has or had."""
    for one in Word.objects.filter(project=project).order_by("pk"):
        yield Chosen(key=one.key, text=one.text, place=one.place)


def unpack_words(project: Project, rows: Sequence[Chosen]) -> None:
    """Let the words be given here. Raises ValueError for one that nobody could have chosen."""
    for one in rows:
        if (not one.text and one.key not in words.HOUSE) or clean_line(one.text) != one.text:
            raise ValueError(one)
    Word.objects.bulk_create(Word(project=project, **one.model_dump()) for one in rows)


def pack(project: Project, eyes: Eyes) -> Iterator[Given]:
    """Yield the totals of the entries that these eyes see."""
    tallies = Tally.objects.filter(project=project, count__gt=0, position__lte=eyes.work)
    if eyes.audiences is not ledger.EVERYTHING:
        tallies = tallies.filter(audience__in=eyes.audiences)
    counted = tallies.order_by("position", "pk").iterator()
    for position, some in groupby(counted, key=lambda one: one.position):
        found = list(some)
        silent = found[0].is_silent
        yield Given(
            position=position,
            words={one.word: 1 if silent else one.count for one in found},
            named=_named(project, position) if silent and eyes.is_whole else [],
        )


def unpack(project: Project, rows: Sequence[Given]) -> None:
    """Let the totals stand. Raises ValueError for an entry or a word that nobody could cheer."""
    entries = carried.there(project.work, [one.position for one in rows])
    known = {*words.HOUSE, *Word.objects.filter(project=project).values_list("key", flat=True)}
    for one in rows:
        entry = entries[one.position]
        silent = entry.topic in SILENT
        is_known = set(one.words) <= known and {name.word for name in one.named} <= set(one.words)
        if entry.is_shredded or not entry.topic or not is_known or (one.named and not silent):
            raise ValueError(one)
        told = {"project": project, "position": one.position, "audience": entry.audience}
        given = defaultdict[str, int](int)
        for name in one.named:
            Cheer.objects.create(**told, voice_id=name.voice, word=name.word, at=entry.told_at)
            given[name.word] += 1
        Tally.objects.bulk_create(
            Tally(
                **told,
                word=word,
                is_silent=silent,
                count=max(1, given[word]) if silent else count,
                moved_at=entry.told_at,
            )
            for word, count in one.words.items()
        )


def _named(project: Project, position: int) -> list[Named]:
    """Return whom a silent entry names: the first few, as its page finds them."""
    rows = Cheer.objects.filter(project=project, position=position).select_related("voice")
    found: dict[str, str] = {}
    for one in rows.order_by("pk")[:LOOKED_AT]:
        if str(one.voice):
            found.setdefault(one.voice_id, one.word)
    return [Named(voice=voice, word=word) for voice, word in [*found.items()][:MOST_NAMES]]


WORDS = Load("word", Chosen, pack_words, unpack_words)
LOAD = Load("cheers", Given, pack, unpack)
