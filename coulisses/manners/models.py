"""How a room is kept: what its team has chosen, what waits for a look, who is asked to rest."""

from django.db import models
from django.db.models import Q

from coulisses.projects.models import Project

LOOKS = ["links", "guests", "newcomers", "everybody"]


class Manners(models.Model):
    """What a project's team has chosen for its room.

    `looks_at` says whose words wait until somebody has looked at them: those of newcomers that
    hold a link, of guests, of whoever speaks for the first time, or of everybody. `slow` is how
    many seconds pass between two words of one voice. `rules` is markdown, shown to all. Where
    `established_days` is not 0, only established voices speak: whose words have stood here for so
    many days, or who has shown an address.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True)
    looks_at = models.CharField(
        max_length=9, default="links", choices=[(one, one) for one in LOOKS]
    )
    slow = models.PositiveIntegerField(default=0)
    rules = models.TextField(blank=True)
    established_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(looks_at__in=LOOKS), name="looks_are_known"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.looks_at}"


class Held(models.Model):
    """What a voice wants to say, as its kind spells it, until somebody of the team has looked."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="held")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="held")
    kind = models.CharField(max_length=64)
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["project", "at", "id"], name="held_in_a_room"),
            models.Index(fields=["voice", "project"], name="held_of_a_voice"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.voice_id}"


class Resting(models.Model):
    """A voice that is asked to say nothing in a project until a time; `until` None: for good."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="resting")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="rests_once"),
        ]
        indexes = [models.Index(fields=["project", "-at"], name="resting_in_a_room")]

    def __str__(self) -> str:
        return f"{self.voice_id} in {self.project_id}"


class Closed(models.Model):
    """An entry under which nothing is said any more, and why."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="closed")
    cue = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "cue"], name="closed_once")]

    def __str__(self) -> str:
        return f"{self.project_id}#{self.cue}"
