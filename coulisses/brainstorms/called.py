"""What was said of a brainstorm beforehand: columns of its one row."""

from datetime import datetime, timedelta

from django.db import models

LONGEST_CONTEXT = 2_000  # characters
LONGEST_BECAUSE = 200


class Called(models.Model):
    """How a brainstorm is called: what one should know, when, and how it will go.

    It begins at `starts_at` and is expected to last `minutes`. `called_position` is the entry of
    its own work that calls it, `told_position` that of the work that it is about; 0: none does.
    `sequence` counts what its announcement went through, until `changed_at`. What people gave was
    let go at `let_go_at`.
    """

    context = models.TextField(max_length=LONGEST_CONTEXT, blank=True, default="")
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(default=60)
    is_silent_first = models.BooleanField(default=False)
    called_position = models.PositiveBigIntegerField(default=0)
    told_position = models.PositiveBigIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_because = models.CharField(max_length=LONGEST_BECAUSE, blank=True, default="")
    keeps_until = models.DateField(null=True)
    let_go_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def ends_around(self) -> datetime | None:
        """When it should be over."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def is_called(self) -> bool:
        """Whether people were asked to come; until then it is a rehearsal."""
        return self.called_position > 0

    @property
    def is_called_off(self) -> bool:
        """Whether it will not be."""
        return self.called_off_at is not None
