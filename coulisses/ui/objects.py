"""An entry as programs read it: the same object wherever it leaves the house as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.ui import entries, pictures
from coulisses.ui.entries import Around

CURTAINED = "entry.curtained"  # the kind of an entry that the reader may only know of


def instant(at: datetime) -> str:
    """Return a time as programs read it: 2026-05-03T12:00:00Z."""
    return at.isoformat().replace("+00:00", "Z")


def short(project: Project, one: Entry | Curtained, *, base: str) -> dict[str, Any]:
    """Return position, address, kind, title, time, and what a doubt asks for.

    `base` is put before the address.
    """
    said: dict[str, Any] = {"position": one.position, "url": f"{base}{project.path}{one.position}"}
    if isinstance(one, Curtained):
        return {**said, "kind": CURTAINED, "title": one.teaser, "at": None, "asks": ""}
    title, asks = one.fact.headline(), getattr(one.fact, "asks", "")
    at = instant(one.happened_at)
    return {**said, "kind": one.kind, "title": title, "at": at, "asks": asks}


def whole(
    project: Project, known: Sequence[Entry], *, audiences: frozenset[str], at: datetime, base: str
) -> list[dict[str, Any]]:
    """Return entries with all that they say now, in a few queries however many they are.

    Beside what `short` says: `topic`, `by` (a name, or empty), `told_at`, `words` (markdown), and
    `pictures`: each with `url`, `width`, `height` and `alt`.
    """
    around = entries.look_around(project, known, audiences=audiences, at=at)
    return [_whole(project, one, around, base) for one in known]


def _whole(project: Project, one: Entry, around: Around, base: str) -> dict[str, Any]:
    anew = entries.latest(around.sequels.get(one.position, ())).get("moment_amended")
    fact = (anew or one).fact
    return {
        **short(project, one, base=base),
        "title": fact.headline(),
        "topic": one.topic,
        "by": around.voices.get(one.by, ""),
        "told_at": instant(one.told_at),
        "words": getattr(fact, "body", "") or getattr(fact, "words", ""),
        "pictures": _pictures(project, one, around, base),
    }


def _pictures(project: Project, one: Entry, around: Around, base: str) -> list[dict[str, Any]]:
    address = f"{project.path}{one.position}"
    changed = pictures.changes(one.fact, address, around.versions)
    shown = pictures.told(one.fact, address, around.versions)
    shown += [side for change in changed if (side := change["pictures"].get("after"))]
    return [
        {
            "url": f"{base}{picture.large}",
            "width": picture.large_width,
            "height": picture.large_height,
            "alt": picture.alt,
        }
        for picture in shown
    ]
