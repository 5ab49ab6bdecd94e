"""A log, its entries, and the sealed bytes they were hashed from."""

import json
from functools import cached_property
from typing import Any

from django.db import models

from coulisses.lib import ids
from coulisses.lib.leaf import commitment
from coulisses.log import kinds


def exact(kept: bytes | memoryview | str) -> bytes:
    """Return what a column of bytes holds, even where a hand has put text into SQLite's."""
    return kept.encode("utf-8", "surrogateescape") if isinstance(kept, str) else bytes(kept)


class Log(models.Model):
    """One memory. Its size and frontier move only in `ledger.append`.

    `has_moved`: it grew since somebody last wrote down which logs did.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)
    has_moved = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(has_moved=True), name="log_moved"),
        ]

    def __str__(self) -> str:
        return self.id


class Entry(models.Model):
    """One line of a log, numbered from 1. The columns derive from the sealed bytes."""

    log = models.ForeignKey(Log, models.PROTECT, related_name="entries")
    position = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=64)
    topic = models.CharField(max_length=16, blank=True)
    about = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=26)
    audience = models.CharField(max_length=26)
    happened_at = models.DateTimeField()
    told_at = models.DateTimeField()
    past = models.BooleanField(default=False)
    once = models.CharField(max_length=128, null=True)  # noqa: DJ001  NULLs are not compared
    leaf = models.BinaryField()

    is_new = False  # true on the one object that `append` has just written

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "position"], name="one_entry_per_position"),
            models.UniqueConstraint(fields=["log", "once"], name="one_entry_per_once_key"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="positions_from_one"),
        ]
        indexes = [
            models.Index(fields=["log", "about"], name="entry_about"),
            models.Index(fields=["log", "topic", "position"], name="entry_topic"),
            models.Index(fields=["log", "audience", "position"], name="entry_audience"),
            models.Index(fields=["log", "happened_at"], name="entry_hour"),
            models.Index(fields=["by", "log", "position"], name="entry_by"),
            models.Index(
                fields=["log", "position"],
                condition=models.Q(kind="entry.shredded"),
                name="entry_shredded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log_id}#{self.position} {self.kind}"

    @property
    def is_shredded(self) -> bool:
        """Whether the words are gone and only the place in the order remains."""
        return not hasattr(self, "sealed")

    @cached_property
    def fact(self) -> kinds.Fact:
        """What was said, as the kind's dataclass; empty `Bygone` once shredded or tampered with."""
        if self.is_shredded:
            return kinds.Bygone({})
        try:
            return kinds.read(self.kind, self.sealed.said["body"])
        except (ValueError, LookupError, TypeError, AttributeError):
            return kinds.Bygone({})  # somebody wrote into the database; the proof says so


class Sealed(models.Model):
    """The exact bytes of an entry as they were hashed, and their salt. Shredding deletes it."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="sealed")
    salt = models.BinaryField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"sealed {self.entry_id}"

    @cached_property
    def said(self) -> dict[str, Any]:
        """The canonical bytes, parsed."""
        said: dict[str, Any] = json.loads(exact(self.content))
        return said

    @property
    def commitment(self) -> bytes:
        """SHA-256 of salt and content: what the leaf holds, all a curtained entry shows."""
        return commitment(exact(self.salt), exact(self.content))
