"""Looking at the states of a repository's files, and at what changed from one to the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from coulisses_agent import changes, held
from coulisses_agent.git import names
from coulisses_readers import code, prose, registry
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.sandbox import Sandbox

_MOST_KEPT = 24  # looks, of half a megabyte at most


class Seeing:
    """Looks at blobs that `read` finds by their oid; safe to share among threads.

    The latest pictures are kept for a while: each is also the state before another, and newest
    come first.
    """

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Look] = OrderedDict()

    def look(self, oid: str, path: bytes, reader: str, sandbox: Sandbox) -> Look | None:
        """Look at a state; where there is nothing to show, its facts say why. None: it is gone."""
        with self._lock:
            if found := self._kept.get(oid):
                return found
        data = self._read(oid)
        if data is None:
            return None
        look = _look(data, path, reader, sandbox)
        if look.previews:
            with self._lock:
                self._kept[oid] = look
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return look

    def changed(self, before: str, after: Look, path: bytes, sandbox: Sandbox) -> dict[str, Any]:
        """Return how much of a picture changed since `before` and where, or which pages did."""
        if after.reader not in ("picture", "document") or after.reason:
            return {}
        former = self.look(before, path, after.reader, sandbox)
        if former is None or former.reason:
            return {}
        try:
            return registry.of_version(sandbox.compare(former, after, names.path(path)))
        except Unreadable:
            return {}


def files(look: Look) -> dict[str, tuple[bytes, str]]:
    """Return what is shown of a look, as {variant: (bytes, mime)}."""
    shown = {variant: (one.bytes, one.mime) for variant, one in look.previews.items()}
    if look.text is not None:
        shown["text"] = (look.text.encode(), "text/plain; charset=utf-8")
    return shown


def _look(data: bytes, path: bytes, reader: str, sandbox: Sandbox) -> Look:
    facts: dict[str, object] = {"bytes": len(data)}
    if held.in_bytes(data, path):
        return Look(reader, facts | {"reason": "held"})
    try:
        if reader in changes.LOOKED_AT:
            seen = sandbox.look(data, names.path(path))
            return Look(reader, facts | {"reason": "held"}) if held.in_look(seen) else seen
        # Text is only decoded, which harms nobody: no need to pass it to a child.
        return (prose if reader == "prose" else code).look(data, names.path(path))
    except Unreadable as unreadable:
        return Look(reader, facts | {"reason": unreadable.reason})
