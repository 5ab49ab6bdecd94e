"""Who follows a project: by letters to an address, or by notices on a device."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coulisses.lib import ids
from coulisses.projects.models import Project

NOTICES = "notices"  # the rounds of devices, beside those of letters


class Rhythm(models.TextChoices):
    """How often somebody is written to, at most."""

    EACH = "each", _("As it happens, once an hour at most")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")


class Ending(models.TextChoices):
    """Why letters ended."""

    ASKED = "asked"
    RETURNED = "returned"  # they came back


class Follower(models.Model):
    """Somebody who follows a project by letters to an address, which is kept in lower case.

    Nobody is written to before `confirmed_at`, nor after `ended_at`. `position` is where the last
    letter ended. `failures` counts letters that came back for good, since `failed_at`.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="followers")
    address = models.EmailField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="followings"
    )
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices)
    language = models.CharField(max_length=8)
    position = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "project"], name="one_following_per_address"
            ),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="a_rhythm_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | Q(ended_at__isnull=False, ending__in=Ending.values),
                name="letters_end_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "rhythm", "id"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="followers_to_write_to",
            ),
            models.Index(
                fields=["asked_at"], condition=Q(confirmed_at=None), name="followers_to_confirm"
            ),
            models.Index(
                fields=["ended_at"], condition=Q(ended_at__isnull=False), name="followers_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.rhythm}"

    @property
    def is_written_to(self) -> bool:
        """Whether letters go there."""
        return self.confirmed_at is not None and self.ended_at is None


class Device(models.Model):
    """A browser that shows notices of a project: where it is told, and the keys it gave for that.

    `failures` counts how often in a row it could not be told.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="devices")
    endpoint = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64)
    public_key = models.CharField(max_length=120)
    secret = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="noticing_devices"
    )
    position = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "project"], name="one_notice_per_device"),
        ]
        indexes = [models.Index(fields=["project", "id"], name="devices_to_tell")]

    def __str__(self) -> str:
        return f"device {self.pk}"


class Round(models.Model):
    """How far those of one rhythm were told of a project; the next letter is due at `due_at`.

    While it is under way, `upto` is where it ends and `reached` the last follower who has theirs.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="rounds")
    rhythm = models.CharField(max_length=7)
    position = models.PositiveBigIntegerField()
    upto = models.PositiveBigIntegerField(null=True)
    reached = models.CharField(max_length=26, blank=True)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "rhythm"], name="one_round_per_rhythm"),
            models.CheckConstraint(
                condition=Q(rhythm__in=[*Rhythm.values, NOTICES]), name="a_rounds_rhythm_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(upto=None), name="rounds_to_begin"),
            models.Index(
                fields=["due_at"], condition=Q(upto__isnull=False), name="rounds_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.rhythm}"
