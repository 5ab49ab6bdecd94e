"""What is being written, and what waits to be told: nobody but those named here knows of it."""

from django.db import models
from django.db.models import Q

from coulisses.lib import ids
from coulisses.people.models import Account, Voice
from coulisses.projects.models import Project
from coulisses.projects.settling import HOW, SETTLED


class State(models.TextChoices):
    """Where a draft stands."""

    OPEN = "open"  # its author is writing
    WAITING = "waiting"  # until a maker has looked
    TIMED = "timed"  # until `due_at`


class Draft(models.Model):
    """A moment not told yet: its author's alone while it is open.

    `revision` counts its versions: what somebody released or timed was that one, and the next
    change opens it again. `word` is what a maker said who gave it back. `kept_at` is when it was
    kept last, `gone_at` when it was thrown away. `once` is the key that a program told it with.
    `settles` is the position of a doubt, 0 for none; `how`, one of HOW, what it is to that doubt.
    `shows` is that of a vote of which it shows what was decided, 0 for none.
    `seed` names what it grew from (`projects.seeds`), empty where from nothing.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="drafts")
    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts")
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    kind = models.CharField(max_length=16, default="progress")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    asks = models.CharField(max_length=9, blank=True)
    learnt = models.CharField(max_length=500, blank=True, default="", db_default="")
    settles = models.PositiveBigIntegerField(default=0, db_default=0)
    how = models.CharField(
        max_length=8, choices=[(one, one) for one in HOW], default=SETTLED, db_default=SETTLED
    )
    shows = models.PositiveBigIntegerField(default=0, db_default=0)
    seed = models.CharField(max_length=48, blank=True, default="", db_default="")
    audience = models.CharField(max_length=26, default="public")
    teaser = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Voice, models.SET_NULL, null=True, related_name="+")
    word = models.CharField(max_length=500, blank=True)
    once = models.CharField(max_length=128, null=True)  # noqa: DJ001  NULLs are not compared
    kept_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "account", "once"], name="one_draft_per_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.TIMED) | Q(due_at__isnull=False), name="timed_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "gone_at", "-kept_at"], name="draft_by_author"),
            models.Index(fields=["project", "state", "kept_at"], name="draft_by_project"),
            models.Index(fields=["state", "due_at"], name="draft_until_due"),
            models.Index(fields=["gone_at"], name="draft_gone"),
        ]

    def __str__(self) -> str:
        return self.id

    @property
    def desk(self) -> str:
        """Where it is written, from the house's root."""
        return f"{self.project.desk}tell/{self.pk}/"

    @property
    def headline(self) -> str:
        """A few words of it in markdown, empty where there are none."""
        return self.title or self.body.strip().partition("\n")[0][:120]

    @property
    def is_given_back(self) -> bool:
        """Whether a maker looked at it and gave it back."""
        return self.state == State.OPEN and bool(self.word)


class Attachment(models.Model):
    """A file that came in for a moment: kept as `version` in the project's log, shown by nothing.

    Without a draft it is forgotten after a while; told, it is the entry's, and this row goes.
    `what` is picture, sound or file; `words` are for who cannot see or hear it; `change` is what a
    file's reader says of it, as entries carry it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="attachments")
    version = models.CharField(max_length=80)
    what = models.CharField(max_length=7)
    name = models.CharField(max_length=500)
    words = models.TextField(blank=True)
    change = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField(default=0)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "version"], name="one_attachment_per_version"
            ),
            models.CheckConstraint(
                condition=Q(what__in=["picture", "sound", "file"]), name="attachment_is_known"
            ),
        ]
        indexes = [models.Index(fields=["draft", "kept_at"], name="attachment_without_draft")]

    def __str__(self) -> str:
        return f"{self.what} {self.name}"


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
