"""What of a room stands in no log and still travels with its project: rows, said by each room.

Of people there is only what everybody may know: the voice, by its id, and how it is named. What
somebody chose in a vote, where they can be written to, who was asked to rest, stays in the house.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from coulisses.lib import canonical
from coulisses.log.models import Entry, Log
from coulisses.projects.models import Project

GREATEST = 2**63 - 1


class Row(BaseModel):
    """A row that travels, read strictly; `names` says which fields hold a voice's id."""

    model_config = ConfigDict(strict=True, extra="ignore")
    names: ClassVar[tuple[str, ...]] = ()

    def voices(self) -> Iterator[str]:
        """Yield the ids of the voices that it names."""
        for name in self.names:
            said = getattr(self, name)
            yield from [said] if isinstance(said, str) else said


@dataclass(frozen=True)
class Eyes:
    """For whom rows are packed: what they may see, and how far each log goes along.

    `is_whole`: for the project's owner, to move into another house.
    """

    audiences: frozenset[str]
    is_whole: bool
    work: int
    room: int


@dataclass(frozen=True)
class Load:
    """What one room has to carry: `pack` yields its rows, `unpack` writes them where they arrive.

    `unpack` is handed some hundred rows at a time; it raises ValueError for what no house could
    have packed. Both logs stand by then and, unless it `is_early`, what derives from them does.
    """

    name: str
    row: type[Row]
    pack: Callable[[Project, Eyes], Iterable[Row]]
    unpack: Callable[[Project, Sequence[Any]], None]
    is_early: bool = False


def there(log: Log, positions: Collection[int]) -> dict[int, Entry]:
    """Return the entries of a log at these positions. Raises ValueError where one is missing."""
    asked = set(positions)
    found = Entry.objects.filter(log=log, position__in=asked).select_related("sealed")
    known = {one.position: one for one in found}
    if set(known) != asked:
        raise ValueError(sorted(asked - set(known)))
    return known


def hour(said: str) -> datetime:
    """Return the time that a row says."""
    return datetime.fromisoformat(said)


def _timed(said: str) -> str:
    if canonical.moment(datetime.fromisoformat(said)) != said:
        raise ValueError(said)
    return said


def _shown(said: str) -> str:
    said.encode()  # half a character is a ValueError
    if "\x00" in said:
        raise ValueError(said)
    return said


Position = Annotated[int, Field(ge=1, le=GREATEST)]
VoiceId = Annotated[str, Field(pattern=r"^[a-z0-9]{26}$")]
Words = Annotated[str, AfterValidator(_shown)]
Moment = Annotated[str, AfterValidator(_timed)]
"""A time as logs have it: in UTC, to the microsecond."""
