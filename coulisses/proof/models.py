"""Roots of full tiles, worked out once: with them a proof reads no more than a few tiles."""

from django.db import models

from coulisses.log.models import Log


class TileRoot(models.Model):
    """One hash of a tile level above the leaves. It derives from them, and never changes."""

    log = models.ForeignKey(Log, models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["log", "level", "index"], name="one_root_per_full_tile"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log_id} {self.level}/{self.index}"
