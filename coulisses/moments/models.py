"""What came in by a phone's share sheet and was not told yet."""

from django.db import models

from coulisses.lib import ids
from coulisses.people.models import Account
from coulisses.projects.models import Project


class Shared(models.Model):
    """Pictures and words that somebody shared to the house: theirs alone until they tell them.

    `versions` are the pictures' names in the project's log, in their order; nothing shows them.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    account = models.ForeignKey(Account, models.CASCADE)
    project = models.ForeignKey(Project, models.CASCADE)
    versions = models.JSONField(default=list)
    words = models.TextField(blank=True)
    arrived_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["arrived_at"], name="shared_by_age")]

    def __str__(self) -> str:
        return self.id
