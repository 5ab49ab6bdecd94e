"""What is shown of one file: its change as a capture tells it, and previews; or why nothing is."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coulisses_agent import changes, held, previews, seeing
from coulisses_agent.folder import content
from coulisses_agent.folder.moved import Known, Moved
from coulisses_agent.folder.place import Folder
from coulisses_agent.git import names
from coulisses_readers import registry, text
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.sandbox import Sandbox

LONGEST_TEXT = 1 << 20  # bytes of a text's preview
LONGEST_REMEMBERED = 256 << 10  # bytes of a text that is remembered though it is not shown
_LATER = frozenset({"picture", "sound"})  # where nothing of the change itself hangs on a look
_READ = frozenset({"prose", "document", "code"})  # of which words or lines change
_LONGEST_FACTS = 4000  # characters of JSON


@dataclass(frozen=True)
class Shown:
    """A version's preview: its facts, and files as {variant: (bytes, mime)}."""

    version: str
    facts: dict[str, Any]
    files: dict[str, tuple[bytes, str]]


@dataclass
class Seen:
    """What came of looking at one file.

    `change` is as in a capture; None where `held` says what is held back, or where `is_restless`:
    the file is not there any more as it was found. `look` is kept to compare the next with.
    """

    change: dict[str, Any] | None = None
    held: dict[str, str] | None = None
    shown: Shown | None = None
    look: Look | None = None
    reason: str | None = None
    is_unseen: bool = False
    is_restless: bool = False


def is_hidden(former: Known | None, policy: str) -> bool:
    """Was what stood before not shown to those to whom this is?"""
    if former is None:
        return False
    return former.reason == "held" or former.policy not in (policy, "show")


@dataclass
class Showing:
    """Looks at files of one folder. `later` puts off what the telling needn't wait for."""

    place: Folder
    sandbox: Sandbox
    later: bool = False

    def of(self, moved: Moved) -> Seen:
        """Look at what happened to a file that may be told; secret names are held by now."""
        for path in (moved.path, moved.was):
            if path is not None and (kind := held.in_name(path)):
                return Seen(held={"path": "", "reason": kind}, reason="held")
        now = moved.now
        if now is None:
            return Seen(change=self._removed(moved))
        if moved.former and moved.former.digest == now.digest:
            change = _change(moved, self._reader(moved))
            return Seen(change, reason=now.reason, is_unseen=now.is_unseen)
        # What was held under another name is looked at again under this one.
        if now.reason not in (None, "held") or now.stamp.size > content.LARGEST:
            reason = "too_large" if now.reason in (None, "held") else now.reason
            change = _change(moved, self._reader(moved), reason)
            return Seen(change, reason=reason)
        data = self.place.read(moved)
        if data is None:
            return Seen(is_restless=True)
        return self._link(moved, data) if now.stamp.is_link else self._look(moved, data)

    def backlog(self, path: bytes, known: Known) -> Seen:
        """Look at what was put off."""
        data = self.place.read(Moved("added", path, None, None, known, known.stamp.mtime_ns))
        if data is None:
            return Seen(is_restless=True)
        return self._look(Moved("added", path, None, None, known, 0), data)

    def remembered(self, moved: Moved) -> Seen:
        """Look at a text that is only counted, so that its next change can be told."""
        now = moved.now
        seen = Seen(reason=now.reason if now else None)
        if now is None or now.reason or not 0 < now.stamp.size <= LONGEST_REMEMBERED:
            return seen
        reader = changes.reader_of(moved.path)
        if reader not in ("prose", "code") or now.stamp.is_link:
            return seen
        data = self.place.read(moved)
        if data is None or held.in_bytes(data, moved.path):
            return Seen(reason="held")
        try:
            return Seen(look=Look(reader, {"bytes": len(data)}, text=text.read(data)))
        except Unreadable:
            return seen

    def _look(self, moved: Moved, data: bytes) -> Seen:
        name = names.path(moved.path)
        head = data[: registry.HEAD]
        if kind := held.in_bytes(data, moved.path):
            return Seen(held={"path": name, "reason": kind}, reason="held")
        reader = registry.reader_for(name, head)
        if self.later and reader in _LATER and data:
            return Seen(_change(moved, reader), is_unseen=True)
        look = self._looked(data, name, reader)
        if kind := held.in_look(look):
            return Seen(held={"path": name, "reason": kind}, reason="held")
        found = self._compared(moved, look, name)
        change = _change(moved, look.reader, look.reason) | registry.of_change(found)
        return Seen(change, None, _shown(moved, look, found), look)

    def _looked(self, data: bytes, name: str, reader: str) -> Look:
        try:
            return self.sandbox.look(data, name)
        except Unreadable as unreadable:
            # A binary file with a text's name is no text.
            is_text = reader in ("prose", "code")
            kind = "plain" if is_text and unreadable.reason != "too_large" else reader
            return Look(kind, {"bytes": len(data), "reason": unreadable.reason})

    def _compared(self, moved: Moved, look: Look, name: str) -> Mapping[str, Any]:
        if look.reason:
            return {}
        former = self.place.memory.look(moved.former.version) if moved.former else None
        if moved.former and former is None:
            return {}  # nothing to compare with: to call all of it new would be wrong
        try:
            return self.sandbox.compare(former, look, name)
        except Unreadable:
            return {}

    def _removed(self, moved: Moved) -> dict[str, Any]:
        former = self.place.memory.look(moved.former.version) if moved.former else None
        change = _change(moved, former.reader if former else self._reader(moved))
        if former and former.reader in _READ and former.text is not None:
            nothing = Look(former.reader, {"bytes": 0}, text="")
            try:
                found = self.sandbox.compare(former, nothing, change["path"])
            except Unreadable:
                return change
            change |= registry.of_change(found)
        return change

    def _link(self, moved: Moved, target: bytes) -> Seen:
        """Say where a link points to, unless names there are private: elsewhere, or held."""
        shown = names.path(target)
        if kind := held.in_name(target):
            return Seen(held={"path": names.path(moved.path), "reason": kind}, reason="held")
        leads_out = changes.leads_out(names.text(moved.path), names.text(target))
        if leads_out or not self._may_name(moved, target):
            return Seen(_change(moved, "link", "link_out"))
        change = _change(moved, "link")
        change["words"] = [["+", shown]]
        return Seen(change)

    def _may_name(self, moved: Moved, target: bytes) -> bool:
        """May what a link points to be named to those who see the link?"""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(moved.path), target))
        policies = self.place.policies
        if not policies.is_told(path) or not policies.is_told(path, is_folder=True):
            return False
        own = policies.of(moved.path).key
        return all(policies.of(one).key in ("show", own) for one in (path, path + b"/"))

    def _reader(self, moved: Moved) -> str:
        known = moved.now or moved.former
        if known and known.stamp.is_link:
            return "link"
        if moved.now is None:
            return changes.reader_of(moved.path)
        head = self.place.beginning(moved.path, registry.HEAD)
        return registry.reader_for(names.path(moved.path), head)


def _change(moved: Moved, reader: str, reason: str | None = None) -> dict[str, Any]:
    return {
        "path": names.path(moved.path),
        "was": names.path(moved.was) if moved.was is not None else None,
        "what": moved.what,
        "reader": reader,
        "before": _side(moved.former),
        "after": _side(moved.now),
        "reason": reason,
    }


def _side(known: Known | None) -> dict[str, Any] | None:
    return {"version": known.version, "bytes": known.stamp.size} if known else None


def _shown(moved: Moved, look: Look, found: Mapping[str, Any]) -> Shown | None:
    if look.reader == "plain" or moved.now is None:
        return None
    files = seeing.files(look)
    longest = previews.LARGEST_CODE if look.reader == "code" else LONGEST_TEXT
    if "text" in files and len(files["text"][0]) > longest:
        del files["text"]
    facts = {"reader": look.reader, **look.facts}
    seen = registry.of_version(found)
    if len(repr(facts | seen)) <= _LONGEST_FACTS:
        facts |= seen
    return Shown(moved.now.version, facts, files)
