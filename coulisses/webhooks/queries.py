"""Webhooks and how it goes with them, as their owners read it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coulisses.lib import places
from coulisses.projects.models import Project
from coulisses.webhooks import rules
from coulisses.webhooks.forms import FORMS
from coulisses.webhooks.models import Delivery, Form, Webhook

A_PAGE = 25
TROUBLES = {
    "not-taken": _("The other side did not take it."),
    "redirected": _("The other side pointed elsewhere. Nobody is followed: add its new address."),
    "no-answer": _("Nothing answered."),
    "answer-too-long": _("The answer was too long."),
    "address-refused": _(
        "Its name leads into a network that is not public. The host of the house can let it "
        "through with COULISSES_REACHES."
    ),
    "not-said": _("The house could not put it into words; its log says why."),
}


@dataclass(frozen=True)
class Line:
    """A webhook in the list; `host` is what of its address may be shown."""

    webhook: Webhook
    host: str
    form: str
    trouble: str


@dataclass(frozen=True)
class Page:
    """Deliveries, the latest first, and the place where earlier ones begin."""

    deliveries: list[Delivery]
    older: str
    is_moving: bool


def lines(project: Project) -> list[Line]:
    """Return a project's webhooks, the oldest first."""
    return [line(one) for one in project.webhooks.order_by("made_at", "pk")]


def line(webhook: Webhook) -> Line:
    """Return a webhook as it may be shown."""
    name, _hint = FORMS[Form(webhook.form)]
    return Line(webhook, rules.host_of(webhook.address), str(name), trouble(webhook.trouble))


def trouble(name: str) -> str:
    """Return what went wrong as a sentence; empty where nothing did."""
    return str(TROUBLES.get(name, name))


def page(webhook: Webhook, *, after: str) -> Page:
    """Return a page of deliveries. Raises PlaceMalformed."""
    rows = webhook.deliveries.order_by("-made_at", "-pk")
    if after:
        at, pk = places.read(after)
        last = int(pk) if pk.isdecimal() else 0
        rows = rows.filter(made_at__lte=at).exclude(made_at=at, pk__gte=last)
    found = list(rows[: A_PAGE + 1])
    shown = found[:A_PAGE]
    older = places.spell(shown[-1].made_at, shown[-1].pk) if len(found) > A_PAGE else ""
    is_moving = webhook.paused_at is None or any(one.is_test for one in shown)
    return Page(shown, older, is_moving and any(one.ended_at is None for one in shown))
