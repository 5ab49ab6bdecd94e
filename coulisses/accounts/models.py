"""Where somebody is signed in, and how often anything was tried."""

from django.conf import settings
from django.db import models


class Device(models.Model):
    """A browser that somebody is signed in with: what it calls itself, and from where, roughly."""

    session = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    network = models.CharField(max_length=45, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-seen_at"], name="devices_of_an_account")]

    def __str__(self) -> str:
        return f"{self.browser} ({self.system})"


class Counted(models.Model):
    """A row of Django's cache in the database, which counts tries for all processes."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
