"""The form of an exported folder: what stands where, and its version.

A file is added, and a line gains a field, without a new version; whoever reads bears what it does
not know. What changes its meaning or goes is a new version. `docs/guide/leave.md` describes it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.projects.models import Originals, Project

NAME, VERSION = "coulisses-project", 1
PUBLIC, WHOLE = "public", "whole"

PROJECT = "project.json"
PEOPLE = "people.json"
LOG = "log/entries.jsonl"
FILES = "files.jsonl"
CHECKPOINT = "proof/checkpoint"
VKEY = "proof/vkey"

ENDINGS = {"image/webp": ".webp", "audio/mpeg": ".mp3", "text/plain": ".txt"}


@dataclass(frozen=True)
class Sent:
    """A project on its way out, as everybody may see it or, `is_whole`, as its owner may."""

    project: Project
    is_whole: bool
    at: datetime

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
        return self.is_whole or self.project.originals == Originals.GIVEN

    def read(self, **between: Any) -> list[Entry | ledger.Curtained]:
        """Read the log with these eyes; the keywords are those of `ledger.read`."""
        return ledger.read(self.project.work, audiences=self.audiences, at=self.at, **between)


def place(version: str, preview: Preview) -> str:
    """Return where a file stands in the folder; a version's name is one on every disk."""
    folder = f"files/{version.replace(':', '-')}"
    if preview.variant == store.ORIGINAL:
        return f"{folder}/{store.ORIGINAL}"
    return f"{folder}/{preview.variant}{ENDINGS.get(preview.mime, '')}"
