"""Whole answers of a few bytes, given without Django."""

import json
from collections.abc import Awaitable
from typing import Any

from django.utils import translation

from coulisses.lib import problems
from coulisses.lib.refusals import Refusal

Send = Any  # the ASGI callable


async def give(
    send: Send,
    status: int,
    body: bytes,
    kind: str,
    *,
    ends: Awaitable[None] | None = None,
    **headers: str,
) -> None:
    """Send a whole answer; `cache_control="…"` becomes a header of that name.

    The answer is only called complete, and the connection free, once `ends` is over.
    """
    given = {"content-type": kind, "content-length": str(len(body)), "cache-control": "no-store"}
    given["x-content-type-options"] = "nosniff"
    given.update({name.replace("_", "-").lower(): value for name, value in headers.items()})
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    if ends is not None:
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await ends
        body = b""
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, refusal: Refusal, language: str, **more: Any) -> None:
    """Send a refusal as a problem document; `more` is as for `give`."""
    with translation.override(language):
        body = json.dumps(problems.document(refusal), ensure_ascii=False).encode()
    await give(send, refusal.status, body, problems.TYPE, **{**refusal.headers(), **more})
