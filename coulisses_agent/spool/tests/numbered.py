"""Captures and previews that tell a number, as whoever follows a folder puts them."""

from typing import Any

from coulisses_agent.spool.store import Spool


def capture(number: int, **more: Any) -> dict[str, Any]:
    """Return a capture that tells a number."""
    change = {
        "path": f"{number}.md",
        "was": None,
        "what": "added",
        "reader": "prose",
        "before": None,
        "after": {"version": f"file:{number:032x}", "bytes": 3},
        "reason": None,
    }
    return {
        "once": f"file:{number:040x}",
        "happened_at": "2026-11-25T12:00:00+00:00",
        "past": False,
        "author": {"key": "0123456789abcdef", "name": "", "is_owner": True},
        "source": "folder",
        "revision": f"{number:032x}",
        "title": "",
        "body": "",
        "is_merge": False,
        "changes": [change],
        "more": 0,
        "held": [],
        "missing": [],
    } | more


def put(spool: Spool, *numbers: int, policy: str = "show", delay: int = 0) -> None:
    """Queue captures that tell these numbers."""
    with spool.writing() as cursor:
        for number in numbers:
            spool.put(cursor, capture(number), policy=policy, delay=delay)


def put_preview(spool: Spool, number: int, words: bytes = b"Lit.") -> str:
    """Queue a preview and return its version."""
    version = f"file:{number:032x}"
    with spool.writing() as cursor:
        files = {"text": (words, "text/plain; charset=utf-8")}
        spool.put_preview(cursor, version, {"reader": "prose", "bytes": len(words)}, files)
    return version
