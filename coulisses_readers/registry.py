"""Which reader reads a file: asked by its name and its first bytes."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import coulisses_readers
from coulisses_readers.look import Look, Unreadable

# Enough of a file's beginning for `reader_for`, in bytes.
HEAD = 8192

_OF_CHANGE = frozenset({"words", "hunks", "added", "removed", "figures"})
_OF_VERSION = frozenset({"changed", "where", "changed_pages"})
COMPARED = _OF_CHANGE | _OF_VERSION
"""What `compare` may tell. In a capture: `words`, `hunks`, `added`, `removed`, `figures`, as
the kind `capture.taken` describes them. Among a version's facts: `changed`, the share of a
picture's surface in thousandths, `where`, [left, top, width, height] in thousandths, and
`changed_pages`, the numbers of a document's pages that are new or look different."""


def _is_never(head: bytes) -> bool:
    return False


def _is_ever(head: bytes) -> bool:
    return True


def _stay_cold() -> None:
    pass


@dataclass(frozen=True)
class Reader:
    """One kind of file. Readers are asked in the order of their rank; the last one takes all.

    A file is this reader's when `is_magic` recognises its first bytes whatever it is called, or
    when its name says so (`suffixes` with their dot, whole `names`; lower case) and
    `is_fit` finds nothing against it in its first bytes.

    Several files may read for one `name`: a phone's photo and a layered picture are both a
    "picture". `compare` tells what changed between two looks (the first is None for a new file)
    at a file of that name, as the fields in `COMPARED`: it sees what was shown of each, no more.

    `warm` loads what `look` needs and what only the child should hold: a library is imported there
    and within `look`, not with the module. The child calls it once, while it can still open files.
    """

    name: str
    look: Callable[[bytes, str], Look]
    rank: int
    suffixes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    is_magic: Callable[[bytes], bool] = _is_never
    is_fit: Callable[[bytes], bool] = _is_ever
    compare: Callable[[Look | None, Look, str], dict[str, Any]] | None = None
    warm: Callable[[], None] = _stay_cold

    def claims(self, name: str, head: bytes) -> bool:
        """Whether a file of this name, without its folder, that begins so is for this reader."""
        if self.is_magic(head):
            return True
        stem, dot, suffix = name.rpartition(".")
        is_named = name in self.names or bool(dot and stem and f".{suffix}" in self.suffixes)
        return is_named and self.is_fit(head)


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of this folder, in the order in which they are asked."""
    modules = (
        importlib.import_module(f"{coulisses_readers.__name__}.{found.name}")
        for found in pkgutil.iter_modules(coulisses_readers.__path__)
        if not found.ispkg
    )
    found = [reader for module in modules if (reader := getattr(module, "READER", None))]
    return tuple(sorted(found, key=lambda reader: (reader.rank, reader.name)))


def reader_for(path: str, head: bytes) -> str:
    """The name of the reader of a file called `path` whose first bytes are `head`."""
    return _chosen(path, head).name


def look(data: bytes, name: str) -> Look:
    """What the file's reader sees; raises Unreadable. In the child process only: see `sandbox`."""
    if not data:
        raise Unreadable("empty")
    return _chosen(name, data[:HEAD]).look(data, name)


def compare(before: Look | None, after: Look, name: str) -> dict[str, Any]:
    """What changed between two looks at a file called `name`; {} where no reader can tell."""
    if before is not None and before.reader != after.reader:
        before = None
    for reader in readers():
        if reader.name == after.reader and reader.compare:
            return reader.compare(before, after, name)
    return {}


def of_change(found: Mapping[str, Any]) -> dict[str, Any]:
    """What of a comparison is told in a capture, by the change itself."""
    return {part: told for part, told in found.items() if part in _OF_CHANGE}


def of_version(found: Mapping[str, Any]) -> dict[str, Any]:
    """What of a comparison is told among the facts of the version that came."""
    return {part: told for part, told in found.items() if part in _OF_VERSION}


def _chosen(path: str, head: bytes) -> Reader:
    # Once for all readers: a repository may ask about a hundred thousand names.
    name = path.lower().replace("\\", "/").rstrip("/").rpartition("/")[2]
    return next(reader for reader in readers() if reader.claims(name, head))
