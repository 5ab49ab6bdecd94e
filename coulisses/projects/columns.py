"""What a project wears, and how it stands: columns of its one row, so that no page asks twice."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q

POSTERS = 12  # that the house draws for a project to choose from
FOCUSES = ("nw", "n", "ne", "w", "c", "e", "sw", "s", "se")  # of a picture, from its corner on


class State(NamedTuple):
    """What a project's pages follow from: each thing that they show moves one of these.

    `told` and `said` count the entries of its logs; `beat` is its pulse, what no log holds.
    """

    revision: int
    told: int
    said: int
    beat: int


class Mining(models.TextChoices):
    """Whether machines may mine a project's words and pictures."""

    REFUSED = "refused"
    ALLOWED = "allowed"


class Cover(models.TextChoices):
    """What stands for a project on its poster, on the board and where its address is shared."""

    NEWEST = "newest"  # the newest picture of the work, or a poster where there is none
    TOLD = "told"  # one picture that an entry shows
    UPLOADED = "uploaded"  # a picture that nothing else shows
    POSTER = "poster"  # drawn by the house


class Face(models.Model):
    """The face of a project, beside its title, line, craft and language.

    `licence` is a key of `licences.LICENCES`; `licence_words` are its maker's own. `links` are
    `{"name", "href"}`, eight at most. `private` says in markdown what stays private, and why.
    A cover's `cover_version` names a kept picture; `cover_focus`, one of FOCUSES, is the part of it
    that stays in sight when it is cut. `poster` is which of the drawn ones is its own.
    """

    licence = models.CharField(max_length=40, blank=True, default="", db_default="")
    licence_words = models.CharField(max_length=300, blank=True, default="", db_default="")
    links = models.JSONField(default=list)
    private = models.TextField(blank=True, default="", db_default="")
    mining = models.CharField(
        max_length=7, choices=Mining.choices, default=Mining.REFUSED, db_default=Mining.REFUSED
    )
    cover = models.CharField(
        max_length=8, choices=Cover.choices, default=Cover.NEWEST, db_default=Cover.NEWEST
    )
    cover_version = models.CharField(max_length=80, blank=True, default="", db_default="")
    cover_alt = models.CharField(max_length=500, blank=True, default="", db_default="")
    cover_focus = models.CharField(max_length=2, default="c", db_default="c")
    poster = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True

    @property
    def is_mining_refused(self) -> bool:
        """Whether machines are told to keep their hands off."""
        return self.mining == Mining.REFUSED


class Course(models.Model):
    """How a project goes on: paused with a word why and perhaps a day, or finished.

    Finished it is not paused: the final curtain ends that too.
    """

    paused_at = models.DateTimeField(null=True)
    pause_words = models.CharField(max_length=300, blank=True, default="", db_default="")
    back_on = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_words = models.TextField(blank=True, default="", db_default="")

    class Meta:
        abstract = True

    @property
    def is_paused(self) -> bool:
        """Whether its makers said that they rest."""
        return self.paused_at is not None

    @property
    def is_finished(self) -> bool:
        """Whether its final curtain has fallen."""
        return self.finished_at is not None


CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(condition=Q(mining__in=Mining.values), name="mining_is_decided"),
    models.CheckConstraint(condition=Q(cover__in=Cover.values), name="cover_is_known"),
    models.CheckConstraint(condition=Q(cover_focus__in=FOCUSES), name="focus_is_known"),
    models.CheckConstraint(condition=Q(poster__lt=POSTERS), name="poster_is_drawn"),
    models.CheckConstraint(
        condition=Q(finished_at__isnull=True) | Q(paused_at__isnull=True),
        name="finished_is_not_paused",
    ),
]
