"""Where a project speaks to: webhooks, made and paused and removed, and how deliveries went."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import Key
from coulisses.api.schemas_audience import (
    DeliveriesOut,
    WebhookIn,
    WebhookMadeOut,
    WebhookOut,
    WebhooksOut,
)
from coulisses.webhooks import queries, rules
from coulisses.webhooks.models import Form, Webhook

router = Room("webhooks", auth=standing.MANAGES)

COURSE = "course"  # how the topic that has no name is spelled


@router.get("/projects/{studio}/{project}/webhooks", response=WebhooksOut)
def listed(request: HttpRequest, studio: str, project: str) -> Any:
    """Read where a project speaks to, the oldest first: ten at most."""
    stand, _account = standing.owner(request, studio, project)
    return {"webhooks": [_one(one.webhook) for one in queries.lines(stand.project)]}


@router.post("/projects/{studio}/{project}/webhooks", response={201: WebhookMadeOut})
def add(request: HttpRequest, studio: str, project: str, said: WebhookIn) -> Any:
    """Have a project say from now on what is told; its `secret` is shown now and never again."""
    stand, _account = standing.owner(request, studio, project)
    topics = [rules.COURSE if one == COURSE else one for one in said.topics]
    words = said.model_dump(exclude={"topics"})
    made = rules.add(stand.project, **words, topics=topics, at=timezone.now())
    secret = made.secret if made.form == Form.COULISSES else None
    return Status(201, {**_one(made), "secret": secret})


@router.get("/projects/{studio}/{project}/webhooks/{webhook}", response=WebhookOut)
def one(request: HttpRequest, studio: str, project: str, webhook: Key) -> Any:
    """Read one webhook, and what went wrong with it."""
    return _one(_found(request, studio, project, webhook))


@router.delete("/projects/{studio}/{project}/webhooks/{webhook}", response={204: None})
def remove(request: HttpRequest, studio: str, project: str, webhook: Key) -> Any:
    """Forget an address, and all that was on its way there."""
    rules.remove(_found(request, studio, project, webhook))
    return Status(204, None)


@router.post("/projects/{studio}/{project}/webhooks/{webhook}/pause", response=WebhookOut)
def pause(request: HttpRequest, studio: str, project: str, webhook: Key) -> Any:
    """Send nothing there until it goes on; what is on its way waits."""
    rules.pause(_found(request, studio, project, webhook), at=timezone.now())
    return _one(_found(request, studio, project, webhook))


@router.post("/projects/{studio}/{project}/webhooks/{webhook}/resumption", response=WebhookOut)
def go_on(request: HttpRequest, studio: str, project: str, webhook: Key) -> Any:
    """Send again: what still waits, and what is told from now on; nothing told meanwhile."""
    rules.go_on(_found(request, studio, project, webhook), at=timezone.now())
    return _one(_found(request, studio, project, webhook))


@router.post("/projects/{studio}/{project}/webhooks/{webhook}/secret", response=WebhookMadeOut)
def turn_secret(request: HttpRequest, studio: str, project: str, webhook: Key) -> Any:
    """Make a new `secret`, shown now and never again; the old one signs beside it for a day."""
    found = _found(request, studio, project, webhook)
    secret = rules.turn_secret(found, at=timezone.now())
    return {**_one(found), "secret": secret if found.form == Form.COULISSES else None}


@router.post("/projects/{studio}/{project}/webhooks/{webhook}/test", response={204: None})
def test(request: HttpRequest, studio: str, project: str, webhook: Key) -> Any:
    """Have a test be sent before anything else, even where it is paused."""
    rules.ask_test(_found(request, studio, project, webhook), at=timezone.now())
    return Status(204, None)


@router.get("/projects/{studio}/{project}/webhooks/{webhook}/deliveries", response=DeliveriesOut)
def deliveries(
    request: HttpRequest,
    studio: str,
    project: str,
    webhook: Key,
    after: paging.Place = "",
) -> Any:
    """Read how deliveries went, the latest first. Position 0 is a test."""
    page = queries.page(_found(request, studio, project, webhook), after=after)
    names = ("position", "made_at", "due_at", "tries", "status", "trouble", "end", "ended_at")
    listed = [{name: getattr(one, name) for name in names} for one in page.deliveries]
    return {"deliveries": listed, "next": paging.note(request, page.older)}


def _found(request: HttpRequest, studio: str, project: str, webhook: str) -> Webhook:
    stand, _account = standing.owner(request, studio, project)
    return rules.find(stand.project, webhook)


def _one(one: Webhook) -> dict[str, Any]:
    names = ("label", "form", "made_at", "paused_at", "failing_since", "trouble")
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.pk,
        "host": rules.host_of(one.address),
        "topics": [topic or COURSE for topic in one.topics],
    }
