"""What travels of a brainstorm beside its room's log: how it was called, and its masks' numbers.

Ideas, families, the phase and counted dots are replayed from the log. Who placed which dots, who is
behind a mask, and what nobody has read yet (of a silent round, or what waits for a look) stay in
the house; a vote or a silent round that was on begins anew.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from coulisses.brainstorms import masks
from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.brainstorms.models import MOST_DOTS, NAMES, WHO, Brainstorm, Mask
from coulisses.lib import canonical
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import carried
from coulisses.projects.carried import Eyes, Load, Moment, Row, VoiceId
from coulisses.projects.models import Project

MOST_MASKS = 1_000_000
A_TURN = 500
OLDEST = 150
PLAIN = ("who", "names", "dots", "youngest")


class Chosen(Row):
    """How a brainstorm was called; `of` is the work log of the project it is about, if any."""

    of: Annotated[str, Field(pattern=r"^(?:[a-z0-9]{26})?$")] = ""
    who: Annotated[str, Field(pattern=rf"^(?:{'|'.join(WHO)})$")]
    names_: Annotated[str, Field(pattern=rf"^(?:{'|'.join(NAMES)})$")]
