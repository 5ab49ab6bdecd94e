"""Decisions as they stand, and the ballots cast on them: one for each voice."""

from typing import Any

from django.db import models
from django.db.models import Q

from coulisses.decisions.kinds import METHODS, SHOWN, WHO
from coulisses.projects.models import Project

LONGEST_QUESTION = 200  # characters
LONGEST_WORDS = 4_000
LONGEST_OPTION = 120
LONGEST_REASON = 300  # of a voter, for the makers; and with which a question is taken back
MOST_OPTIONS = 12


class Decision(models.Model):
    """A question put to the vote by the entry at `position`, for those of `audience`.

    `options` are as that entry says them; `code` is the digest of what opens it to `who` has it.
    `turnout` counts the ballots, `moved_at` is when one came last. `tally` is as it was told when
    the vote was closed. `ties_after` is the ballot up to which it is noted what became of them,
    None where there is nothing to note.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="decisions")
    position = models.PositiveBigIntegerField()
    audience = models.CharField(max_length=26)
    by = models.CharField(max_length=26)
    question = models.CharField(max_length=LONGEST_QUESTION, blank=True)
    options = models.JSONField(default=list)
    method = models.CharField(max_length=8, choices=[(one, one) for one in METHODS])
    who = models.CharField(max_length=9, choices=[(one, one) for one in WHO])
    shown = models.CharField(max_length=10, choices=[(one, one) for one in SHOWN])
    most = models.PositiveSmallIntegerField(default=0)
    quorum = models.PositiveIntegerField(default=0)
    is_changeable = models.BooleanField(default=True)
    is_binding = models.BooleanField(default=True)
    code = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    turnout = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_position = models.PositiveBigIntegerField(default=0)
    tally = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_position = models.PositiveBigIntegerField(default=0)
    shown_position = models.PositiveBigIntegerField(default=0)
    ties_after = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_decision_per_entry"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="method_is_known"),
            models.CheckConstraint(condition=Q(who__in=WHO), name="voters_are_known"),
            models.CheckConstraint(condition=Q(shown__in=SHOWN), name="showing_is_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(withdrawn_at=None),
                name="closed_is_not_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(closed_at__isnull=False),
                name="answered_is_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                condition=Q(closed_at=None, withdrawn_at=None),
                name="decision_due",
            ),
            models.Index(
                fields=["project", "closes_at", "id"],
                condition=Q(closed_at=None, withdrawn_at=None),
                name="decision_open",
            ),
            models.Index(fields=["project", "-opened_at", "id"], name="decision_of_a_project"),
            models.Index(fields=["project", "moved_at"], name="decision_moved"),
            models.Index(
                fields=["project", "closed_at"],
                condition=Q(closed_at__isnull=False, answered_at=None),
                name="decision_unanswered",
            ),
            models.Index(
                fields=["project", "shown_position"],
                condition=Q(shown_position__gt=0),
                name="decision_shown_in",
            ),
            models.Index(
                fields=["project", "-answered_at", "-id"],
                condition=Q(answered_at__isnull=False, shown_position=0),
                name="decision_shows_nowhere",
            ),
            models.Index(
                fields=["id"], condition=Q(ties_after__isnull=False), name="decision_to_tie"
            ),
        ]

    def __str__(self) -> str:
        return self.question or f"decision {self.position}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither closed nor taken back; its hour may have passed."""
        return self.closed_at is None and self.withdrawn_at is None

    @property
    def keys(self) -> list[str]:
        """The keys of its options, in their order."""
        return [one["key"] for one in self.options]

    @property
    def words(self) -> dict[str, Any]:
        """The words of its options, by key."""
        return {one["key"]: one["words"] for one in self.options}

    @property
    def place(self) -> str:
        """Where one votes, below the project's address."""
        return f"{self.position}/ballot"

    @property
    def desk(self) -> str:
        """Where its makers close and answer it, below the house's root."""
        return f"{self.project.desk}decisions/{self.position}/"


class Ballot(models.Model):
    """What a voice chose: the options' keys with commas between; of a ranked vote in order.

    `reason` is for the makers alone. `once` is the digest of a secret by which a browser that never
    heard that its vote had arrived is known again.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="ballots")
    voice = models.ForeignKey("people.Voice", models.PROTECT, related_name="+")
    choice = models.CharField(max_length=60)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    once = models.CharField(max_length=64, blank=True)
    cast_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "voice"], name="one_ballot_per_voice"),
            models.UniqueConstraint(
                fields=["decision", "once"], condition=~Q(once=""), name="one_ballot_per_sending"
            ),
        ]
        indexes = [
            models.Index(fields=["decision", "choice"], name="ballots_by_choice"),
            models.Index(
                fields=["decision", "-changed_at", "id"],
                condition=~Q(reason=""),
                name="ballots_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.choice

    @classmethod
    def sent(cls, once: str) -> Q:
        """Return the condition for what came with a secret; none where there is no secret.

        It says what the index says, or all ballots of a vote would be read.
        """
        return Q(once=once) & ~Q(once="")

    @property
    def keys(self) -> list[str]:
        """What was chosen, in order."""
        return self.choice.split(",")
