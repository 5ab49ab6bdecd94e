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


class Under(models.Model):
    """A capture that stands folded under a moment's words: their positions in the work log."""

    project = models.ForeignKey(Project, models.CASCADE)
    position = models.PositiveBigIntegerField()
    moment = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="under_one_moment"),
        ]
        indexes = [models.Index(fields=["project", "moment"], name="under_by_moment")]

    def __str__(self) -> str:
        return f"{self.position} under {self.moment}"
