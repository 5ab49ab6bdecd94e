"""What leaves: an entry as it stands when it is sent, in the form of the other side, signed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from standardwebhooks import Webhook as Signer

from coulisses.lib.html import plain
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.ui import objects, words
from coulisses.webhooks import rules
from coulisses.webhooks.chats import discord, mattermost, slack
from coulisses.webhooks.chats.news import News
from coulisses.webhooks.models import Delivery, Form, Webhook

TOLD, TESTED = "entry.told", "webhook.tested"
LONGEST_LINE = 120
CHATS: Mapping[str, Callable[[News], dict[str, Any]]] = {
    Form.DISCORD: discord.spell,
    Form.SLACK: slack.spell,
    Form.MATTERMOST: mattermost.spell,
}


@dataclass(frozen=True)
class Message:
    """What is sent: headers, and a body of JSON."""

    headers: dict[str, str]
    body: bytes


def message(delivery: Delivery, *, at: datetime) -> Message | None:
    """Return what a delivery says now; None where what was told is not there any more."""
    webhook = delivery.webhook
    said = _test(webhook, at=at) if delivery.is_test else _told(delivery, at=at)
    if said is None:
        return None
    with translation.override(words.tongue(webhook.project)):
        chat = CHATS.get(webhook.form)
        spelled = chat(_news(webhook.project, said)) if chat else said
    body = json.dumps(spelled, ensure_ascii=False)
    headers = {"content-type": "application/json"}
    if chat is None:
        headers |= _signed(webhook, delivery.name, body, at=at)
    return Message(headers, body.encode())


def _told(delivery: Delivery, *, at: datetime) -> dict[str, Any] | None:
    project = delivery.webhook.project
    found = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, positions=[delivery.position]
    )
    entries = [one for one in found if isinstance(one, Entry) and not one.is_shredded]
    if not entries or not project.is_raised or project.withdrawn_at:
        return None
    base = settings.PUBLIC_URL
    [whole] = objects.whole(project, entries, audiences=ledger.OUTSIDE, at=at, base=base)
    return {"type": TOLD, "timestamp": whole["told_at"], "data": _of(project) | whole}


def _test(webhook: Webhook, *, at: datetime) -> dict[str, Any]:
    return {"type": TESTED, "timestamp": objects.instant(at), "data": _of(webhook.project)}


def _of(project: Project) -> dict[str, Any]:
    return {
        "project": {
            "title": project.title,
            "url": f"{settings.PUBLIC_URL}{project.path}",
            "language": project.language,
        }
    }


def _signed(webhook: Webhook, name: str, body: str, *, at: datetime) -> dict[str, str]:
    """Return the headers of the Standard Webhooks specification."""
    signers = [Signer(secret) for secret in rules.signing(webhook, at=at)]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(
            one.sign(msg_id=name, timestamp=at.astimezone(UTC), data=body) for one in signers
        ),
    }


def _news(project: Project, said: dict[str, Any]) -> News:
    """Return an entry as people read it in a chat, in the language that is spoken now."""
    data = said["data"]
    if said["type"] == TESTED:
        test = _("A test: what is told in this project will be said here.")
        return News(project.title, title=project.title, words=test, url=_address(project.path))
    label = words.kind(data["topic"])
    # A headline without a title is the first line of the words: once is enough.
    first = plain(data["words"].strip().partition("\n")[0], longest=LONGEST_LINE)
    is_titled = data["title"] and data["title"] != first
    picture = next(iter(data["pictures"] if settings.PUBLIC_URL else []), None)
    return News(
        project.title,
        title=data["title"] if is_titled else _named(label, data["kind"]),
        words=_paragraphs(data["words"]),
        asks=words.asks(data["asks"]),
        by=data["by"],
        topic=data["topic"],
        label=label,
        position=data["position"],
        url=_address(f"{project.path}{data['position']}"),
        picture=picture["url"] if picture else "",
        alt=picture["alt"] if picture else "",
        at=data["at"],
    )


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else ""


def _paragraphs(markdown: str) -> str:
    """Return the words of markdown without its marks, a paragraph each."""
    bare = (plain(part, longest=len(markdown)) for part in markdown.split("\n\n"))
    return "\n\n".join(one for one in bare if one)


def _named(label: str, kind: str) -> str:
    if label:
        return label[:1].upper() + label[1:]
    if kind == "curtain.raised":
        return _("The curtain goes up")
    return _("The final curtain") if kind == "curtain.fallen" else _("News")
