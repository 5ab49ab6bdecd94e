"""Saves at hand: `save(1, added("boat.png"))` builds what an agent would send."""

from typing import Any

from coulisses.capture.forms import Capture
from coulisses.capture.rules import take
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.testing import given

OWNER = {"key": "0a" * 16, "name": "Ana", "is_owner": True}
ZOE = {"key": "0b" * 16, "name": "Zoé", "is_owner": False}


def spelled(number: int, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return save number so-and-so as JSON-able data."""
    oid = f"{number:040x}"
    said = {
        "once": f"git:{oid}",
        "happened_at": given.minutes(number).isoformat(),
        "past": True,
        "author": OWNER,
        "source": "git",
        "revision": oid,
        "title": f"Save {number}",
        "changes": list(changes),
    }
    return said | more


def save(number: int, *changes: dict[str, Any], **more: Any) -> Capture:
    """Return a save as the rules take it."""
    return Capture.model_validate(spelled(number, *changes, **more))


def told(project: Project, *saves: Capture) -> list[Entry]:
    """Tell saves in Ana's project."""
    became = take(project, saves, by_owner=given.ana().voice_id, at=given.minutes(1_000))
    return [one for one in became if isinstance(one, Entry)]


def changed(path: str, version: str, before: str = "", **more: Any) -> dict[str, Any]:
    """A file changed, from one version to another."""
    return {
        "path": path,
        "what": "changed",
        "reader": "picture" if path.endswith(".png") else "prose",
        "before": _state(before),
        "after": _state(version),
    } | more


def added(path: str, version: str, **more: Any) -> dict[str, Any]:
    """A new file."""
    return changed(path, version, what="added", **more)


def removed(path: str, before: str) -> dict[str, Any]:
    """A file is gone."""
    return changed(path, "", before, what="removed")


def renamed(was: str, path: str, version: str, **more: Any) -> dict[str, Any]:
    """A file has another name."""
    return changed(path, version, version, what="renamed", was=was, **more)


def _state(version: str) -> dict[str, Any] | None:
    return {"version": f"git:{version}", "bytes": 100} if version else None
