"""What the host's side keeps: how a house finds its first host, its backups, how its errands go."""

from django.db import models
from django.db.models import Q


class FirstLink(models.Model):
    """The link by which the first host comes in. Only the digest of its secret is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"open until {self.expires_at}"


class Backup(models.Model):
    """A copy of the house: asked for, being made, made (at `place`) or failed.

    `logs`, `entries`, `files` and `bytes` are what it holds. `sentence` says why it failed, or
    what was wrong with it. It is proved when it was restored elsewhere and found whole.
    """

    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=8,
        default="asked",
        choices=[(one, one) for one in ("asked", "making", "made", "failed")],
    )
    leased_until = models.DateTimeField(null=True)
    place = models.CharField(max_length=1000)
    logs = models.PositiveBigIntegerField(default=0)
    entries = models.PositiveBigIntegerField(default=0)
    files = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    sentence = models.TextField(blank=True)
    is_to_prove = models.BooleanField(default=False)
    proved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "making", "made", "failed"]),
                name="backup_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="backup_newest")]

    def __str__(self) -> str:
        return f"{self.place} {self.state}"


class Run(models.Model):
    """How an errand goes: when it last ended well, and how it has failed since.

    `ended_at` moves at most once a minute, so that a house at rest writes little.
    """

    errand = models.CharField(primary_key=True, max_length=120)
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    sentence = models.CharField(max_length=300, blank=True)
    next_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.errand
