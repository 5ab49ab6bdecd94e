"""What the house's hub is still to be told."""

from django.db import models

from coulisses.projects.models import Project


class Bookmark(models.Model):
    """How far a project's log was announced; `looked_at` lets every project have its turn."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="+")
    position = models.PositiveBigIntegerField()
    looked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.project_id} up to {self.position}"


class Ping(models.Model):
    """A feed that has something new of which the hub is to be told, at `due_at` or after.

    `path` is the feed's address from the house's root. `wanted` counts how often something came in,
    so that what comes while the hub is being told is told again.
    """

    path = models.CharField(max_length=200, unique=True)
    wanted = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(db_index=True)
    since = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.path
