"""What stands beside a project's room: what became of things given, what is hidden, its pulse."""

from django.db import models
from django.db.models import Q

WAYS = ["kept", "decided", "corrected", "shaped"]


class Became(models.Model):
    """One step of the trail of influence: what a voice gave, and the entry that it became.

    `gave` is a position in the room log (0: something that is no entry there, as a ballot is),
    `became` one in the work log. `how` is one of WAYS. `told_at` is when the giver was told.
    """

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="trail")
    voice = models.ForeignKey("people.Voice", models.PROTECT, related_name="+")
    gave = models.PositiveBigIntegerField(default=0)
    became = models.PositiveBigIntegerField()
    how = models.CharField(max_length=12, choices=[(one, one) for one in WAYS])
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "voice", "gave", "became", "how"], name="became_once"
            ),
            models.CheckConstraint(condition=Q(how__in=WAYS), name="ways_are_known"),
        ]
        indexes = [
            models.Index(fields=["project", "became"], name="came_from"),
            models.Index(fields=["project", "gave"], name="became_what"),
            models.Index(fields=["voice", "id"], name="became_of_a_voice"),
            models.Index(fields=["id"], condition=Q(told_at=None), name="became_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.gave} became {self.became}"


class Hidden(models.Model):
    """An entry of a room log that all but its author and the team see no words of, and why."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="hidden")
    position = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="hidden_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}~{self.position}"


class Pulse(models.Model):
    """How often anything around a project moved that no log holds: cheers, ballots, what is hidden.

    Pages are made anew when it has beaten, streams say what moved, at most four times a second. It
    `has_moved` until `moved` has written down that it did.
    """

    project = models.OneToOneField(
        "projects.Project", models.CASCADE, primary_key=True, related_name="pulse"
    )
    beat = models.PositiveBigIntegerField(default=0)
    has_moved = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = [
            models.Index(fields=["project"], condition=Q(has_moved=True), name="pulse_moved"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.beat}"


class Moved(models.Model):
    """A project that moved, and one errand that has to look at it, from `at` on.

    `times` counts how often it was written down since: whoever looked takes it out only as it was
    when they began.
    """

    project = models.ForeignKey(
        "projects.Project", models.CASCADE, related_name="+", db_index=False
    )
    reader = models.CharField(max_length=20)
    times = models.PositiveBigIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "reader"], name="moved_once_for_a_reader"),
        ]
        indexes = [models.Index(fields=["reader", "at", "id"], name="moved_in_a_row")]

    def __str__(self) -> str:
        return f"{self.project_id} for {self.reader}"
