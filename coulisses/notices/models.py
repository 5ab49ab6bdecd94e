"""What was noticed for whom, and how each wishes to hear of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coulisses.projects.models import Project

WORK, ROOM, ENDS = "work", "room", "ends"
LOGS = [WORK, ROOM, ENDS]


class Mail(models.TextChoices):
    """How letters come."""

    AT_ONCE = "at_once", _("At once")
    BUNDLED = "bundled", _("Bundled, once an hour at most")
    DAILY = "daily", _("Once a day, in the morning")
    NONE = "none", _("No letters")


class Choice(models.Model):
    """How somebody wishes to hear; no row: as it is for everybody.

    Between `quiet_from` and `quiet_until`, on the clocks of `zone`, nothing reaches them but in the
    page. `written_at` is when the last letter was addressed; `failures` counts letters that came
    back, since `failed_at`.
    """

    voice = models.OneToOneField("people.Voice", models.CASCADE, related_name="+")
    mail = models.CharField(max_length=7, choices=Mail.choices, default=Mail.BUNDLED)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=8, blank=True)
    written_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="mail_is_known"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_begins_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} {self.mail}"


class Notice(models.Model):
    """An entry that is a voice's business: its place in a log, why, and where it leads.

    `log` is `work`, `room`, or `ends` for what is over soon, at a position of the work. `thread` is
    what can be muted. `mail_at` and `push_at` are when it is due there (None: it is not, or has
    left), `letter` is the one that it left with. It holds no words: they are read when shown.
    """

    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    log = models.CharField(max_length=4, choices=[(one, one) for one in LOGS])
    position = models.PositiveBigIntegerField()
    why = models.CharField(max_length=32)
    place = models.CharField(max_length=100, blank=True)
    thread = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)
    push_at = models.DateTimeField(null=True)
    letter = models.CharField(max_length=26, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "project", "log", "position"], name="noticed_once"
            ),
            models.CheckConstraint(condition=Q(log__in=LOGS), name="notice_is_of_a_log"),
        ]
        indexes = [
            models.Index(fields=["voice", "-made_at", "id"], name="notices_of_a_voice"),
            models.Index(
                fields=["voice", "-made_at"], condition=Q(read_at=None), name="notices_unread"
            ),
            models.Index(
                fields=["mail_at"], condition=Q(mail_at__isnull=False), name="notices_to_write"
            ),
            models.Index(
                fields=["push_at"], condition=Q(push_at__isnull=False), name="notices_to_push"
            ),
            models.Index(fields=["letter"], condition=~Q(letter=""), name="notices_of_a_letter"),
            models.Index(
                fields=["read_at"], condition=Q(read_at__isnull=False), name="notices_read"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} {self.project_id} {self.log} {self.position}"


class Muted(models.Model):
    """A thread of which a voice wishes to hear nothing more; without a thread the whole project."""

    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    thread = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "project", "thread"], name="muted_once"),
        ]
        indexes = [models.Index(fields=["voice", "-at", "id"], name="muted_by_a_voice")]

    def __str__(self) -> str:
        return f"{self.voice_id} {self.project_id} {self.thread}"


class Device(models.Model):
    """A browser that shows somebody's notices for as long as its `session` is theirs."""

    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    session = models.CharField(max_length=40)
    endpoint = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64, unique=True)
    public_key = models.CharField(max_length=120)
    secret = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"device {self.pk}"


class Pulled(models.Model):
    """How far a project's two logs were followed."""

    project = models.OneToOneField(
        Project, models.CASCADE, primary_key=True, related_name="noticed"
    )
    work = models.PositiveBigIntegerField()
    room = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.project_id}: {self.work}, {self.room}"


class Reminded(models.Model):
    """Something that ends, by its key: up to which voice its people were reminded, or all were."""

    key = models.CharField(max_length=80, unique=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    reached = models.CharField(max_length=26, blank=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key
