"""The lives of files, and the hands that saved them, as a project's captures tell them."""

from django.db import models

from coulisses.capture.forges import FORGES
from coulisses.lib import ids
from coulisses.people.models import Account, Voice
from coulisses.projects.models import Project


class Author(models.Model):
    """A contributor as the maker's files know them: an opaque key, and the voice given to it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="authors")
    key = models.CharField(max_length=64)
    voice = models.ForeignKey(Voice, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="one_author_per_key"),
        ]

    def __str__(self) -> str:
        return self.key


class Piece(models.Model):
    """A file that goes on through its saves, whatever it is called.

    It `is_current` while no other file has taken its path. What may be known of a piece depends
    on the reader, and is asked of its versions (`capture.queries`).
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="pieces")
    path = models.CharField(max_length=500)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "path"],
                condition=models.Q(is_current=True),
                name="one_current_piece_per_path",
            ),
        ]

    def __str__(self) -> str:
        return self.path


class PieceVersion(models.Model):
    """What one capture did to one piece: change number `index` of the entry at `position`.

    `version` names the file's state afterwards, empty where it was removed. `audience` and
    `reader` are the entry's and the change's.
    """

    project = models.ForeignKey(Project, models.CASCADE)
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="versions")
    position = models.PositiveBigIntegerField()
    index = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=500)
    what = models.CharField(max_length=8)
    reader = models.CharField(max_length=16)
    version = models.CharField(max_length=80, blank=True)
    audience = models.CharField(max_length=26)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position", "index"], name="one_piece_per_change"
            ),
        ]
        indexes = [
            models.Index(fields=["piece", "position"], name="piece_life"),
            models.Index(fields=["project", "path", "position"], name="piece_by_path"),
            models.Index(fields=["project", "reader", "position"], name="piece_by_reader"),
            models.Index(fields=["project", "version"], name="piece_by_version"),
        ]

    def __str__(self) -> str:
        return f"{self.path} at {self.position}"


class Waiting(models.Model):
    """A capture that nobody outside the team knows of: held for a maker, or until `due_at`.

    `said` is the capture as it came (JSON), and `by` the voice of whoever's program sent it;
    `is_proposed` where that is a contributor. Dropped, it may be taken back for a while from
    `dropped_at` on. Then `said` is emptied and `dropped_at` too: its `once` stays, so that an agent
    that sends it again brings nothing back.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="waiting")
    once = models.CharField(max_length=117)
    said = models.TextField()
    by = models.ForeignKey(Voice, models.PROTECT)
    arrived_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    is_proposed = models.BooleanField(default=False)
    is_dropped = models.BooleanField(default=False)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "once"], name="one_waiting_per_once"),
            models.CheckConstraint(
                condition=models.Q(is_dropped=True) | models.Q(dropped_at__isnull=True),
                name="only_the_dropped_were_dropped",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "is_dropped", "id"], name="waiting_by_project"),
            models.Index(
                fields=["due_at"],
                condition=models.Q(due_at__isnull=False, is_dropped=False),
                name="waiting_until_due",
            ),
            models.Index(
                fields=["dropped_at"],
                condition=models.Q(dropped_at__isnull=False),
                name="waiting_to_be_forgotten",
            ),
            models.Index(
                fields=["project", "dropped_at"],
                condition=models.Q(dropped_at__isnull=False),
                name="waiting_dropped_lately",
            ),
        ]

    def __str__(self) -> str:
        return self.once


class Unseen(models.Model):
    """A state of a file that only waiting or dropped captures brought: no other entry shows it."""

    project = models.ForeignKey(Project, models.CASCADE)
    version = models.CharField(max_length=80)
    waiting = models.ForeignKey(Waiting, models.CASCADE, related_name="unseen")

    class Meta:
        indexes = [models.Index(fields=["project", "version"], name="unseen_by_version")]

    def __str__(self) -> str:
        return self.version


class HeldBack(models.Model):
    """A file that an entry told of but did not show: `path` and `reason` are the capture's own.

    `is_missing` tells what this copy of the history lacks from what was held as a secret. An empty
    path stands for the message.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="held_back")
    position = models.PositiveBigIntegerField()
    path = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=64)
    is_missing = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["project", "position"], name="held_back_by_position")]

    def __str__(self) -> str:
        return f"{self.path} of {self.position}: {self.reason}"


class Hook(models.Model):
    """An address that a forge speaks to, and the secret that it proves itself with.

    The secret is kept as it is: signatures are computed from it. `account` made the hook, and its
    address tells the owner's commits from others'.
    """

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="hooks")
    forge = models.CharField(max_length=8)
    secret = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.CASCADE)
    opened_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.forge} {self.pk}"

    @property
    def named(self) -> str:
        """The forge's own name."""
        return str(FORGES.get(self.forge, self.forge))


class Arrival(models.Model):
    """A body of `length` bytes on its way in pieces, until `expires_at`; `name` is its file's."""

    id = models.CharField(primary_key=True, max_length=26, default=ids.new, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="arrivals")
    length = models.PositiveBigIntegerField()
    name = models.CharField(max_length=500, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name or self.pk} of {self.length} bytes"


class Reel(models.Model):
    """A film of a file's life, asked for, being made or ready at `path` under media.

    `done` of `total` frames are made; `leased_until` says until when its maker is taken to live.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="reels")
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="reels")
    shape = models.CharField(max_length=10)
    has_numbers = models.BooleanField()
    last_position = models.PositiveBigIntegerField()
    state = models.CharField(
        max_length=8,
        default="asked",
        choices=[(one, one) for one in ("asked", "making", "ready", "failed")],
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    path = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "shape", "has_numbers"], name="one_reel_per_shape"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=["asked", "making"]),
                name="reel_to_make",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece_id} {self.shape} {self.state}"
