"""The form of an exported folder: what stands where, and its version.

A file is added, and a line gains a field, without a new version; whoever reads bears what it does
not know. What changes its meaning or goes is a new version. `docs/guide/leave.md` describes it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from coulisses.log import ledger
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry, Log
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.projects import closed, heard
from coulisses.projects.models import Originals, Project

NAME, VERSION = "coulisses-project", 1
PUBLIC, WHOLE = "public", "whole"

PROJECT = "project.json"
PEOPLE = "people.json"
LOG = "log/entries.jsonl"
FILES = "files.jsonl"
CHECKPOINT = "proof/checkpoint"
VKEY = "proof/vkey"
ROOM = "room"  # a folder with a log, a proof and files of its own
ROWS = "rows.jsonl"  # in it: what stands beside the room's log

UNHEARD = "hidden"  # the state of words that all but their author and the team see nothing of

ENDINGS = {"image/webp": ".webp", "audio/mpeg": ".mp3", "text/plain": ".txt"}


@dataclass(frozen=True)
class Sent:
    """A project on its way out, as everybody may see it or, `is_whole`, as its owner may.

    `is_room`: what voices said around it, else what its makers told.
    """

    project: Project
    is_whole: bool
    at: datetime
    is_room: bool = False

    @property
    def room(self) -> "Sent":
        """What voices said around it, seen with the same eyes."""
        return replace(self, is_room=True)

    @property
    def log(self) -> Log:
        """The log that is sent."""
        return self.project.room if self.is_room else self.project.work

    @property
    def kind(self) -> str:
        """`public` or `whole`."""
        return WHOLE if self.is_whole else PUBLIC

    @property
    def audiences(self) -> frozenset[str]:
        """Whose eyes read it."""
        return ledger.EVERYTHING if self.is_whole else ledger.OUTSIDE

    @property
    def has_originals(self) -> bool:
        """Whether the files themselves go with it, of those that the house has."""
        return self.is_whole or (not self.is_room and self.project.originals == Originals.GIVEN)

    @property
    def reach(self) -> int:
        """How far these eyes read the log; 0 for a room that is closed to them."""
        if self.is_room:
            return heard.horizon(self.project, audiences=self.audiences, at=self.at)
        return ledger.horizon(self.log, audiences=self.audiences, at=self.at)

    def read(self, **between: Any) -> list[Entry | Curtained]:
        """Read the log with these eyes; the keywords are those of `ledger.read`.

        What is hidden in a room shows itself to others as a place alone (its tier is UNHEARD); of
        a room that is closed to them there is nothing.
        """
        if self.is_room and closed.hides(self.project, self.audiences):
            return []
        found = ledger.read(self.log, audiences=self.audiences, at=self.at, **between)
        if self.is_whole or not self.is_room:
            return found
        unheard = heard.hidden(self.project, {_place(one) for one in found})
        return [_unheard(one, unheard) for one in found]


def place(version: str, preview: Preview) -> str:
    """Return where a file stands in the folder; a version's name is one on every disk."""
    folder = f"files/{version.replace(':', '-')}"
    if preview.variant == store.ORIGINAL:
        return f"{folder}/{store.ORIGINAL}"
    return f"{folder}/{preview.variant}{ENDINGS.get(preview.mime, '')}"


def _place(seen: Entry | Curtained) -> int:
    """Return where the words stand that an entry says, or says anew."""
    is_anew = isinstance(seen, Entry) and seen.kind.endswith(".amended")
    return (isinstance(seen, Entry) and is_anew and seen.about) or seen.position


def _unheard(seen: Entry | Curtained, hidden: Collection[int]) -> Entry | Curtained:
    return Curtained(seen.position, UNHEARD) if _place(seen) in hidden else seen
