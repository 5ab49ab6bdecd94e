"""How a room is kept: what its team has chosen, what waits for a look, who is asked to rest."""

from django.db import models
from django.db.models import Q

from coulisses.projects.models import Project

OUTCOMES = ["lifted", "stands"]
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
    """What a voice wants to say, as its kind spells it, until somebody of the team has looked.

    What was `refused_at` is kept for a month with its files: an appeal may have it heard.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="held")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="held")
    kind = models.CharField(max_length=64)
    body = models.JSONField()
    at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["project", "at", "id"],
                condition=Q(refused_at=None),
                name="held_and_not_refused",
            ),
            models.Index(fields=["voice", "project"], name="held_of_a_voice"),
            models.Index(
                fields=["refused_at"],
                condition=Q(refused_at__isnull=False),
                name="held_to_be_let_go",
            ),
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


class Measure(models.Model):
    """What was done about somebody, whom no log names, and their appeal, of which there is one.

    `act` is the position in the room of the entry that tells it, of kind `kind`, done `by` a voice;
    `word` is the position of the words that it hid, `held` the words that it refused. `outcome` is
    empty until somebody else has answered.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    act = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    by = models.CharField(max_length=26)
    word = models.PositiveBigIntegerField(default=0)
    held = models.ForeignKey(Held, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    appeal = models.CharField(max_length=500, blank=True)
    appealed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=6, blank=True, choices=[(one, one) for one in OUTCOMES])
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    place = ""  # where the word stands, for pages that say so

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "act"], name="one_measure_per_act"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None)
                | Q(outcome__in=OUTCOMES, answered_at__isnull=False, appealed_at__isnull=False),
                name="answered_is_appealed",
            ),
        ]
        indexes = [
            models.Index(fields=["voice", "project", "-act"], name="measures_about_a_voice"),
            models.Index(
                fields=["appealed_at", "id"],
                condition=Q(appealed_at__isnull=False, outcome=""),
                name="appeals_that_wait",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.act}"

    @property
    def is_open(self) -> bool:
        """Whether an appeal waits for an answer."""
        return self.appealed_at is not None and not self.outcome

    @property
    def can_be_appealed(self) -> bool:
        """Whether somebody could look again: refused words are kept for a month only."""
        is_gone = self.kind == "word.refused" and self.held_id is None
        return self.appealed_at is None and not is_gone
