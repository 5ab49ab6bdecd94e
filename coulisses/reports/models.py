"""A report, or a letter written on the page, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coulisses.people.models import Account
from coulisses.projects.models import Project, Studio


class Reason(models.TextChoices):
    """Why somebody writes."""

    ILLEGAL = "illegal", _("It is against the law")
    PRIVACY = "privacy", _("It shows my name, my face or something private")
    CONSENT = "consent", _("It uses my work, and I was not asked")
    HURTFUL = "hurtful", _("It hurts somebody")
    OTHER = "other", _("Something else")
    LETTER = "letter", _("A letter")


class Outcome(models.TextChoices):
    """What became of it."""

    DONE = "done", _("Something was done")
    STAYS = "stays", _("It stays as it is")
    ANSWERED = "answered", _("It was answered")


class Report(models.Model):
    """Somebody writes to the host about an entry (`position`), a project, or anything; or to a
    studio's owners.

    Who wrote (`address`, `account`) is for the host alone. `digest` is that of the secret by which
    they see what became of it; `statement` says why, once it `closed_at`.
    """

    reason = models.CharField(max_length=8, choices=Reason.choices)
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="reports")
    position = models.PositiveBigIntegerField(null=True)
    studio = models.ForeignKey(Studio, models.CASCADE, null=True, related_name="letters")
    words = models.TextField(blank=True)
    address = models.EmailField(blank=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="reports")
    language = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    told_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    statement = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=Reason.values), name="reason_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", closed_at=None)
                | models.Q(outcome__in=Outcome.values, closed_at__isnull=False),
                name="closed_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-told_at", "id"],
                condition=models.Q(closed_at=None, studio=None),
                name="reports_that_wait",
            ),
            models.Index(fields=["closed_at", "id"], name="reports_by_their_end"),
            models.Index(fields=["studio", "-told_at", "id"], name="letters_of_a_studio"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.reason}"

    @property
    def subject(self) -> str:
        """The address of what it is about, from the house's root; empty for the house itself."""
        if self.project is None:
            return f"/@{self.studio.slug}/" if self.studio else ""
        return self.project.path if self.position is None else f"{self.project.path}{self.position}"
