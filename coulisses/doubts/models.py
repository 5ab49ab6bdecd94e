"""Where doubts stand now, and the leads that they were offered."""

from django.db import models
from django.db.models import Q

from coulisses.doubts import life
from coulisses.people.models import Voice
from coulisses.projects.models import Project

ANSWERS = ["open", "kept", "put_by", "gone"]


class Life(models.Model):
    """Where a doubt stands of which something was told; one without a row is open.

    `position` is the doubt's, `said` that of the entry which says so, `settled_by` that of the
    entry which settles it (0: none). `audience` is the doubt's.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="doubts")
    position = models.PositiveBigIntegerField()
    audience = models.CharField(max_length=26)
    state = models.CharField(max_length=7, choices=[(one, one) for one in life.STATES])
    said = models.PositiveBigIntegerField()
    settled_by = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_life_per_doubt"),
            models.CheckConstraint(
                condition=Q(state__in=life.STATES), name="state_of_a_doubt_is_known"
            ),
            models.CheckConstraint(
                condition=Q(settled_by=0) | Q(state=life.SETTLED), name="settled_doubts_are_settled"
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "settled_by"],
                condition=Q(settled_by__gt=0),
                name="doubts_settled_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether the doubt is settled or let go."""
        return self.state in life.OVER


class Attempt(models.Model):
    """The entry at `by` shows what was tried about a doubt, as the entry at `said` tells."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    doubt = models.PositiveBigIntegerField()
    said = models.PositiveBigIntegerField()
    by = models.PositiveBigIntegerField()
    audience = models.CharField(max_length=26)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "said"], name="one_attempt_per_entry"),
        ]
        indexes = [models.Index(fields=["project", "by"], name="attempts_by_entry")]

    def __str__(self) -> str:
        return f"{self.by} for {self.doubt}"


class Lead(models.Model):
    """An idea that a voice offered to a doubt: its position in the room, the doubt's in the work.

    `state` is one of ANSWERS; it is gone where the doubt was shredded before it was answered, and
    where it was taken back while others' words stood beneath it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="leads")
    position = models.PositiveBigIntegerField()
    doubt = models.PositiveBigIntegerField()
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="leads")
    audience = models.CharField(max_length=26)
    state = models.CharField(
        max_length=6, choices=[(one, one) for one in ANSWERS], default=ANSWERS[0]
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_lead_per_entry"),
            models.CheckConstraint(condition=Q(state__in=ANSWERS), name="state_of_a_lead_is_known"),
        ]
        indexes = [
            models.Index(fields=["project", "doubt", "position"], name="leads_of_a_doubt"),
            models.Index(fields=["project", "state", "at"], name="leads_by_state"),
        ]

    def __str__(self) -> str:
        return f"lead {self.position} to {self.doubt}"
