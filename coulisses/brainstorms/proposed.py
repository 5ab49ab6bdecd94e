"""What is proposed at the table, and what was done last there: rows, until somebody accepts."""

from django.db import models
from django.db.models import F, Q

LONGEST = 80  # characters of a name, as families have


class Likening(models.Model):
    """A look for families and twins: asked for, under way with so many `done` of `total`, or over.

    `failed` says that it came to nothing; `at` is when it last moved.
    """

    STATES = ["asked", "going", "done", "failed"]

    project = models.OneToOneField("projects.Project", models.CASCADE, related_name="likening")
    state = models.CharField(max_length=6, choices=[(one, one) for one in STATES], default="asked")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "going", "done", "failed"]),
                name="a_likening_is_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["asked", "going"]),
                name="likenings_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.state}"


class ProposedFamily(models.Model):
    """Ideas (positions) that may belong together, under a name that says why."""

    project = models.ForeignKey(
        "projects.Project", models.CASCADE, related_name="proposed_families"
    )
    name = models.CharField(max_length=LONGEST)
    ideas = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["project", "id"], name="families_proposed")]

    def __str__(self) -> str:
        return self.name


class Twin(models.Model):
    """Two ideas that may say the same, the earlier first; one that `is_dismissed` stays so."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="twins")
    position = models.PositiveBigIntegerField()
    other = models.PositiveBigIntegerField()
    likeness = models.FloatField()
    is_dismissed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position", "other"], name="twins_are_once"),
            models.CheckConstraint(
                condition=Q(position__lt=F("other")), name="the_earlier_twin_is_first"
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "-likeness", "id"],
                condition=Q(is_dismissed=False),
                name="twins_to_offer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position} and {self.other}"


class Gesture(models.Model):
    """What a voice did last at the table, as the facts that undo it."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="gestures")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    undo = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="one_last_gesture"),
        ]

    def __str__(self) -> str:
        return f"gesture of {self.voice_id}"
