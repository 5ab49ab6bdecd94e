"""What travels of how a room is kept: what its team chose. What is hidden, its log says.

Who was asked to rest, who appealed, and words that nobody has looked at yet, stay in the house.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from coulisses.lib.text import clean
from coulisses.manners.models import Manners
from coulisses.manners.rules import LONGEST_RULES
from coulisses.projects.carried import Eyes, Load, Row, Words
from coulisses.projects.models import Project

SLOWEST = 24 * 3600  # seconds
LONGEST_DAYS = 32_767


class Kept(Row):
    """What a team chose for its room."""

    looks_at: Annotated[str, Field(pattern=r"^(?:links|guests|newcomers|everybody)$")]
    slow: Annotated[int, Field(ge=0, le=SLOWEST)]
    rules: Annotated[Words, Field(max_length=LONGEST_RULES)]
    established_days: Annotated[int, Field(ge=0, le=LONGEST_DAYS)] = 0


def pack(project: Project, eyes: Eyes) -> Iterator[Kept]:
    """Yield what was chosen, if anything was; all may read it."""
    for one in Manners.objects.filter(project=project):
        yield Kept(
            looks_at=one.looks_at,
            slow=min(one.slow, SLOWEST),
            rules=one.rules,
            established_days=one.established_days,
        )


def unpack(project: Project, rows: Sequence[Kept]) -> None:
    """Have it be so here. Raises ValueError for what no form could have said."""
    for one in rows:
        if clean(one.rules).strip() != one.rules:
            raise ValueError(one)
        Manners.objects.create(project=project, **one.model_dump())


LOAD = Load("manners", Kept, pack, unpack)
