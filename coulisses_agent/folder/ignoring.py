"""What a folder's own lists keep from being told: `.gitignore` and `.coulissesignore`, nested.

As in git, the list nearest to a file decides, and within a list the last line that fits; what lies
in an ignored folder cannot be taken back. `.coulissesignore` goes before the `.gitignore` beside
it, and reads names without regard to case.

Of a folder inside a repository the lists above it hold too, unless they ignore the folder itself:
whoever points at it wants it told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

import pathspec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern as Pattern

from coulisses_agent.folder import memory, never

LISTS = (b".gitignore", b".coulissesignore")
_LONGEST = 1 << 20  # bytes of a list that are read

Say = Callable[[str], None]


class Ignoring:
    """Knows what is ignored below a root; each list is read when its folder is first asked about.

    `say` hears of lines that nobody can read.
    """

    def __init__(self, root: bytes, *, say: Say) -> None:
        self._root, self._say = root, say
        self._lists: dict[bytes, tuple[_List, ...]] = {}
        self._prefix = self._within_repository()

    def forget(self) -> None:
        """Read the lists anew: one of them changed."""
        self._lists.clear()
        self._prefix = self._within_repository()

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

    def _of(self, folder: bytes) -> tuple[_List, ...]:
        found = self._lists.get(folder)
        if found is None:
            found = self._lists[folder] = tuple(self._read(folder))
        return found

    def _read(self, folder: bytes) -> Iterable[_List]:
        for name in reversed(LISTS):
            if lines := self._lines(memory.join(folder, name)):
                yield _List(lines, is_case_blind=name == LISTS[1], say=self._say)
        if not folder and (lines := self._lines(b".git/info/exclude")):
            yield _List(lines, is_case_blind=False, say=self._say)

    def _lines(self, path: bytes) -> list[str]:
        try:
            with open(os.path.join(self.top or self._root, path), "rb") as file:
                return os.fsdecode(file.read(_LONGEST)).splitlines()
        except OSError:
            return []


def _repository_of(root: bytes) -> bytes | None:
    """Return the repository that a folder lies in, or None: the folder itself is not asked."""
    above = os.path.dirname(root)
    while above != (next_above := os.path.dirname(above)):
        if os.path.exists(os.path.join(above, b".git")):
            return above
        above = next_above
    return None


class _List:
    def __init__(self, lines: Iterable[str], *, is_case_blind: bool, say: Say) -> None:
        self._is_case_blind = is_case_blind
        self._spec = pathspec.GitIgnoreSpec(list(_patterns(lines, is_case_blind, say)))

    def decide(self, path: str) -> bool | None:
        if not self._spec.patterns:
            return None
        return self._spec.check_file(path.lower() if self._is_case_blind else path).include


def _patterns(lines: Iterable[str], is_case_blind: bool, say: Say) -> Iterable[Pattern]:
    for line in lines:
        try:
            pattern = Pattern(line.lower() if is_case_blind else line)
        except ValueError:
            say(f"This line of an ignore list can't be read, and is passed over: {line!r}")
            continue
        if pattern.include is not None:
            yield pattern
