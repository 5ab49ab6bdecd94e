"""What is asked of, and kept for, whoever takes part: terms of what is given, codes to join by."""

from django.db import models
from django.db.models import F, Q

from coulisses.people.models import Guest
from coulisses.projects.models import Project

WORDS, VOTE = GIVEN = "words", "vote"
CHOICES = ["stays", "asks", "free", "here", "kept", "open", "own"]


class Terms(models.Model):
    """One version of what a project's team says happens to what is given.

    `choice` is one of the house's sentences, or the team's `own`, which stands in `words`.
    Version 0 has no row: it is what holds where a team has said nothing.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="terms")
    version = models.PositiveIntegerField()
    choice = models.CharField(max_length=5, choices=[(one, one) for one in CHOICES])
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="terms_once"),
            models.CheckConstraint(
                condition=Q(choice__in=CHOICES, version__gt=0), name="terms_are_known"
            ),
            models.CheckConstraint(
                condition=Q(choice="own") & ~Q(words="") | ~Q(choice="own") & Q(words=""),
                name="own_terms_have_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: version {self.version}"


class Accepted(models.Model):
    """A voice gave something to a project while these terms stood beside the form.

    `what` they gave tells which line that was: one for words and files, another for a vote.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    what = models.CharField(max_length=8, choices=[(one, one) for one in GIVEN], default=WORDS)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "voice", "version", "what"], name="accepted_once"
            ),
            models.CheckConstraint(condition=Q(what__in=GIVEN), name="what_is_given_is_known"),
        ]
        indexes = [models.Index(fields=["project", "what", "-id"], name="who_accepted_last")]

    def __str__(self) -> str:
        return f"{self.voice_id} in {self.project_id}: version {self.version}"


class JoinCode(models.Model):
    """Six letters that lead to a project, until its team ends them."""

    code = models.CharField(primary_key=True, max_length=6)
    project = models.OneToOneField(Project, models.CASCADE, related_name="join_code")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Proof(models.Model):
    """A code that was sent to an address, by which a guest shows that they read what comes there.

    Only the digest of the code with the guest's id is kept.
    """

    guest = models.OneToOneField(Guest, models.CASCADE, related_name="proof")
    email = models.EmailField()
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="a_proof_lives"),
        ]

    def __str__(self) -> str:
        return f"proof of {self.guest_id}"
