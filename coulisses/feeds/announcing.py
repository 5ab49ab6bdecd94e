"""Telling the house's hub what is new (WebSub): the hub asks for the feed and hands it on.

Two steps, each in rows. Looking: a project's bookmark moves, and its feeds are noted, in one
transaction. Sending: a noted feed is claimed, the hub is told, and the note goes when it listened.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coulisses.feeds import windows
from coulisses.feeds.documents import MIMES, hub
from coulisses.feeds.models import Bookmark, Ping
from coulisses.lib import outbound
from coulisses.lib.refusals import Refusal
from coulisses.log.models import Entry
from coulisses.projects import announced
from coulisses.projects.models import Project

AT_ONCE = 20  # projects looked at, and feeds told of, in one turn
FIRST_REST = timedelta(seconds=30)  # after a first failure; it doubles with each
LONGEST_REST = timedelta(hours=1)
PATIENCE = timedelta(days=1)  # after which a hub that never listens is told no more of it
LATELY = timedelta(minutes=10)  # before the first look at a project, which is still new
CLAIM = timedelta(minutes=2)  # for which a feed is nobody else's to tell of

_logger = logging.getLogger(__name__)


def look() -> bool:
    """Note the feeds of projects that told something; returns whether there may be more."""
    if not hub():
        return False
    now = timezone.now()
    _begin(now)
    grown = Bookmark.objects.filter(
        project__curtain_raised_at__isnull=False,
        project__withdrawn_at=None,
        project__work__size__gt=F("position"),
    ).select_related("project__studio", "project__work")
    # What members were told, or what is a moment old, keeps a log ahead of its bookmark.
    turn = list(grown.order_by("looked_at")[:AT_ONCE])
    return any([_look_at(one, now) for one in turn])


def send() -> bool:
    """Tell the hub of feeds that are due; returns whether there may be more."""
    if not hub():
        return False
    now = timezone.now()
    due = list(Ping.objects.filter(due_at__lte=now).order_by("due_at")[:AT_ONCE])
    for one in due:
        if _claim(one, now):
            _tell(one)
    return len(due) == AT_ONCE


def _begin(now: datetime) -> None:
    """Give a bookmark to projects that stirred and have none; what is older is not announced."""
    lately = Project.objects.filter(stirred_at__gte=now - LATELY)
    without = lately.exclude(pk__in=Bookmark.objects.values("project")).order_by("-stirred_at")
    rows = [
        Bookmark(project=one, position=windows.edge(one, at=now - LATELY).position, looked_at=now)
        for one in without[:AT_ONCE]
    ]
    Bookmark.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def _look_at(bookmark: Bookmark, now: datetime) -> bool:
    ready = announced.ready(bookmark.project, after=bookmark.position, at=now)
    mine = Bookmark.objects.filter(pk=bookmark.pk, position=bookmark.position)
    if mine.update(position=ready.upto, looked_at=now) and ready.entries:
        _note(_paths(bookmark.project, ready.entries), now)
    return not ready.is_all


def _paths(project: Project, entries: Iterable[Entry]) -> set[str]:
    """Return the feeds that such entries stand in."""
    stage = project.path
    stems = {"/feed", f"/@{project.studio.slug}/feed", f"{stage}feed"}
    stems |= {f"{stage}feed/{one.topic}" for one in entries if one.topic}
    return {f"{stem}.{form}" for stem in stems for form in MIMES}


def _note(paths: set[str], now: datetime) -> None:
    known = Ping.objects.filter(path__in=paths)
    known.update(wanted=F("wanted") + 1)
    rows = [Ping(path=one, due_at=now, since=now) for one in sorted(paths)]
    Ping.objects.bulk_create(rows, ignore_conflicts=True)


def _claim(ping: Ping, now: datetime) -> bool:
    """Whether this process is the one that tells of it."""
    rows = Ping.objects.filter(pk=ping.pk, due_at=ping.due_at)
    return bool(rows.update(due_at=now + CLAIM))


def _tell(ping: Ping) -> None:
    body = urlencode({"hub.mode": "publish", "hub.url": f"{settings.PUBLIC_URL}{ping.path}"})
    headers = {"content-type": "application/x-www-form-urlencoded"}
    try:
        reply = outbound.send("POST", hub(), headers=headers, body=body.encode())
        trouble = "" if reply.is_well else f"{reply.status}"
    except Refusal as refusal:
        trouble = refusal.name()
    if trouble:
        _put_off(ping, trouble)
    elif not Ping.objects.filter(pk=ping.pk, wanted=ping.wanted).delete()[0]:
        now = timezone.now()
        Ping.objects.filter(pk=ping.pk).update(due_at=now, since=now, tries=0, trouble="")


def _put_off(ping: Ping, trouble: str) -> None:
    now = timezone.now()
    if now - ping.since > PATIENCE:
        _logger.warning("the hub was not told of %s: %s", ping.path, trouble)
        Ping.objects.filter(pk=ping.pk).delete()
        return
    rest = min(FIRST_REST * 2 ** min(ping.tries, 10), LONGEST_REST)
    Ping.objects.filter(pk=ping.pk).update(
        due_at=now + rest, tries=F("tries") + 1, trouble=trouble[:300]
    )
