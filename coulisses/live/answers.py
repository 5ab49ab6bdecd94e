"""Whole answers of a few bytes, given without Django."""

import json
from typing import Any

from django.utils import translation

from coulisses.lib import problems
from coulisses.lib.refusals import Refusal

Send = Any  # the ASGI callable


async def give(send: Send, status: int, body: bytes, kind: str, **headers: str) -> None:
    """Send a whole answer; `cache_control="…"` becomes a header of that name."""
    given = {"content-type": kind, "content-length": str(len(body)), "cache-control": "no-store"}
    given["x-content-type-options"] = "nosniff"
    given.update({name.replace("_", "-"): value for name, value in headers.items()})
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, refusal: Refusal, language: str, **headers: str) -> None:
    """Send a refusal as a problem document."""
    with translation.override(language):
        body = json.dumps(problems.document(refusal), ensure_ascii=False).encode()
    await give(send, refusal.status, body, problems.TYPE, **headers)
