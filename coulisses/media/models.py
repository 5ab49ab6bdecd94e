"""A version of a file, and the previews that stand for it."""

from django.db import models

from coulisses.log.models import Log


class Version(models.Model):
    """One state of one file, by the name its entries mention: `git:<oid>`, `file:<keyed>` …

    `facts` is what its reader saw: `width`, `height` (pixels), `colour` (`#rrggbb`), `reason` (why
    there is no preview); of a picture `changed` and `where` (thousandths), of a sound `seconds`,
    `loudness` and `waveform`, of a table `series`, of a document `pages` and `changed_pages`.
    """

    log = models.ForeignKey(Log, models.PROTECT)
    name = models.CharField(max_length=80)
    reader = models.CharField(max_length=16)
    facts = models.JSONField(default=dict)
    is_shredded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "name"], name="one_version_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Preview(models.Model):
    """What is shown of a version, by a variant of `store.VARIANTS`. `path` is under media."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="previews")
    variant = models.CharField(max_length=8)
    mime = models.CharField(max_length=40)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "variant"], name="one_preview_per_variant"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.variant}"


class Room(models.Model):
    """The bytes that stand beside a log: previews, and the files themselves where they are kept."""

    log = models.OneToOneField(Log, models.CASCADE, primary_key=True, related_name="room")
    previews = models.BigIntegerField(default=0)
    originals = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.log_id}: {self.previews} + {self.originals}"


class Leaving(models.Model):
    """A file that is to be deleted, `path` under media; the row goes once that is done."""

    path = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.path


class Staged(models.Model):
    """A folder under media whose files no row names yet; past `due_at` they are taken away."""

    folder = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.folder
