"""Who is named in a project's credits, how each wishes to be, for whom a place is held."""

from django.db import models
from django.db.models import F, Q

from coulisses.people.models import Account, Voice
from coulisses.projects.credited import ROLES
from coulisses.projects.models import Project

LONGEST_NAME = 60
LONGEST_WORDS = 200


class Credit(models.Model):
    """A line of the credits: a voice's first act in one role, or somebody added by hand.

    `place` is where the act is, below the project; `audience` whoever may know of it. `has_name`:
    the voice may be named here; `alias` is the other name it chose. `position` is that of
    `credit.added` in the work log, 0 for what was gathered; `is_out`: a maker took the line out.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="credits")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12, choices=[(one, one) for one in ROLES])
    at = models.DateTimeField()
    place = models.CharField(max_length=100, blank=True)
    audience = models.CharField(max_length=26)
    has_name = models.BooleanField(default=False)
    alias = models.CharField(max_length=LONGEST_NAME, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    position = models.PositiveBigIntegerField(default=0)
    is_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "voice", "role", "audience"],
                condition=Q(voice__isnull=False),
                name="credited_once_in_a_role",
            ),
            models.UniqueConstraint(
                fields=["project", "position"],
                condition=Q(position__gt=0),
                name="credited_once_by_hand",
            ),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="credit_role_is_known"),
            models.CheckConstraint(
                condition=Q(voice__isnull=False) | Q(position__gt=0, has_name=True),
                name="whoever_has_no_voice_is_added_by_hand",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "role", "at", "id"],
                condition=Q(has_name=True, is_out=False),
                name="credits_that_roll",
            ),
            models.Index(fields=["voice", "project"], name="credits_of_a_voice"),
            models.Index(
                fields=["project", "-id"], condition=Q(is_out=True), name="credits_taken_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.role} {self.pk}"


class Gathered(models.Model):
    """How far a project's credits have been gathered: what its logs, pulse and trail were then."""

    project = models.OneToOneField(
        Project, models.CASCADE, primary_key=True, related_name="credits_gathered"
    )
    work = models.PositiveBigIntegerField(default=0)
    room = models.PositiveBigIntegerField(default=0)
    beat = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.project_id} at {self.at}"


class Brought(models.Model):
    """Somebody took part without a word, in SILENT roles, before the project moved in here.

    Of others who did so nothing came along.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=[(one, one) for one in ROLES])
    at = models.DateTimeField()
    place = models.CharField(max_length=100)
    audience = models.CharField(max_length=26)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "voice", "role", "audience"], name="brought_once_in_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.role} {self.voice_id}"


class Naming(models.TextChoices):
    """How somebody is named for what they gave."""

    NAME = "name"
    ALIAS = "alias"
    NONE = "none"


class Consent(models.Model):
    """How a voice wishes to be named, in one project or (no project) wherever nothing else is said.

    `alias` is the other name, where that is the choice.
    """

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="+")
    choice = models.CharField(max_length=5, choices=Naming.choices)
    alias = models.CharField(max_length=LONGEST_NAME, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "project"],
                condition=Q(project__isnull=False),
                name="one_consent_in_a_project",
            ),
            models.UniqueConstraint(
                fields=["voice"], condition=Q(project=None), name="one_consent_for_all"
            ),
            models.CheckConstraint(
                condition=Q(choice="alias") & ~Q(alias="")
                | Q(choice__in=["name", "none"], alias=""),
                name="another_name_is_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id}: {self.choice}"


class Held(models.Model):
    """A place in a studio's team, held for a voice by an owner until `until`.

    It is taken once (`taken_at`), or taken back, which deletes it. A guest's becomes an invitation
    when they ask for it; `invitation` is its number.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="places_held")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    by = models.ForeignKey(Account, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    invitation = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="one_place_held_for_a_voice"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="a_held_place_lasts"),
        ]
        indexes = [models.Index(fields=["voice", "project"], name="places_of_a_voice")]

    def __str__(self) -> str:
        return f"{self.project_id} for {self.voice_id}"
