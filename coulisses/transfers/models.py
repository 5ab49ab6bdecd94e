"""Exports that owners have asked for at the desk."""

from django.db import models

from coulisses.lib import ids
from coulisses.people.models import Account
from coulisses.projects.models import Project

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
