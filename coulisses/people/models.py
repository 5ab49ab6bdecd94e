"""Accounts, and the voices that logs know them by."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from coulisses.lib import ids


class Voice(models.Model):
    """Anybody who takes part. Logs hold the opaque id for ever; the name can be taken out.

    A guest's voice that `became` another's is shown under that one's name, and is theirs.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    name = models.CharField(max_length=200, blank=True)
    is_named = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)
    became = models.ForeignKey("self", models.PROTECT, null=True, related_name="was")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(became=None) | Q(is_named=False) & ~Q(became=F("id")),
                name="what_became_anothers_has_no_name_of_its_own",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.is_named else ""


class Account(AbstractBaseUser):
    """Somebody who can sign in. The address is optional: a link on the terminal is enough.

    A host keeps the house: its rules, its storage, its people.
    """

    voice = models.OneToOneField(Voice, models.PROTECT, related_name="account")
    email = models.EmailField(unique=True, null=True)  # noqa: DJ001  NULLs are not compared
    is_active = models.BooleanField(default=True)
    is_host = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return str(self.voice)


class Guest(models.Model):
    """Somebody without an account who takes part from one browser, under a name or none yet.

    `verified_at`: a maker, or a code sent to `email`, has said that this is a person.
    `is_kept`: a month after they came they had done something, and are not forgotten. `is_hurried`:
    the form by which they came was sent as machines send it; their words wait for a look.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    voice = models.OneToOneField(Voice, models.PROTECT, related_name="guest")
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(db_index=True)
    verified_at = models.DateTimeField(null=True)
    is_kept = models.BooleanField(default=False)
    is_hurried = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(is_kept=False), name="guests_to_look_at"
            ),
        ]

    def __str__(self) -> str:
        return str(self.voice)


class Shun(models.Model):
    """Somebody would rather not hear a voice: its words fold away for them alone.

    Who `is_blocked` can't answer them, either.
    """

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    whom = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    is_blocked = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "whom"], name="shunned_once"),
            models.CheckConstraint(condition=~Q(voice=F("whom")), name="nobody_shuns_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} does not hear {self.whom_id}"


class SignInLink(models.Model):
    """A link that signs somebody in, once. Only the digest of its secret is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.account_id}"


class Invitation(models.Model):
    """A secret that lets one person make an account, whatever the house's policy.

    `kind` says what for (`house`, `team`), `note` whom it was meant for, in the inviter's words.
    Only the digest of its secret is kept.
    """

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"], name="invitations_of_a_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="an_invitation_lives"
            ),
            models.CheckConstraint(
                condition=Q(used_by=None) | Q(used_at__isnull=False),
                name="who_used_an_invitation_did_so_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} invitation {self.pk}"


class Export(models.Model):
    """All that is somebody's, asked for, being put together or ready at `path` until `expires_at`.

    `leased_until` says until when its maker is taken to live; `done` counts what it has written.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    account = models.OneToOneField(Account, models.CASCADE, related_name="export")
    state = models.CharField(
        max_length=6,
        default="asked",
        choices=[(one, one) for one in ("asked", "making", "ready", "failed")],
    )
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=["asked", "making"]),
                name="export_to_make",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"


class Departure(models.Model):
    """Somebody has asked to leave: from `due_at` on it is carried out, unless they came in again.

    `withdraws` says that the work they alone own is to lose its words and files; else it stays,
    told by somebody.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="departure")
    withdraws = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.account_id} by {self.due_at}"


class Handle(models.Model):
    """A name in the house's addresses, and whose it is or was: a studio's id, or a voice's.

    It is known by what it looks like, so that no second one can be taken for it; `slug` is how
    its holder spelled it last.
    """

    look = models.CharField(primary_key=True, max_length=50)
    slug = models.CharField(max_length=50)
    holder = models.CharField(max_length=26, db_index=True)

    def __str__(self) -> str:
        return self.slug
