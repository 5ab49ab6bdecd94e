"""Questions about notices: a page of them, and which threads can be muted."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.notices import showing
from coulisses.notices.models import Choice, Muted, Notice
from coulisses.notices.people import Reader
from coulisses.notices.refusals import NothingToMute
from coulisses.notices.showing import Shown

A_PAGE = 30
MOST_MUTED = 200  # that are listed
_thread = re.compile(r"(said|doubt|decision)-([1-9][0-9]{0,17})")


@dataclass(frozen=True)
class Page:
    """A page of notices, the newest first, and the place after it ("" at the end)."""

    shown: list[Shown]
    older: str
    is_first: bool

    @property
    def has_unread(self) -> bool:
        """Whether any of these is new."""
        return any(one.notice.read_at is None for one in self.shown)


def page(reader: Reader, *, after: str, at: datetime, limit: int = A_PAGE) -> Page:
    """Return a page of somebody's notices. Raises PlaceMalformed."""
    rows = Notice.objects.filter(voice=reader.voice).select_related("project__studio")
    found, older = places.page(rows, "made_at", after=after, limit=limit)
    return Page(showing.shown(reader, found, at=at), older, not after)


def muted(voice: str) -> QuerySet[Muted]:
    """Return what somebody has muted, the latest first."""
    return Muted.objects.filter(voice=voice).select_related("project__studio").order_by("-at", "pk")


def choice(voice: str) -> Choice:
    """Return how somebody hears; as it is for everybody where they said nothing."""
    return Choice.objects.filter(voice=voice).first() or Choice(voice_id=voice)


def thread_of(said: str) -> tuple[str, str]:
    """Return a thread by its name, and where it stands in its project. Raises NothingToMute.

    Whether there is such an entry is asked of nobody: muting what isn't there mutes nothing.
    """
    found = _thread.fullmatch(said[:40])
    require(found, NothingToMute)
    assert found
    kind, number = found[1], int(found[2])
    return said, f"said/{number}/" if kind == "said" else str(number)
