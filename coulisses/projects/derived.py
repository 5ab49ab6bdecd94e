"""What derives from a project's log, whatever is told in it: its sittings and its days."""

from datetime import timedelta

from django.db import models


class Sitting(models.Model):
    """A stretch of work that one reads as one. Sittings partition a project's work log.

    `count`, `started_at` and `ended_at` speak of public entries only, so that an entry for
    members moves nothing that others see. `worked_before` is how long all earlier ones lasted: only
    the latest still grows.
    """

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="sittings")
    first_position = models.PositiveBigIntegerField()
    last_position = models.PositiveBigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    worked_before = models.DurationField(default=timedelta, db_default=timedelta())
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "first_position"], name="one_sitting_per_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"sitting from {self.first_position}"

    @property
    def worked(self) -> timedelta:
        """How long the work lasted, to the end of this sitting."""
        return self.worked_before + (self.ended_at - self.started_at)


class Day(models.Model):
    """One day of a project's public life, for the scrubber. `weight` sums what changed."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="days")
    on = models.DateField()
    first_position = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=0)
    weight = models.PositiveBigIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    breakthroughs = models.PositiveIntegerField(default=0)
    milestones = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "on"], name="one_row_per_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.count}"
