"""What is said now under each entry, and by how many: derived from the room's log."""

from django.db import models
from django.db.models import F, Q

from coulisses.projects.models import Project


class Word(models.Model):
    """Something a voice said, as it stands: at `position` in the room, under the entry at `cue`.

    `thread` is the position of the first word of its thread, its own for a first (`is_first`).
    `is_attempt`: a file of somebody's own came with it. `is_gone`: taken back, its place stays.
    `is_waiting`: a thread that nobody of the team has
    answered yet.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="words")
    position = models.PositiveBigIntegerField()
    cue = models.PositiveBigIntegerField()
    thread = models.PositiveBigIntegerField()
    voice = models.CharField(max_length=26)
    audience = models.CharField(max_length=26)
    at = models.DateTimeField()
    is_first = models.BooleanField()
    is_maker = models.BooleanField(default=False)
    is_placed = models.BooleanField(default=False)
    is_attempt = models.BooleanField(default=False)
    is_gone = models.BooleanField(default=False)
    is_waiting = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_word_per_position"),
            models.CheckConstraint(
                condition=Q(is_first=True, thread=F("position"))
                | Q(is_first=False, thread__lt=F("position")),
                name="a_thread_begins_with_its_first_word",
            ),
            models.CheckConstraint(
                condition=Q(is_waiting=False) | Q(is_first=True, is_gone=False, is_maker=False),
                name="only_what_others_began_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "cue", "is_first", "position"], name="word_threads"),
            models.Index(fields=["project", "thread", "position"], name="word_answers"),
            models.Index(fields=["project", "at", "position"], name="word_hour"),
            models.Index(
                fields=["project", "position"], condition=Q(is_waiting=True), name="word_waiting"
            ),
            models.Index(
                fields=["project", "position"], condition=Q(is_attempt=True), name="word_attempts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}~{self.position} under {self.cue}"


class Part(models.Model):
    """How often a voice stands under an entry, and where it spoke there first."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="parts")
    cue = models.PositiveBigIntegerField()
    voice = models.CharField(max_length=26)
    audience = models.CharField(max_length=26)
    is_maker = models.BooleanField(default=False)
    first_position = models.PositiveBigIntegerField()
    first_at = models.DateTimeField()
    words = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "cue", "voice"], name="one_part_per_voice"),
        ]

    def __str__(self) -> str:
        return f"{self.voice} under {self.cue}"


class Talk(models.Model):
    """How many voices stand under an entry, so that no page counts them."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="talks")
    cue = models.PositiveBigIntegerField()
    voices = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "cue"], name="one_talk_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.voices} under {self.cue}"
