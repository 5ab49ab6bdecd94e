"""Hooks: a forge tells a project what was pushed, as far as a push says it.

A push names commits and files and brings no contents, so that an entry has the message and the
names. `once` is the agent's own (`git:<commit>`): told by both, a commit is told once.
"""

import hashlib
import hmac
import secrets as chance
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from coulisses.capture import forges, forms, rules
from coulisses.capture.forges import Pushed
from coulisses.capture.models import Hook, Waiting
from coulisses.capture.refusals import ForgeUnknown, HookNotFound, PushTooLong
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses_readers import message, registry, secrets

OLD = timedelta(days=1)  # a commit older than this is told as of the past
MOST_HOOKS = 20


def open_hook(project: Project, forge: str, *, account: Account, at: datetime) -> Hook:
    """Return a new hook with its secret, for a forge to speak to. Raises ForgeUnknown."""
    require(forge in forges.FORGES, ForgeUnknown, forge=forge)
    require(Hook.objects.filter(project=project).count() < MOST_HOOKS, ForgeUnknown, forge=forge)
    secret = chance.token_urlsafe(32)
    return Hook.objects.create(
        project=project, forge=forge, secret=secret, account=account, opened_at=at
    )


def close_hook(project: Project, hook_id: str) -> None:
    """Have a forge speak to nobody from now on. Raises HookNotFound."""
    require(hook_id.isalnum(), HookNotFound)
    gone, _ = Hook.objects.filter(project=project, pk=hook_id).delete()
    require(gone, HookNotFound)


def hear(
    hook_id: str, body: bytes, headers: Mapping[str, str], *, at: datetime
) -> list[Entry | Waiting]:
    """Tell the commits that a forge says were pushed. Raises what it refuses, by name.

    HookNotFound, PushTooLong, SignatureWrong, PushNotUnderstood.
    """
    hooks = Hook.objects.select_related("project__work", "project__studio", "account")
    hook = hooks.filter(pk=hook_id).first()
    require(hook, HookNotFound)
    assert hook
    require(len(body) <= forges.MOST_BYTES, PushTooLong, mib=forges.MOST_BYTES >> 20)
    forges.authentic(hook.forge, body, headers, secret=hook.secret)
    # A hook speaks in the name of who made it, and ends with their place among the makers.
    role = sight.role_of(hook.account, hook.project.studio_id)
    require(role in ("owner", "maker"), HookNotFound)
    commits = forges.pushed(body, headers)
    with transaction.atomic():
        Hook.objects.filter(pk=hook.pk).update(heard_at=at)
        captures = [_capture(hook, one, at) for one in commits]
        by = hook.account.voice_id
        return rules.take(hook.project, captures, by_owner=by, at=at) if captures else []


def _capture(hook: Hook, one: Pushed, at: datetime) -> forms.Capture:
    words = message.told(text.clean(one.message))
    held, shown = _sorted_out(one)
    title, body = words.title, words.body
    if found := secrets.findings(f"{title}\n\n{body}".split("\n"), ""):
        title = body = ""
        held.append({"path": "", "reason": found[0].kind})
    changes = [_change(one.oid, index, *file) for index, file in enumerate(shown)]
    return forms.Capture.model_validate(
        {
            "once": f"git:{one.oid}",
            "happened_at": one.at,
            "past": at - one.at > OLD,
            "author": _author(hook, one),
            "source": "git",
            "revision": one.oid,
            "title": title,
            "body": body,
            "changes": changes[: forms.MOST_CHANGES],
            "more": max(0, len(changes) - forms.MOST_CHANGES),
            "held": held[: forms.MOST_CHANGES],
            "link": one.link,
        }
    )


def _sorted_out(one: Pushed) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """Return the files that are held back for their names, and those that may be named."""
    held: list[dict[str, str]] = []
    shown: list[tuple[str, str]] = []
    for what, raw in one.paths:
        path = text.clean_path(raw)
        if kind := secrets.is_secret_path(path):
            held.append({"path": path, "reason": kind})
        elif found := secrets.findings([path], ""):
            held.append({"path": "", "reason": found[0].kind})
        elif path:
            shown.append((what, path))
    return held, shown


def _change(oid: str, index: int, what: str, path: str) -> dict[str, Any]:
    is_there = what != "removed"
    after = {"version": f"hook:{oid[:40]}.{index}", "bytes": 0} if is_there else None
    reader = registry.reader_for(path, b"")
    said = {"path": path, "what": what, "reader": reader, "before": None, "after": after}
    return {**said, "reason": "elsewhere"}


def _author(hook: Hook, one: Pushed) -> dict[str, Any]:
    hand = one.address or one.name.lower()
    key = hmac.new(hook.project_id.encode(), hand.encode(), hashlib.sha256).hexdigest()
    name = text.clean_line(one.name)[:100]
    own = (hook.account.email or "").strip().lower()
    return {
        "key": key[:32],
        "name": "" if "@" in name or secrets.findings([name], "") else name,
        "is_owner": bool(own and one.address == own),
    }
