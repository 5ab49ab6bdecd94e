"""Exports that owners have asked for at the desk, and projects that they bring."""

from django.db import models

from coulisses.lib import ids
from coulisses.people.models import Account
from coulisses.projects.models import Project, Studio

STATES = ("asked", "making", "ready", "failed")


class Parcel(models.Model):
    """A project, asked for, being packed or ready as a ZIP until `expires_at`.

    `account` asked for it and hears of it, in `language`. `leased_until` says until when its maker
    is taken to live, `size` how many bytes it has.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="parcels")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    is_whole = models.BooleanField()
    state = models.CharField(max_length=6, default="asked", choices=[(one, one) for one in STATES])
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "is_whole"], name="one_parcel_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(state__in=STATES), name="parcel_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=["asked", "making"]),
                name="parcel_to_make",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.state}"

    @property
    def file(self) -> str:
        """What its file is called beside the others."""
        return f"{self.pk}.zip"


CRATED = ("coming", "sent", "looking", "looked", "sure", "bringing", "there", "refused")


class Crate(models.Model):
    """A project on its way in: a ZIP of `length` bytes that comes in pieces until it was `sent`.

    It is looked at, and what was found stands in `said`; once its owner is `sure` it is brought in
    and `there`, as `project`. `done` is how far that is, in thousandths; `trouble` why it was
    refused, in `language`. `leased_until` says until when whoever works on it is taken to live.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    studio = models.ForeignKey(Studio, models.CASCADE, related_name="crates")
    account = models.ForeignKey(Account, models.CASCADE, related_name="crates")
    name = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, default="coming", choices=[(one, one) for one in CRATED])
    said = models.JSONField(default=dict)
    trouble = models.TextField(blank=True)
    project = models.ForeignKey(Project, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=8)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CRATED), name="crate_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=models.Q(state__in=["sent", "looking", "sure", "bringing"]),
                name="crate_to_work_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def path(self) -> str:
        """Where its page stands, from the house's root."""
        return f"/desk/new/arrival/{self.pk}/"

    @property
    def is_worked_on(self) -> bool:
        """Whether the house has it in hand."""
        return self.state in ("sent", "looking", "sure", "bringing")

    @property
    def parts(self) -> int:
        """How far it is, in hundredths."""
        return self.done // 10
