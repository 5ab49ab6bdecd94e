"""Accounts, and the voices that logs know them by."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from coulisses.lib import ids


class Voice(models.Model):
    """Anybody who takes part. Logs hold the opaque id for ever; the name can be taken out."""

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    name = models.CharField(max_length=200, blank=True)
    is_named = models.BooleanField(default=False)

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


class SignInLink(models.Model):
    """A link that signs somebody in, once. Only the digest of its secret is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.account_id}"
