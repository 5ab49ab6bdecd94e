"""What a folder's own lists keep from being told: `.gitignore` and `.coulissesignore`, nested.

As in git, the list nearest to a file decides, and within a list the last line that fits; what lies
in an ignored folder cannot be taken back. `.coulissesignore` goes before the `.gitignore` beside
it, and reads names without regard to case.

Of a folder inside a repository the lists above it hold too, unless they ignore the folder itself:
whoever points at it wants it told.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from coulisses_agent.folder import lists, memory, never
from coulisses_agent.folder.lists import List, Say
from coulisses_agent.git import names
from coulisses_agent.speech import gettext as _


class Ignoring:
    """Knows what is ignored below a root; each list is read when its folder is first asked about.

    `say` hears of lines that nobody can read.
    """

    def __init__(self, root: bytes, *, say: Say) -> None:
        self._root, self._say = root, say
        self._lists: dict[bytes, tuple[List, ...]] = {}
        self._marks: dict[bytes, list[lists.Mark]] = {}
        self._prefix = self._within_repository()

    def forget(self) -> None:
        """Read the lists anew: one of them changed."""
        self._lists.clear()
        self._prefix = self._within_repository()

    def renew(self, folder: bytes) -> None:
        """Read a folder's own lists anew, if they say something else by now."""
        at = memory.join(self._prefix, folder) if folder else self._prefix
        if at in self._lists and self._marks_of(at) != self._marks[at]:
            del self._lists[at]

    def are_as_read(self, folder: bytes) -> bool:
        """Do the lists of a folder, and of all above it, still say what was read?"""
        at = memory.join(self._prefix, folder) if folder else self._prefix
        above = [b"", *memory.steps(at)]
        return all(self._marks_of(one) == self._marks[one] for one in above if one in self._lists)

    def why(self, path: bytes, *, is_folder: bool) -> str | None:
        """Return why what lies at this path is never told, or None; of its own name and lists only.

        Ask for each folder above it first: what is in an ignored folder is not asked about.
        """
        folder, name = memory.split(path)
        shown = os.fsdecode(name)
        why = never.of_folder(shown) if is_folder else never.of_file(shown)
        if why:
            return why
        return "ignored" if self._is_listed(folder, path, is_folder) else None

    def _is_listed(self, folder: bytes, path: bytes, is_folder: bool) -> bool:
        """Ask the lists from the nearest folder upwards; paths are within the repository here."""
        path = memory.join(self._prefix, path)
        at = memory.join(self._prefix, folder) if folder else self._prefix
        while True:
            for one in self._of(at):
                within = path[len(at) + 1 :] if at else path
                decision = one.decide(os.fsdecode(within) + ("/" if is_folder else ""))
                if decision is not None:
                    return decision
            if not at:
                return False
            at = memory.split(at)[0]

    def _within_repository(self) -> bytes:
        """Return where the root is below the repository whose lists hold; b"" where none above do.

        Every folder from the repository's top down to the root is asked about, as git does.
        """
        self.top = _repository_of(self._root)
        if self.top is None:
            return b""
        self._prefix, steps = b"", os.path.relpath(self._root, self.top).split(os.fsencode(os.sep))
        for depth in range(1, len(steps) + 1):
            if self._is_listed(b"/".join(steps[: depth - 1]), b"/".join(steps[:depth]), True):
                self._lists.clear()
                self.top = None
                return b""
        return b"/".join(steps)

    def _of(self, folder: bytes) -> tuple[List, ...]:
        found = self._lists.get(folder)
        if found is None:
            # Marked before it is read: what is written in between is seen as another.
            self._marks[folder] = self._marks_of(folder)
            found = self._lists[folder] = tuple(self._read(folder))
        return found

    def _read(self, folder: bytes) -> Iterable[List]:
        for name in self._names(folder):
            path = memory.join(folder, name)
            try:
                found = lists.lines(self._full(path))
            except lists.Unread as refusal:
                said = _("%(path)s can't be read: nothing beside it is told. %(why)s")
                self._say(said % {"path": names.path(path), "why": refusal})
                found = ["*"]
            if found:
                yield List(found, is_case_blind=name == never.LISTS[1], say=self._say)

    def _marks_of(self, folder: bytes) -> list[lists.Mark]:
        found = self._names(folder)
        return [lists.mark(self._full(memory.join(folder, name))) for name in found]

    def _names(self, folder: bytes) -> tuple[bytes, ...]:
        """Return the lists of a folder, the one that goes before first."""
        return (*reversed(never.LISTS), *([b".git/info/exclude"] if not folder else []))

    def _full(self, path: bytes) -> bytes:
        return os.path.join(self.top or self._root, path)


def _repository_of(root: bytes) -> bytes | None:
    """Return the repository that a folder lies in, or None: the folder itself is not asked."""
    above = os.path.dirname(root)
    while above != (next_above := os.path.dirname(above)):
        if os.path.exists(os.path.join(above, b".git")):
            return above
        above = next_above
    return None
