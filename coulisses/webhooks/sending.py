"""The errand that sends: each webhook's deliveries in their order, several webhooks at once.

Who moves a delivery's `due_at` has claimed it. A process that dies while it sends leaves the claim
to run out, and the same is sent again under the same name: the other side can drop it.
"""

import email.utils
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coulisses.lib import outbound
from coulisses.lib.outbound import Exchange, Reply
from coulisses.lib.refusals import Refusal
from coulisses.people import letters
from coulisses.projects.models import Role
from coulisses.ui import words
from coulisses.webhooks import saying
from coulisses.webhooks.models import Delivery, End, Webhook
from coulisses.webhooks.saying import Message

AT_ONCE = 8  # webhooks that are sent to at the same time
CLAIM = timedelta(minutes=1)  # for which a delivery is nobody else's to send
SECONDS = 10.0  # for an answer
FIRST_REST = timedelta(seconds=15)  # after a first failure; it doubles with each
LONGEST_REST = timedelta(hours=4)
PATIENCE = timedelta(days=1)  # after which one delivery is given up
FAILS_FOR = timedelta(days=3)  # after which a webhook pauses itself
KEPT = timedelta(days=30)  # for which it can be read how a delivery went
A_SWEEP = 500
GONE = 410
REDIRECTS = range(300, 400)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What came of an attempt: the status, or what went wrong; and how long to rest, if said."""

    status: int | None = None
    trouble: str = ""
    rest: timedelta | None = None

    @property
    def is_taken(self) -> bool:
        """Whether it arrived."""
        return not self.trouble


def send_due() -> bool:
    """Send what is due, each webhook's first; returns whether there may be more."""
    now = timezone.now()
    if not Delivery.objects.filter(ended_at=None, due_at__lte=now).exists():
        return False  # as nearly always, and told by one look into an index
    mine = [one for one in _heads(now) if _claim(one, now)]
    leaving = list(_said(mine, now))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda pair: attempt(pair[1], pair[0].webhook.address), leaving))
    for (one, _message), result in zip(leaving, results, strict=True):
        note(one, result, at=timezone.now())
    return bool(mine)


def _said(mine: list[Delivery], now: datetime) -> Iterator[tuple[Delivery, Message]]:
    """Yield what there is to say, with what says it; what is gone, or cannot be said, is noted."""
    for one in mine:
        try:
            message = saying.message(one, at=now)
        except Exception:  # one that cannot be said keeps no other webhook waiting
            _logger.exception("a delivery cannot be said: %s", one)
            note(one, Result(trouble="not-said"), at=now)
            continue
        if message:
            yield one, message
        else:
            _end(one, End.GONE, at=now)


def forget_old() -> bool:
    """Forget how deliveries went a month ago; returns whether there may be more."""
    old = Delivery.objects.filter(ended_at__lt=timezone.now() - KEPT).order_by("ended_at")
    rows = list(old.values_list("pk", flat=True)[:A_SWEEP])
    Delivery.objects.filter(pk__in=rows).delete()
    return len(rows) == A_SWEEP


@transaction.atomic
def note(delivery: Delivery, result: Result, *, at: datetime) -> None:
    """Write down what came of an attempt: it ended, or when it is tried again."""
    delivery.tries += 1
    delivery.status, delivery.trouble = result.status, result.trouble
    webhook = Webhook.objects.filter(pk=delivery.webhook_id)
    if result.is_taken:
        webhook.exclude(failing_since=None).update(failing_since=None)
        _end(delivery, End.TAKEN, at=at)
    elif delivery.is_test or at - delivery.made_at > PATIENCE:
        _end(delivery, End.GIVEN_UP, at=at)
    else:
        rest = result.rest or FIRST_REST * 2 ** min(delivery.tries - 1, 12)
        said = {"tries": delivery.tries, "status": result.status, "trouble": result.trouble}
        rows = Delivery.objects.filter(pk=delivery.pk, ended_at=None)
        rows.update(**said, due_at=at + min(rest, LONGEST_REST))
    if not result.is_taken and not delivery.is_test:
        webhook.filter(failing_since=None).update(failing_since=at)
        _pause_hopeless(delivery.webhook, result, at=at)


def _heads(now: datetime) -> list[Delivery]:
    """Return what is due of each webhook's first: one that waits keeps the later ones waiting."""
    waiting = Delivery.objects.filter(ended_at=None)
    earlier = waiting.filter(webhook=OuterRef("webhook"), position__lt=OuterRef("position"))
    heads = waiting.filter(~Exists(earlier), due_at__lte=now)
    heads = heads.filter(Q(position=0) | Q(webhook__paused_at=None))
    rows = heads.select_related("webhook__project__studio", "webhook__project__work")
    return list(rows.order_by("due_at")[:AT_ONCE])


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Whether this process is the one that sends it."""
    rows = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at, ended_at=None)
    return bool(rows.update(due_at=now + CLAIM))


def _end(delivery: Delivery, end: End, *, at: datetime) -> None:
    said = {"tries": delivery.tries, "status": delivery.status, "trouble": delivery.trouble}
    rows = Delivery.objects.filter(pk=delivery.pk, ended_at=None)
    rows.update(**said, end=end, ended_at=at)


def attempt(message: Message, address: str) -> Result:
    """Send one message; whatever goes wrong is part of the result. It touches no database."""
    try:
        reply = outbound.send(
            "POST",
            address,
            headers=message.headers,
            body=message.body,
            how=Exchange(seconds=SECONDS, redirects=0),
        )
    except outbound.AnswerTooLong:
        return Result(trouble="answer-too-long")
    except Refusal as refusal:
        return Result(trouble=refusal.name())
    if reply.is_well:
        return Result(reply.status)
    trouble = "redirected" if reply.status in REDIRECTS else "not-taken"
    return Result(reply.status, trouble, _asked_rest(reply))


def _asked_rest(reply: Reply) -> timedelta | None:
    """Return how long the other side wants to be left alone: seconds, or until a date."""
    said = reply.headers.get("retry-after", "").strip()
    try:
        seconds = float(said) if said[:1].isdigit() else _until(said)
    except (ValueError, TypeError, OverflowError):
        return None
    return timedelta(seconds=min(max(seconds, 1.0), LONGEST_REST.total_seconds()))


def _until(said: str) -> float:
    when = email.utils.parsedate_to_datetime(said)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return (when - timezone.now()).total_seconds()


def _pause_hopeless(webhook: Webhook, result: Result, *, at: datetime) -> None:
    """Pause what failed for days, or said itself that it is gone; its owners get one letter."""
    standing = Webhook.objects.filter(pk=webhook.pk, paused_at=None)
    if result.status != GONE:
        standing = standing.filter(failing_since__lte=at - FAILS_FOR)
    if not standing.update(paused_at=at, trouble=result.trouble):
        return
    waiting = Delivery.objects.filter(webhook=webhook, ended_at=None)
    waiting.update(end=End.GIVEN_UP, ended_at=at)
    _logger.warning("webhook %s was paused: %s", webhook.pk, result.trouble)
    tongue = words.tongue(webhook.project)
    said = {"webhook": webhook, "project": webhook.project, "house": settings.PUBLIC_URL}
    owners = Role.objects.filter(studio=webhook.project.studio_id, role="owner")
    for role in owners.filter(account__is_active=True).select_related("account"):
        if role.account.email:
            letters.write(role.account.email, "webhook_paused", said, language=tongue)
