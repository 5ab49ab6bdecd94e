"""Studios, projects, roles, tiers, tokens; beside them what derives from the projects' logs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from coulisses.lib import ids
from coulisses.log.models import Log
from coulisses.projects import columns, scopes
from coulisses.projects.derived import Day as Day
from coulisses.projects.derived import Sitting as Sitting
from coulisses.projects.voiced import Became as Became
from coulisses.projects.voiced import Hidden as Hidden
from coulisses.projects.voiced import Moved as Moved
from coulisses.projects.voiced import Pulse as Pulse

ROLES = ["owner", "maker", "contributor"]


class Studio(models.Model):
    """A maker's or a team's house."""

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    slug = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=200)
    line = models.CharField(max_length=300, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return self.name

    @property
    def desk(self) -> str:
        """Where its desk stands, from the house's root."""
        return f"/desk/@{self.slug}/"


class Role(models.Model):
    """What an account may do in a studio: an owner everything, a maker the telling.

    What a contributor tells waits until a maker has looked at it.
    """

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="roles")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=11, choices=[(one, one) for one in ROLES])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["studio", "account"], name="one_role_per_account"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class Allowance(models.Model):
    """How many bytes a studio may fill, where its host has said it; 0: any number."""

    studio = models.OneToOneField(Studio, models.CASCADE, primary_key=True)
    bytes = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.studio_id}: {self.bytes}"


class Originals(models.TextChoices):
    """What becomes of the files themselves, of which pages show previews."""

    STAY = "stay"  # with the maker: the house has none
    KEPT = "kept"  # by the house, for the team alone
    GIVEN = "given"  # to whoever may see the entry that shows them


class Project(columns.Face, columns.Course):
    """A work in the making. Its curtain is down (rehearsal) until `curtain_raised_at`.

    `work` is the log of what its makers tell, `room` the log of what voices say around it. One that
    `is_room_closed` is read by those alone who may take part in it (`closed`).

    `revision` counts what its pages show beside new entries: titles, names, previews; it
    `has_moved` until `moved` has written that down. `place` is where its studio puts it among its
    projects; of two in one place the newer comes first.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="projects")
    slug = models.CharField(max_length=50)
    title = models.CharField(max_length=200)
    line = models.CharField(max_length=300, blank=True)
    craft = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=8, blank=True)
    work = models.OneToOneField(Log, models.PROTECT, related_name="project")
    room = models.OneToOneField(Log, models.PROTECT, related_name="around")
    opened_at = models.DateTimeField()
    curtain_raised_at = models.DateTimeField(null=True)
    are_names_shown = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    originals = models.CharField(
        max_length=5, choices=Originals.choices, default=Originals.STAY, db_default=Originals.STAY
    )
    is_room_closed = models.BooleanField(default=False, db_default=False)
    revision = models.PositiveBigIntegerField(default=0)
    has_moved = models.BooleanField(default=True, db_default=True)
    stirred_at = models.DateTimeField()
    place = models.PositiveIntegerField(default=0, db_default=0)
    state: columns.State | None = None  # when it was looked up by its address

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["studio", "slug"], name="one_project_per_slug"),
            models.CheckConstraint(
                condition=Q(originals__in=Originals.values), name="originals_are_known"
            ),
            *columns.CONSTRAINTS,
        ]
        indexes = [
            models.Index(fields=["-stirred_at", "id"], name="project_stirred"),
            models.Index(fields=["studio", "place", "-opened_at", "id"], name="project_arranged"),
            models.Index(
                fields=["id"], condition=Q(mining=columns.Mining.ALLOWED), name="project_mined"
            ),
            models.Index(fields=["id"], condition=Q(has_moved=True), name="project_moved"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_raised(self) -> bool:
        """Whether the curtain is up: everybody may watch."""
        return self.curtain_raised_at is not None

    @property
    def path(self) -> str:
        """Where its stage stands, from the house's root."""
        return f"/@{self.studio.slug}/{self.slug}/"

    @property
    def desk(self) -> str:
        """Where its desk stands, from the house's root."""
        return f"/desk{self.path}"


class Struck(models.Model):
    """An entry of a rehearsal that is shredded when the curtain rises; until then it can stay."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="struck")
    position = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="struck_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}#{self.position}"


class Address(models.Model):
    """A name that a project has, or had, in its studio's addresses; no other project gets it."""

    studio = models.ForeignKey(Studio, models.CASCADE)
    slug = models.CharField(max_length=50)
    project = models.ForeignKey(Project, models.CASCADE, related_name="addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["studio", "slug"], name="one_project_per_address"),
        ]

    def __str__(self) -> str:
        return self.slug


class Viewer(models.Model):
    """A client or a friend who watches one rehearsal by a link, without an account.

    `label` says who it is, in the maker's words. Only the digest of the link's secret is kept.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="viewers")
    label = models.CharField(max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["project", "-created_at"], name="viewers_of_a_project")]

    def __str__(self) -> str:
        return self.label


class TeamInvitation(models.Model):
    """An invitation into a studio's team, and the role it gives."""

    invitation = models.OneToOneField("people.Invitation", models.CASCADE, primary_key=True)
    studio = models.ForeignKey(Studio, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=11, choices=[(one, one) for one in ROLES])
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="invited_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.studio_id}"


class Tier(models.Model):
    """A circle of members. Its id is the audience of the entries told to them."""

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="tiers")
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An account belongs to a tier."""

    tier = models.ForeignKey(Tier, models.CASCADE, related_name="memberships")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tier", "account"], name="one_membership_per_tier"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.tier_id}"


class Token(models.Model):
    """A secret that lets a program tell in a studio's projects, in an account's name.

    `scopes` are what it was made for, set off by spaces. `used_on` is the last day on which it was
    used; after `expires_at` it opens nothing.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    studio = models.ForeignKey(Studio, models.CASCADE)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    label = models.CharField(max_length=100, blank=True)
    scopes = models.CharField(max_length=60, default=" ".join(scopes.DEFAULT))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.label

    @property
    def scope_names(self) -> list[str]:
        """What it was made for, in words."""
        return [str(scopes.NAMES[one]) for one in self.scopes.split() if one in scopes.NAMES]
