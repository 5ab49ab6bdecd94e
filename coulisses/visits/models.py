"""How a project was read, as sums of a day. No row is a reader's."""

from django.db import models

from coulisses.projects.models import Project


class Day(models.Model):
    """A project's day: visits, pages read, and how many followed live at most."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="read_days")
    on = models.DateField(db_index=True)
    visits = models.PositiveBigIntegerField(default=0)
    reads = models.PositiveBigIntegerField(default=0)
    peak = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "on"], name="one_day_of_visits")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}: {self.visits}"


class Source(models.Model):
    """Visits of a day that came from a site: its host; empty for none, `*` for all further ones."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="sources")
    on = models.DateField(db_index=True)
    host = models.CharField(max_length=100, blank=True)
    visits = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "on", "host"], name="one_source_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}: {self.host}"


class Reading(models.Model):
    """How an entry's own page was read on a day; the stage has position 0.

    `stays` counts those pages that said how long they were in view, `seconds` sums what they said.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="readings")
    on = models.DateField(db_index=True)
    position = models.PositiveBigIntegerField()
    reads = models.PositiveBigIntegerField(default=0)
    stays = models.PositiveBigIntegerField(default=0)
    seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "on", "position"], name="one_reading_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.project_id}#{self.position} {self.on}: {self.reads}"
