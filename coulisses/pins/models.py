"""Which entries are pinned now."""

from django.db import models

from coulisses.projects.models import Project


class Pin(models.Model):
    """An entry of the short reading. `audience` is that of the entry."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="pins")
    position = models.PositiveBigIntegerField()
    audience = models.CharField(max_length=26)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_pin_per_entry"),
        ]

    def __str__(self) -> str:
        return f"pin at {self.position}"
