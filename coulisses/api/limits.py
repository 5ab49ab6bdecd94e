"""Rate limits: how many requests a token, or a network address without one, may make in a minute.

Processes share the count in rows, and seldom ask them: each takes a share of what is left in one
write and spends it from memory. Who makes few requests is written down nowhere.
"""

import hmac
import math
import threading
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coulisses.api.refusals import RequestsTooMany
from coulisses.lib import lines
from coulisses.lib.refusals import require
from coulisses.projects.models import Token

WINDOW = 60  # seconds
FREE = 20  # one in so many is spent by each process without asking the others
SHARE = 10  # one in so many is taken at once
MOST_KNOWN = 20_000  # askers held in memory

TAKE = """
    insert into api_spent (who, minute, count) values (%s, %s, %s)
    on conflict (who, minute) do update set count = api_spent.count + excluded.count
    returning count"""


@dataclass(frozen=True)
class Asker:
    """Who asks, by an opaque name, and how many requests are theirs within a minute."""

    policy: str
    who: str
    quota: int


@dataclass(frozen=True)
class Left:
    """What is left for an asker now: so many requests, of which `share` without asking others.

    It `is_counted` once the rows know of this process.
    """

    asker: Asker
    minute: int
    share: int
    rest: int
    is_counted: bool = False
    is_over: bool = False

    def headers(self, *, seconds: int) -> dict[str, str]:
        """Return the fields of the IETF's draft: the policy, and what is left until its end."""
        name, quota = self.asker.policy, self.asker.quota
        said = {
            "RateLimit-Policy": f'"{name}";q={quota};w={WINDOW}',
            "RateLimit": f'"{name}";r={self.rest};t={seconds}',
        }
        return {**said, "Retry-After": str(seconds)} if self.is_over else said


_lock = threading.Lock()
_known: dict[str, Left] = {}


def of_token(token: Token) -> Asker:
    """Return a token as one who asks."""
    return Asker("token", f"t:{token.digest[:32]}", settings.API_PER_MINUTE)


def of_address(request: HttpRequest) -> Asker:
    """Return a network address as one who asks: only a trace of it is ever written down."""
    address = lines.of(request.META.get("REMOTE_ADDR", ""))
    trace = hmac.new(settings.SECRET_KEY.encode(), address.encode(), "sha256").hexdigest()[:32]
    return Asker("address", f"a:{trace}", settings.API_PER_MINUTE_OUTSIDE)


def spend_from(request: HttpRequest, asker: Asker) -> None:
    """Count a request, once, and note on it what is left. Raises RequestsTooMany."""
    if not asker.quota or hasattr(request, "left"):
        return
    left = _spent(asker, _minute())
    request.left = left  # type: ignore[attr-defined]
    require(not left.is_over, RequestsTooMany)


def mark(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say on an answer what is left for whoever asked."""
    left: Any = getattr(request, "left", None)
    if left is not None:
        now = timezone.now().timestamp()
        seconds = max(1, math.ceil((left.minute + 1) * WINDOW - now))
        for name, value in left.headers(seconds=seconds).items():
            response[name] = value
    return response


def forget() -> None:
    """Have this process know nothing of what was spent: what it counts from now is new."""
    with _lock:
        _known.clear()


def _minute() -> int:
    return int(timezone.now().timestamp()) // WINDOW


def _spent(asker: Asker, minute: int) -> Left:
    with _lock:
        left = _known.get(asker.who)
        if left is None or left.minute != minute:
            left = Left(asker, minute, share=_free(asker.quota), rest=asker.quota)
        if left.share:
            left = replace(left, share=left.share - 1, rest=max(0, left.rest - 1))
            _keep(left)
            return left
        if left.is_over:
            return left
    # Outside of the lock: a slow disk holds nobody up who has something left.
    taken = _taken(left)
    with _lock:
        _keep(taken)
    return taken


def _taken(left: Left) -> Left:
    """Take a share of what is left for all processes, and spend one of it."""
    quota = left.asker.quota
    wanted = max(1, quota // SHARE)
    # What this process has spent without asking is counted here at last.
    before = 0 if left.is_counted else _free(quota)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [left.asker.who, left.minute, before + wanted])
        count = cursor.fetchone()[0]
    share = min(wanted, quota - (count - wanted))
    if share <= 0:
        return replace(left, share=0, rest=0, is_over=True)
    rest = max(0, quota - count) + share - 1
    return replace(left, share=share - 1, rest=rest, is_counted=True)


def _free(quota: int) -> int:
    return max(1, quota // FREE)


def _keep(left: Left) -> None:
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[left.asker.who] = left
