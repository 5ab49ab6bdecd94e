"""What the house's hub is still to be told, and where what was told stands on the shelves."""

from django.db import models

from coulisses.projects.models import Project, Studio


class Bookmark(models.Model):
    """How far a project's log was announced; `looked_at` lets every project have its turn."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="+")
    position = models.PositiveBigIntegerField()
    looked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.project_id} up to {self.position}"


class Ping(models.Model):
    """A feed that has something new of which the hub is to be told, at `due_at` or after.

    `path` is the feed's address from the house's root. `wanted` counts how often something came in,
    so that what comes while the hub is being told is told again.
    """

    path = models.CharField(max_length=200, unique=True)
    wanted = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(db_index=True)
    since = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.path


class Filing(models.Model):
    """How far a project's log stands on the shelves of its house and its studio."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="filing")
    position = models.PositiveBigIntegerField(default=0)
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.project_id} up to {self.position}"


class Shelf(models.Model):
    """The volumes of the house's feed, or of a studio's: `volume` is the one that fills.

    `key` is "house" or a studio's id; `held` says how many entries the volume has.
    """

    key = models.CharField(primary_key=True, max_length=26)
    volume = models.PositiveIntegerField(default=1)
    held = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.volume}"


class Stretch(models.Model):
    """Positions of a project, both ends included, in a volume of the house and of its studio."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    studio = models.ForeignKey(Studio, models.CASCADE, related_name="+")
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    in_house = models.PositiveIntegerField()
    in_studio = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "first"], name="one_stretch_from_here"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="stretch_has_a_length"
            ),
        ]
        indexes = [
            models.Index(fields=["in_house"], name="volume_of_the_house"),
            models.Index(fields=["studio", "in_studio"], name="volume_of_a_studio"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.first}-{self.last}"


class Cut(models.Model):
    """Where an archive of one kind ends in a project: `number` from 1, `upto` included."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    upto = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "topic", "number"], name="one_cut_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.topic} {self.number}: {self.upto}"
