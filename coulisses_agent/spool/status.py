"""What a spool has to say for itself: what was sent, what waits, what was held, and why."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from coulisses_agent.spool import place
from coulisses_agent.spool.store import Spool

MOST_LISTED = 20


def read(folder: Path) -> dict[str, Any]:
    """Return a spool's state: JSON-able, times in seconds since 1970.

    `{"folder", "house", "is_running", "offline_since", "offline_why", "sent": {"entries",
    "previews"}, "waiting": {"entries", "previews", "bytes", "oldest"}, "dropped", "held":
    [{"path", "reason", "at"}], "refused": [{"what", "why"}]}`
    """
    with Spool(folder) as spool:
        since = spool.noted("offline since")
        return {
            "folder": spool.noted("folder"),
            "house": spool.noted("house"),
            "is_running": place.is_held(folder),
            "offline_since": float(since) if since else None,
            "offline_why": spool.noted("offline why"),
            "sent": {name: _counted(spool, name) for name in ("entries", "previews")},
            "dropped": _counted(spool, "dropped"),
            "waiting": _waiting(spool.connection),
            "held": _held(spool.connection),
            "refused": _refused(spool.connection),
        }


def spoken(found: dict[str, Any]) -> str:
    """Say a state to a person, line by line."""
    sent, waiting = found["sent"], found["waiting"]
    lines = [
        f"{found['folder'] or 'a folder that was never told'} → {found['house'] or 'no house yet'}",
        "An agent is running." if found["is_running"] else "No agent is running.",
        f"Sent: {sent['entries']} entries, {sent['previews']} previews.",
        f"Waiting: {waiting['entries']} entries, {waiting['previews']} previews "
        f"({waiting['bytes'] / 1e6:.1f} MB).",
    ]
    if found["offline_since"]:
        minutes = max(0, round((time.time() - found["offline_since"]) / 60))
        lines.append(f"No way to the house for {minutes} min. {found['offline_why'] or ''}".strip())
    if found["dropped"]:
        lines.append(f"Previews let go for want of room: {found['dropped']}.")
    for one in found["held"]:
        name = one["path"] or "a file whose very name is a secret"
        lines.append(f"Held back: {name} (it looks like this: {one['reason'].replace('_', ' ')}).")
    lines += [f"Refused by the house: {one['what']}: {one['why']}" for one in found["refused"]]
    return "\n".join(lines)


def _counted(spool: Spool, name: str) -> int:
    return int(spool.noted(f"count {name}") or 0)


def _waiting(connection: sqlite3.Connection) -> dict[str, Any]:
    query = "SELECT count(*), min(put_at) FROM outbox WHERE refused IS NULL"
    entries, oldest = connection.execute(query).fetchone()
    query = "SELECT count(*), total(bytes) FROM outbox_previews WHERE refused IS NULL"
    previews, size = connection.execute(query).fetchone()
    return {"entries": entries, "previews": previews, "bytes": int(size), "oldest": oldest}


def _held(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    query = "SELECT path, reason, at FROM held ORDER BY at DESC LIMIT ?"
    rows = connection.execute(query, (MOST_LISTED,))
    return [{"path": path, "reason": reason, "at": at} for path, reason, at in rows]


def _refused(connection: sqlite3.Connection) -> list[dict[str, str]]:
    query = (
        "SELECT title, refused FROM outbox WHERE refused IS NOT NULL "
        "UNION ALL SELECT version, refused FROM outbox_previews WHERE refused IS NOT NULL LIMIT ?"
    )
    rows = connection.execute(query, (MOST_LISTED,))
    return [{"what": what, "why": why} for what, why in rows]


def as_json(found: dict[str, Any]) -> str:
    """Spell a state for a program."""
    return json.dumps(found, ensure_ascii=False, indent=2)
