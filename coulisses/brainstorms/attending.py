"""Who said that they come, and what somebody said at the door."""

from django.db import models

from coulisses.projects.models import Project

LONGEST_CODE = 12


class Coming(models.Model):
    """A voice says that it comes; told to nobody, counted."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="coming")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="coming_once"),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} comes to {self.project_id}"


class Entrance(models.Model):
    """What a voice said at the door: the code, and that they are old enough; no age is kept.

    By a `code` they are in for as long as it is the one that leads there; empty: they said none.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="entrances")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    code = models.CharField(max_length=LONGEST_CODE, blank=True, default="")
    is_old_enough = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="one_entrance_per_voice"),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} in {self.project_id}"
