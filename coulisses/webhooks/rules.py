"""What an owner may do with webhooks: verbs."""

import base64
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from coulisses.lib import outbound, text
from coulisses.lib.refusals import require
from coulisses.projects import announced
from coulisses.projects.models import Project
from coulisses.ui.words import KINDS
from coulisses.webhooks.models import Delivery, Form, Webhook
from coulisses.webhooks.refusals import (
    AddressNotPublic,
    NothingChosen,
    TestOnItsWay,
    TooManyWebhooks,
    WebhookNotFound,
)

MOST = 10  # webhooks of one project
COURSE = ""  # the topic of what is filed under none: the curtain, a pause, the end
TOPICS = (*KINDS, COURSE)
OLD_SECRET_HOLDS = timedelta(days=1)
PREFIX = "whsec_"


@transaction.atomic
def add(
    project: Project,
    *,
    address: str,
    form: str,
    topics: Collection[str],
    label: str = "",
    at: datetime,
) -> Webhook:
    """Have a project say from now on what is told; its `secret` is to be shown only now.

    Raises AddressNotPublic, NothingChosen, TooManyWebhooks.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    require(project.webhooks.count() < MOST, TooManyWebhooks, most=MOST)
    address = address.strip()
    _require_public(address)
    chosen = [one for one in TOPICS if one in topics]
    require(chosen, NothingChosen)
    return Webhook.objects.create(
        project=project,
        address=address,
        form=Form(form),
        label=text.shorten(text.clean_line(label), 100) or host_of(address),
        topics=chosen,
        secret=_new_secret(),
        upto=announced.end_of(project),
        look_at=at,
        made_at=at,
    )


def find(project: Project, webhook_id: str) -> Webhook:
    """Return a project's webhook. Raises WebhookNotFound."""
    found = Webhook.objects.filter(project=project, pk=webhook_id).first()
    require(found, WebhookNotFound)
    assert found
    found.project = project
    return found


def pause(webhook: Webhook, *, at: datetime) -> None:
    """Send nothing there until it goes on; what is on its way waits."""
    Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(paused_at=at, trouble="")


@transaction.atomic
def go_on(webhook: Webhook, *, at: datetime) -> None:
    """Send again: what still waits, and what is told from now on; nothing told meanwhile."""
    resumed = {"paused_at": None, "trouble": "", "failing_since": None, "look_at": at}
    upto = announced.end_of(webhook.project)
    paused = Webhook.objects.filter(pk=webhook.pk, paused_at__isnull=False)
    if paused.update(**resumed, upto=upto):
        Delivery.objects.filter(webhook=webhook, ended_at=None).update(due_at=at)


def remove(webhook: Webhook) -> None:
    """Forget an address, and all that was on its way there."""
    webhook.delete()


def turn_secret(webhook: Webhook, *, at: datetime) -> str:
    """Return a new secret, to be shown only now; the old one signs beside it for a day."""
    made = _new_secret()
    webhook.old_secret, webhook.secret, webhook.turned_at = webhook.secret, made, at
    webhook.save(update_fields=["secret", "old_secret", "turned_at"])
    return made


@transaction.atomic
def ask_test(webhook: Webhook, *, at: datetime) -> None:
    """Have a test be sent before anything else, even where it is paused. Raises TestOnItsWay."""
    Webhook.objects.select_for_update().get(pk=webhook.pk)
    tests = Delivery.objects.filter(webhook=webhook, position=0)
    require(not tests.filter(ended_at=None).exists(), TestOnItsWay)
    tests.delete()
    Delivery.objects.create(webhook=webhook, position=0, made_at=at, due_at=at)


def host_of(address: str) -> str:
    """Return the part of an address that may be shown to all of a team."""
    return text.shorten(address.partition("://")[2].partition("/")[0].partition("?")[0], 100)


def signing(webhook: Webhook, *, at: datetime) -> list[str]:
    """Return the secrets that sign what is sent now."""
    is_turning = webhook.turned_at and at - webhook.turned_at < OLD_SECRET_HOLDS
    return [webhook.secret, *([webhook.old_secret] if is_turning and webhook.old_secret else [])]


def standing() -> Q:
    """Return which webhooks are sent to."""
    project = Q(project__curtain_raised_at__isnull=False, project__withdrawn_at=None)
    return project & Q(paused_at=None)


def _require_public(address: str) -> None:
    try:
        outbound.require_public(address)
    except outbound.AddressRefused:
        raise AddressNotPublic from None


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
