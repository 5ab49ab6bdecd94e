"""The errand that follows projects' logs, and writes down what is to be said where."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coulisses.moments import laying
from coulisses.projects import announced
from coulisses.webhooks import rules
from coulisses.webhooks.models import Delivery, Webhook

AT_ONCE = 50  # webhooks looked at in one turn
REST = timedelta(seconds=10)  # for one whose project told something that is not to be said yet


def follow() -> bool:
    """Write deliveries for what was told; returns whether there may be more."""
    now = timezone.now()
    news = Webhook.objects.filter(rules.standing(), look_at__lte=now)
    news = news.filter(project__work__size__gt=F("upto"))
    found = list(
        news.select_related("project__studio", "project__work").order_by("look_at")[:AT_ONCE]
    )
    for webhook in found:
        write_down(webhook, at=now)
    return len(found) == AT_ONCE


@transaction.atomic
def write_down(webhook: Webhook, *, at: datetime) -> None:
    """Write down what a webhook is to be told, and move its bookmark; done twice, it is once.

    Captures that stand under a sentence come with it and not by themselves.
    """
    ready = announced.ready(webhook.project, after=webhook.upto, at=at)
    is_waiting = ready.is_all or ready.upto == webhook.upto
    mine = Webhook.objects.filter(pk=webhook.pk, upto=webhook.upto)
    if not mine.update(upto=ready.upto, look_at=at + REST if is_waiting else at):
        return  # another process was here first
    chosen = [one for one in ready.entries if one.topic in webhook.topics]
    under = laying.over(webhook.project, [one.position for one in chosen])
    Delivery.objects.bulk_create(
        [
            Delivery(webhook=webhook, position=one.position, made_at=at, due_at=at)
            for one in chosen
            if one.position not in under
        ],
        ignore_conflicts=True,
    )
