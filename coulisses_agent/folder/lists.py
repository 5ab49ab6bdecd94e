"""One ignore list or rules file: its patterns, and whether it still says what was read.

A list that is there and can't be read may hide anything: nothing beside it is told until it can.
"""

from __future__ import annotations

import codecs
import os
import stat as modes
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pathspec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern as Pattern

from coulisses_agent.speech import gettext as _

LONGEST = 1 << 20  # bytes

Say = Callable[[str], None]


class Mark(NamedTuple):
    """What differs when a file does. `is_there` is False of one that isn't."""

    is_there: bool = False
    size: int = 0
    mtime_ns: int = 0
    inode: int = 0


class Unread(Exception):
    """There is a list, and nobody can read it. Says why."""


def mark(path: bytes) -> Mark:
    """Return the mark of a file, or of what a link leads to."""
    try:
        stat = os.stat(path)
    except OSError:
        return Mark()
    return Mark(True, stat.st_size, stat.st_mtime_ns, stat.st_ino)


def comparable(path: str) -> str:
    """Return a path or a pattern so that é is é however it is spelled, and no line ends within."""
    return unicodedata.normalize("NFC", path).replace("\n", "\0")


def pattern(line: str, *, is_case_blind: bool) -> Pattern:
    """Return the pattern that a line spells. Raises ValueError."""
    return Pattern(comparable(line.lower() if is_case_blind else line))


def lines(path: bytes) -> list[str]:
    """Return the lines of a list; none where there is no file. Raises Unread."""
    try:
        file = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return []
    except OSError as error:
        raise Unread(error.strerror) from error
    try:
        if not modes.S_ISREG(os.fstat(file).st_mode):
            return []
        data = os.read(file, LONGEST + 1)
    except OSError as error:
        raise Unread(error.strerror) from error
    finally:
        os.close(file)
    if len(data) > LONGEST:
        raise Unread(_("It is too long."))
    return _decoded(data).splitlines()


def _decoded(data: bytes) -> str:
    """Decode a list; Windows writes some with a mark, and in UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return os.fsdecode(data.removeprefix(codecs.BOM_UTF8))


class List:
    """The patterns of one ignore list. `say` hears of lines that nobody can read."""

    def __init__(self, given: Iterable[str], *, is_case_blind: bool, say: Say) -> None:
        self._is_case_blind = is_case_blind
        self._spec = pathspec.GitIgnoreSpec(list(self._patterns(given, say)))

    def decide(self, path: str) -> bool | None:
        """Say whether the list leaves a path out, takes it back, or says nothing of it (None)."""
        if not self._spec.patterns:
            return None
        path = comparable(path.lower() if self._is_case_blind else path)
        return self._spec.check_file(path).include

    def _patterns(self, given: Iterable[str], say: Say) -> Iterable[Pattern]:
        for line in given:
            try:
                made = pattern(line, is_case_blind=self._is_case_blind)
            except ValueError:
                said = _("This line of an ignore list can't be read, and is passed over: %(line)s")
                say(said % {"line": repr(line)})
                continue
            if made.include is not None:
                yield made
