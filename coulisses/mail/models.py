"""Letters, from the moment they are written until they are forgotten."""

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """A letter: on its way until it is `sent_at` or `given_up_at`; tried next when `due_at`.

    One that holds a code loses its text when it is sent. One of a correspondence (`written_by` a
    room, which knows it by its `key`) holds no words at all: they are written when it leaves.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    holds_code = models.BooleanField(default=False)
    written_by = models.CharField(max_length=32, blank=True, default="", db_default="")
    key = models.CharField(max_length=100, blank=True, default="", db_default="")
    made_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["written_by", "due_at"],  # first those that somebody waits for
                condition=Q(sent_at=None, given_up_at=None),
                name="letters_on_their_way",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="a_letter_ends_once"
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
