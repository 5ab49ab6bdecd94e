"""Cheers that were given, their totals, the words to give; and who is here to be seen."""

from django.db import models
from django.db.models import Q

from coulisses.projects.models import Project

MOST_WORDS = 6
LONGEST_WORD = 40


class Word(models.Model):
    """A word that a project has chosen for cheers, at a `place` from 0, or nowhere any more.

    Its text never changes, so that what was given keeps saying what it said. It is empty for a
    word of the house's own, which speaks both languages and is known by its `key`.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    key = models.CharField(max_length=26)
    text = models.CharField(max_length=LONGEST_WORD, blank=True)
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="one_cheer_word_per_key"),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__lt=MOST_WORDS), name="cheer_words_are_few"
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.key


class Cheer(models.Model):
    """One voice gave one word to one entry."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    position = models.PositiveBigIntegerField()
    voice = models.ForeignKey("people.Voice", models.PROTECT, related_name="+")
    word = models.CharField(max_length=26)
    audience = models.CharField(max_length=26)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position", "voice", "word"], name="one_cheer_of_each"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "position", "id"], name="cheers_of_an_entry"),
            models.Index(fields=["project", "voice", "at"], name="cheers_of_a_voice"),
            models.Index(fields=["project", "-id"], name="cheers_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.word} at {self.position}"


class Tally(models.Model):
    """How often a word was given to an entry, and when what is shown of that moved last.

    Of a doubt or a failure, which `is_silent`, the count never leaves the house: only whether it is
    none, so that only then `moved_at` moves.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    position = models.PositiveBigIntegerField()
    word = models.CharField(max_length=26)
    audience = models.CharField(max_length=26)
    is_silent = models.BooleanField()
    count = models.PositiveIntegerField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position", "word"], name="one_tally_of_each"
            ),
        ]
        indexes = [models.Index(fields=["project", "moved_at"], name="tallies_moved")]

    def __str__(self) -> str:
        return f"{self.word} at {self.position}"


class Wish(models.Model):
    """Somebody wishes to be seen where they are."""

    voice = models.OneToOneField("people.Voice", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.voice_id} is seen"


class Here(models.Model):
    """Somebody who wishes to be seen looked at a project a moment ago."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    came_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="here_once"),
        ]
        indexes = [models.Index(fields=["project", "came_at"], name="here_by_arrival")]

    def __str__(self) -> str:
        return f"{self.voice_id} at {self.project_id}"


class Gathering(models.Model):
    """When somebody came or went last, of those who wish to be seen."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="+")
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.project_id)
