"""What a commit changed in a document, word by word; both versions are read in the child."""

import time
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from coulisses_agent import changes, held
from coulisses_agent.git import names
from coulisses_agent.git.dialogue import Blobs
from coulisses_agent.git.touched import Touched
from coulisses_readers import registry
from coulisses_readers.closing import Closing
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.sandbox import Sandbox

_SECONDS = 90.0  # for one telling; of what a long past holds beyond them, the pages tell
_MOST_KEPT = 50  # looks, without their pictures: what stood before stood after an earlier commit


class Documents(Closing):
    """Compares documents of one repository; a context manager that ends the child."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._sandbox: Sandbox | None = None
        self._kept: OrderedDict[str, Look | None] = OrderedDict()
        self._left = _SECONDS

    def compare(self, file: Touched) -> tuple[dict[str, Any], str | None]:
        """Return what changed, as a change says it, and which secret stands in it, if one does."""
        if file.old == file.new or self._left <= 0:
            return {}, None
        begun = time.monotonic()
        try:
            return self._compared(file)
        except Unreadable:
            return {}, None
        finally:
            self._left -= time.monotonic() - begun

    def close(self) -> None:
        """End the child."""
        if self._sandbox is not None:
            self._sandbox.close()

    def _compared(self, file: Touched) -> tuple[dict[str, Any], str | None]:
        before, after = (self._look(oid, file.path) for oid in (file.old, file.new))
        for look in (before, after):
            if look and (secret := held.in_look(look)):
                return {}, secret
        if (file.old and before is None) or (file.new and after is None):
            return {}, None  # nothing to compare with: to call all of it new would be wrong
        after = after or Look("document", {"bytes": 0}, text="")
        found = self._child().compare(before, after, names.path(file.path))
        return registry.of_change(found), None

    def _look(self, oid: str | None, path: bytes) -> Look | None:
        """Return what a version says; None where it says nothing or can't be read."""
        if oid is None:
            return None
        if oid not in self._kept:
            data = self._blobs.read(oid, most=changes.LARGEST_PICTURE)
            look = self._child().look_or_reason(data or b"", names.path(path))
            self._kept[oid] = replace(look, previews={}) if look.reader == "document" else None
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[oid]

    def _child(self) -> Sandbox:
        if self._sandbox is None:
            self._sandbox = Sandbox()
        return self._sandbox
