"""Where a project speaks to, and each thing said there."""

from django.db import models
from django.db.models import F, Q

from coulisses.lib import ids
from coulisses.projects.models import Project


class Form(models.TextChoices):
    """In which form the other side reads."""

    COULISSES = "coulisses"
    DISCORD = "discord"
    SLACK = "slack"
    MATTERMOST = "mattermost"


class Webhook(models.Model):
    """An address to which a project says what is told, from the position after `upto` on.

    `topics` are what is said there. `secret` signs it; for a day after a new one was made
    (`turned_at`) `old_secret` does too. It is looked at again from `look_at` on. It fails since
    `failing_since`; `trouble` says why it was paused, empty where somebody paused it.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="webhooks")
    address = models.CharField(max_length=2000)
    form = models.CharField(max_length=10, choices=Form.choices)
    label = models.CharField(max_length=100)
    topics = models.JSONField(default=list)
    secret = models.CharField(max_length=80)
    old_secret = models.CharField(max_length=80, blank=True)
    turned_at = models.DateTimeField(null=True)
    upto = models.PositiveBigIntegerField()
    look_at = models.DateTimeField(db_index=True)
    made_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "made_at"], name="webhooks_of_a_project")]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=Form.values), name="webhook_form_is_known"),
        ]

    def __str__(self) -> str:
        return self.label


class End(models.TextChoices):
    """How a delivery ended."""

    TAKEN = "taken"
    GIVEN_UP = "given-up"
    GONE = "gone"  # what was told was shredded meanwhile


class Delivery(models.Model):
    """One entry on its way to a webhook, by its position; 0 is a test. It holds no words.

    It is tried next at `due_at`, which also says whose it is to send: who moves it, sends it.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    position = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=40, blank=True)
    end = models.CharField(max_length=8, choices=End.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(ended_at=None), name="deliveries_on_their_way"
            ),
            models.Index(
                fields=["webhook", "position"],
                condition=Q(ended_at=None),
                name="deliveries_in_their_order",
            ),
            models.Index(fields=["webhook", "-made_at", "-id"], name="deliveries_of_a_webhook"),
            models.Index(fields=["ended_at"], name="deliveries_to_forget"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "position"], name="one_delivery_per_position"
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at=None) | (~Q(end="") & Q(ended_at__isnull=False)),
                name="a_delivery_ends_somehow",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("made_at")), name="due_once_made"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_test(self) -> bool:
        """Whether nothing was told: somebody only tries whether it arrives."""
        return self.position == 0

    @property
    def name(self) -> str:
        """What the other side knows it by: the same each time it is tried."""
        if self.is_test:
            return f"{self.webhook_id}-test-{int(self.made_at.timestamp() * 1000)}"
        return f"{self.webhook_id}-{self.position}"
