"""What one commit did to one file, as git's raw format and its patch say it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

SYMLINK, SUBMODULE = "120000", "160000"
_WHAT = {"A": "added", "D": "removed", "R": "renamed", "C": "added"}
_SECTION = re.compile(rb"^diff --(?:git|cc|combined) ", re.MULTILINE)
_INDEX = re.compile(rb"^index ([0-9a-f,]+)\.\.([0-9a-f]+)", re.MULTILINE)
_HUNK = re.compile(rb"^(@@+) (?:-\d+(?:,\d+)? )+\+\d+(?:,\d+)? @@+", re.MULTILINE)


class PatchLost(Exception):
    """The patch does not fit the list of files it should be of."""


@dataclass(frozen=True, slots=True)
class Touched:
    """One file of a commit. `old` and `new` are object ids, None where there is no such side.

    `patch` is the file's hunks in unified format;
    None where git was not asked, b"" where no line differs. `is_binary` is git's word.
    `sections` is how many headers it has in a patch, `sides` every object that was compared.
    """

    what: str
    was: bytes | None
    path: bytes
    old_mode: str
    new_mode: str
    old: str | None
    new: str | None
    patch: bytes | None = None
    is_binary: bool = False
    sections: int = 1
    sides: tuple[str, ...] = ()

    @property
    def mode(self) -> str:
        """What kind of thing it is now, or was when it is no more."""
        return self.old_mode if self.new is None else self.new_mode

    @property
    def blobs(self) -> tuple[str, ...]:
        """The objects that hold what it was and is; none for a submodule, whose are elsewhere."""
        return () if SUBMODULE in (self.old_mode, self.new_mode) else self.sides

    @property
    def is_file(self) -> bool:
        """Is it an ordinary file on each side that there is?"""
        sides = ((self.old, self.old_mode), (self.new, self.new_mode))
        return all(mode.startswith("100") for oid, mode in sides if oid)


def listed(answer: bytes) -> tuple[Iterator[Touched], bytes]:
    """Split diff-tree's answer for a commit into its list of files and its patch.

    The list is read lazily, so that a commit of 100,000 files is never held as objects.
    """
    start = answer.find(b"\0") + 1
    if not start:
        return iter(()), b""
    end = _end_of_list(answer, start)
    return _entries(answer, start, end), answer[end:].lstrip(b"\0")


def _end_of_list(answer: bytes, start: int) -> int:
    """Return where the list ends: with the answer, or before the patch."""
    # No path is empty, so that two NULs stand nowhere else.
    found = answer.find(b"\0\0", start)
    return len(answer) if found < 0 else found + 1


def _entries(answer: bytes, start: int, end: int) -> Iterator[Touched]:
    at = start

    def token() -> bytes:
        nonlocal at
        stop = answer.find(b"\0", at, end)
        if stop < 0:
            stop = end
        piece, at = answer[at:stop], stop + 1
        return piece

    while at < end and answer.startswith(b":", at):
        about = token()
        parents = len(about) - len(about.lstrip(b":"))
        words = about[parents:].decode("ascii").split(" ")
        modes, oids, status = words[: parents + 1], words[parents + 1 : -1], words[-1]
        letter = status[0]
        was = token() if parents == 1 and letter in "RC" else None
        path = token()
        old, new = oids[0], oids[-1]
        yield Touched(
            what="changed" if parents > 1 else _WHAT.get(letter, "changed"),
            was=was,
            path=path,
            old_mode=modes[0],
            new_mode=modes[-1],
            old=old if old.strip("0") else None,
            new=new if new.strip("0") else None,
            sections=2 if letter == "T" else 1,
            sides=tuple(oid for oid in oids if oid.strip("0")),
        )


def with_patches(files: list[Touched], patch: bytes) -> list[Touched]:
    """Give each file its part of the commit's patch. Raises PatchLost where they don't fit."""
    parts = list(_sections(patch))
    position, found = 0, []
    for file in files:
        mine = parts[position : position + file.sections]
        position += file.sections
        if len(mine) < file.sections:
            raise PatchLost
        body = b"".join(hunks for _header, hunks in mine)
        is_binary = any(b"\nBinary files " in header for header, _hunks in mine)
        for header, _hunks in mine:
            index = _INDEX.search(header)
            if index and file.sections == 1 and not _fits(index, file):
                raise PatchLost
        found.append(replace(file, patch=body, is_binary=is_binary))
    if position != len(parts):
        raise PatchLost
    return found


def combined(files: list[Touched], patch: bytes) -> list[Touched]:
    """Give a merge's files their combined patches; those without one merged by themselves."""
    by_result: dict[str | None, bytes] = {}
    for header, hunks in _sections(patch):
        if index := _INDEX.search(header):
            by_result[index[2].decode()] = hunks
    shown = [file for file in files if by_result.get(file.new)]
    return [replace(file, patch=flattened(by_result[file.new])) for file in shown]


def flattened(hunks: bytes) -> bytes:
    """Turn a combined patch into an ordinary one that shows what the merge itself decided.

    A line that no side had is added, one that every side had and the result has not is removed;
    what came whole from one side is context, what only one side had and lost is left out.
    """
    out: list[bytes] = []
    columns = 1
    for line in hunks.split(b"\n"):
        header = _HUNK.match(line)
        if header:
            columns = len(header[1]) - 1
            ranges = line[columns + 2 :].split(b" ")
            out.append(b"@@ %b %b @@" % (ranges[0], ranges[columns]))
            continue
        marks, text = line[:columns], line[columns:]
        if marks in (b"+" * columns, b"-" * columns):
            out.append(marks[:1] + text)
        elif b"-" not in marks and not marks.startswith(b"\\"):
            out.append(b" " + text if line else b"")
    return b"\n".join(out)


def _fits(index: re.Match[bytes], file: Touched) -> bool:
    zero = "0" * len(index[2])
    return (index[1].decode(), index[2].decode()) == (file.old or zero, file.new or zero)


def _sections(patch: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each file's header and hunks.

    Every line of a file's content has a mark before it and paths are quoted, so that what looks
    like a header at the start of a line is one.
    """
    starts = [found.start() for found in _SECTION.finditer(patch)]
    if patch and starts[:1] != [0]:
        raise PatchLost
    for start, end in pairwise([*starts, len(patch)]):
        hunks = patch.find(b"\n@@", start, end)
        cut = end if hunks < 0 else hunks + 1
        yield patch[start:cut], patch[cut:end]
