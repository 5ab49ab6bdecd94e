"""What the door keeps for a while: answers to keyed requests, and how much was asked."""

from django.db import models


class Answer(models.Model):
    """What a keyed request was answered, for a day: sent again, it gets this and nothing is done.

    `key` stands for a token and its Idempotency-Key, `request` for what was asked. The answer is
    sealed with the token's own secret, which the house has not: it may hold a secret itself.
    """

    key = models.CharField(primary_key=True, max_length=64)
    token = models.CharField(max_length=64, db_index=True)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Spent(models.Model):
    """How many requests somebody took within a minute (of Unix time), for all processes."""

    who = models.CharField(max_length=40)
    minute = models.PositiveBigIntegerField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["who", "minute"], name="one_count_per_minute"),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.count}"
