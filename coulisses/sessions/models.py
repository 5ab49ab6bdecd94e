"""Sessions as they stand: announced, running, over; and who works in them."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from coulisses.projects.models import Project

LONGEST_TITLE = 120  # characters
LONGEST_LINE = 200  # of what one is at, and of the word with which a session is called off
LONGEST_WORDS = 2_000  # of what an announced session will be about


class Session(models.Model):
    """A stretch of live work, declared by who works. Its number counts from 1 in its project.

    It is announced (`planned_at`, for `minutes`), running (`started_at`), over (`ended_at`) or
    called off. `words` say what one is at now; `told_position` is its first word in the log,
    `started_position` where it started there. `sequence` counts what its announcement went through.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="work_sessions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    about = models.TextField(max_length=LONGEST_WORDS, blank=True)
    planned_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    called_off_because = models.CharField(max_length=LONGEST_LINE, blank=True)
    words = models.CharField(max_length=LONGEST_LINE, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    was_forgotten = models.BooleanField(default=False)
    told_position = models.PositiveBigIntegerField(default=0)
    started_position = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_session_per_number"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(started_at__isnull=False, ended_at=None),
                name="one_running_session_per_project",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="sessions_end_after_their_start",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=False) | Q(planned_at__isnull=False),
                name="sessions_are_announced_or_started",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | Q(started_at=None),
                name="what_started_is_not_called_off",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "planned_at"],
                condition=Q(ended_at=None, called_off_at=None),
                name="session_open",
            ),
            models.Index(
                fields=["project", "-started_at"],
                condition=Q(ended_at__isnull=False),
                name="session_over",
            ),
            models.Index(
                fields=["started_at"],
                condition=Q(ended_at=None, started_at__isnull=False),
                name="session_running",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or f"session {self.number}"

    @property
    def headline(self) -> str:
        """The title it was announced with, or else what one was at last; empty where neither is."""
        return self.title or self.words

    @property
    def path(self) -> str:
        """Where its page stands, from the house's root."""
        return f"{self.project.path}sessions/{self.number}/"

    @property
    def desk_path(self) -> str:
        """Where its makers act on it, from the house's root."""
        return f"{self.project.desk}sessions/{self.number}/"

    @property
    def is_running(self) -> bool:
        """Whether somebody works in it now."""
        return self.started_at is not None and self.ended_at is None

    @property
    def is_over(self) -> bool:
        """Whether it has been worked in and has ended."""
        return self.ended_at is not None

    @property
    def is_called_off(self) -> bool:
        """Whether it was announced and will not be."""
        return self.called_off_at is not None

    @property
    def is_announced(self) -> bool:
        """Whether it is still to come."""
        return not (self.started_at or self.called_off_at)

    @property
    def planned_until(self) -> datetime | None:
        """When an announced session should be over."""
        return self.planned_at + timedelta(minutes=self.minutes) if self.planned_at else None

    @property
    def lasted(self) -> timedelta:
        """How long it lasted; nothing while it has not ended."""
        if self.started_at and self.ended_at:
            return self.ended_at - self.started_at
        return timedelta()


class Hand(models.Model):
    """A voice that works in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="hands")
    voice = models.CharField(max_length=26)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "voice"], name="one_hand_per_session"),
        ]

    def __str__(self) -> str:
        return f"{self.voice} in {self.session_id}"
