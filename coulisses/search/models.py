"""The index: a slip for each entry that says something, the words on it, and how far it is read;
and the states of files, of which the newest are found by their text.

`search_word` has no model: its rows are (word, slip), both numbers, in the order in which they
are looked up; the newest slip of a word is the last.
"""

from django.db import models

from coulisses.projects.models import Project


class Slip(models.Model):
    """What the index knows of an entry. Its id is when it happened, in microseconds since 1970.

    Of two at the same time the second has the next number. `words` are the numbers of its words in
    order, eight bytes each, 0 between two fields. `is_shown` says that the curtain was up.
    """

    id = models.BigIntegerField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", db_index=False)
    studio = models.CharField(max_length=26)
    position = models.PositiveBigIntegerField()
    audience = models.CharField(max_length=26)
    topic = models.CharField(max_length=16, blank=True)
    is_shown = models.BooleanField()
    words = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_slip_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}#{self.position}"


class Bookmark(models.Model):
    """Up to which position a project's log has been read into the index, and as what.

    Whoever writes or tears slips of a project holds its bookmark's lock first.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="+")
    position = models.PositiveBigIntegerField(default=0)
    is_shown = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.project_id}: {self.position}"


class State(models.Model):
    """A state of a file that an entry brought; no `version` where the file was taken away by it.

    `path` is the number of its name. `preview` holds the text that the entry is found by, 0 for
    none; where it `is_due` that is to be looked at.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveBigIntegerField()
    path = models.BigIntegerField()
    audience = models.CharField(max_length=26)
    version = models.CharField(max_length=80, blank=True)
    preview = models.PositiveBigIntegerField(default=0)
    is_due = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "position"], name="state_of_entry"),
            models.Index(fields=["project", "path", "position"], name="state_by_path"),
            models.Index(fields=["project", "version"], name="state_by_version"),
            models.Index(
                fields=["project", "position"],
                condition=models.Q(is_due=True),
                name="state_to_be_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}#{self.position}: {self.version}"


class Looked(models.Model):
    """Up to which preview the texts of files have been looked at, in its only row."""

    ONLY = 1

    preview = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.preview)
