"""What a spool has to say for itself: what was sent, what waits, what was held, and why."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from coulisses_agent import counts, held, reasons, speech
from coulisses_agent.speech import gettext as _
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
    folder = found["folder"] or _("a folder that was never told")
    house = found["house"] or _("no house yet")
    sent, waiting = _both(found["sent"]), _both(found["waiting"])
    size = speech.decimal(found["waiting"]["bytes"] / 1e6)
    lines = [
        f"{folder} → {house}",
        _("An agent is running.") if found["is_running"] else _("No agent is running."),
        _("Sent: %(entries)s, %(previews)s.") % sent,
        _("Waiting: %(entries)s, %(previews)s (%(size)s MB).") % {**waiting, "size": size},
    ]
    if found["offline_since"]:
        minutes = max(0, round((time.time() - found["offline_since"]) / 60))
        said = _("No way to the house for %(minutes)s min.") % {"minutes": minutes}
        lines.append(f"{said} {found['offline_why'] or ''}".strip())
    if found["dropped"]:
        said = _("Previews let go for want of room: %(count)s.")
        lines.append(said % {"count": found["dropped"]})
    for one in found["held"]:
        said = _("Held back: %(name)s (it looks like %(what)s).")
        name, what = held.named(one["path"]), reasons.spoken(one["reason"])
        lines.append(said % {"name": name, "what": what})
    refused = _("Refused by the house: %(what)s: %(why)s")
    return "\n".join([*lines, *(refused % one for one in found["refused"])])


def _both(found: dict[str, int]) -> dict[str, str]:
    entries, previews = counts.entries(found["entries"]), counts.previews(found["previews"])
    return {"entries": entries, "previews": previews}


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
