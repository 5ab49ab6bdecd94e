"""Devices: where somebody is signed in, and how that ends.

A session is remembered with what its browser calls itself and with its network, not with its
address: enough to know one's own again, and little to lose.
"""

import ipaddress
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coulisses.accounts import browsers
from coulisses.accounts.models import Device
from coulisses.people.models import Account

NOTED = "device_noted"  # in a session: under which key, and in which hour, it was last noted


def remember(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Note, once an hour, which browser a session is used by."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and isinstance(request.user, Account):
            _note(request, request.user, timezone.now())
        return response

    return answer


def of(account: Account) -> list[Device]:
    """Return where somebody is signed in, the latest first."""
    rows = Device.objects.filter(account=account, session__in=_open()).order_by("-seen_at")
    return list(rows[:100])


@transaction.atomic
def end(account: Account, device: int) -> None:
    """Sign one of somebody's browsers out: at once for pages, within half a minute for streams."""
    _end(list(Device.objects.filter(account=account, pk=device).values_list("session", flat=True)))


@transaction.atomic
def end_all(account: Account, *, but: str) -> None:
    """Sign all of somebody's browsers out, except for the session that asks for it."""
    rows = Device.objects.filter(account=account).exclude(session=but)
    _end(list(rows.values_list("session", flat=True)))


def forget_ended() -> bool:
    """Delete sessions that are over, and devices without one; returns that nothing is left."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Device.objects.exclude(session__in=Session.objects.values("session_key")).delete()
    return False


def _open() -> QuerySet[Session, Any]:
    return Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")


def _end(sessions: list[str]) -> None:
    Session.objects.filter(session_key__in=sessions).delete()
    Device.objects.filter(session__in=sessions).delete()


def _note(request: HttpRequest, account: Account, at: datetime) -> None:
    mark = f"{request.session.session_key} {at:%Y-%m-%dT%H}"
    if request.session.get(NOTED) == mark:
        return
    request.session[NOTED] = mark
    agent = request.headers.get("User-Agent", "")
    said = {
        "account": account,
        "browser": browsers.browser(agent),
        "system": browsers.system(agent),
        "network": _network(request.META.get("REMOTE_ADDR", "")),
        "seen_at": at,
    }
    Device.objects.update_or_create(
        session=request.session.session_key, defaults=said, create_defaults={**said, "began_at": at}
    )


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return ""  # the house's own machine
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))
