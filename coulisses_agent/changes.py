"""What a commit did to one file, as a capture shows it: before, after and what differs."""

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from coulisses_agent.git import names, saves, touched
from coulisses_agent.git.touched import Touched
from coulisses_readers import code, prose, registry, text
from coulisses_readers.look import Unreadable

Change = dict[str, Any]

LARGEST_PICTURE = 64 << 20  # bytes; of larger ones only name and size are told
LARGEST_TABLE = 8 << 20
LONGEST_WORDS = 1500  # characters of prose in an excerpt
_MOST_COMPARED = 8_000  # characters of prose compared word by word for one excerpt
# Bytes of what is looked at and compared by its looks; of larger ones only name and size are told.
LOOKED_AT = {
    "picture": LARGEST_PICTURE,
    "sound": LARGEST_PICTURE,
    "document": LARGEST_PICTURE,
    "figures": LARGEST_TABLE,
}
NO_LINES = frozenset({"picture", "sound", "document"})  # of which a patch says nothing
_RANKS = {"picture": 0, "sound": 0, "document": 1, "figures": 1, "prose": 1, "code": 2}


@lru_cache(maxsize=1 << 14)
def reader_of(path: bytes) -> str:
    """Return the reader of a file by its name alone; any text that no other reads is code."""
    return registry.reader_for(names.path(path), b"")


def rank(path: bytes) -> int:
    """Return how early a file is shown: pictures and sounds 0, what is read 1, others later."""
    return _RANKS.get(reader_of(path), 3)


def weight(file: Touched) -> float:
    """Return how much of a file changed, in lines, less where a machine wrote them."""
    patch = file.patch or b""
    lines = patch.count(b"\n+") + patch.count(b"\n-")
    return lines * code.tellingness(names.path(file.path))


def patch_text(file: Touched) -> str:
    """Return the patch as text. Raises Unreadable ("binary", "bad_encoding")."""
    return text.decode(file.patch) if file.patch else ""


def of(file: Touched, sizes: Mapping[str, int]) -> Change:
    """Return the change of a file whose patch is known, as far as it can be."""
    change: Change = {
        "path": names.path(file.path),
        "was": names.path(file.was) if file.was else None,
        "what": file.what,
        "reader": _reader(file),
        "before": _side(file.old, sizes),
        "after": _side(file.new, sizes),
        "reason": None,
    }
    if change["reader"] == "submodule":
        return change
    if any(oid not in sizes for oid in file.blobs):
        return change | {"reason": "missing"}
    if change["reader"] in LOOKED_AT:
        largest = max((sizes[oid] for oid in file.blobs), default=0)
        is_large = largest > LOOKED_AT[change["reader"]]
        return change | {"reason": "too_large" if is_large else None}
    return change | _text_parts(file, change["reader"], sizes)


def _reader(file: Touched) -> str:
    if file.mode == touched.SUBMODULE:
        return "submodule"
    if file.mode == touched.SYMLINK:
        return "link"
    reader = reader_of(file.path)
    return "plain" if file.is_binary and reader in ("prose", "code") else reader


def _side(oid: str | None, sizes: Mapping[str, int]) -> dict[str, Any] | None:
    return {"version": f"git:{oid}", "bytes": sizes.get(oid, 0)} if oid else None


def _text_parts(file: Touched, reader: str, sizes: Mapping[str, int]) -> Change:
    if max((sizes[oid] for oid in file.blobs), default=0) > saves.LARGEST_TEXT:
        return {"reason": "too_large"}
    if reader == "plain" or file.is_binary or (file.patch is None and file.what != "renamed"):
        return {"reader": "plain", "reason": "binary"}
    try:
        patch = patch_text(file)
    except Unreadable as unreadable:
        return {"reader": "plain", "reason": unreadable.reason}
    if reader == "link":
        return _link(names.text(file.path), patch)
    if reader == "prose":
        return _prose(patch)
    return dict(code.from_unified(patch, names.path(file.path)))


def _prose(patch: str) -> Change:
    hunks = _hunks(patch)
    marks = [line[:1] for hunk in hunks for line in hunk]
    words: list[list[str]] = []
    for hunk in _fullest(hunks):
        if words:
            words.append(["…", ""])
        before = "\n".join(line[1:] for line in hunk if line[0] in " -")
        after = "\n".join(line[1:] for line in hunk if line[0] in " +")
        words += prose.word_diff(text.neutral(before), text.neutral(after))
    return {
        "words": prose.excerpt(words, LONGEST_WORDS),
        "added": marks.count("+"),
        "removed": marks.count("-"),
    }


def _hunks(patch: str) -> list[list[str]]:
    """Return each hunk's lines with their marks, without its header."""
    hunks: list[list[str]] = []
    for line in patch.split("\n"):
        if line.startswith("@@"):
            hunks.append([])
        elif line[:1] in ("+", "-", " ") and line and hunks:
            hunks[-1].append(line)
    return hunks


def _fullest(hunks: list[list[str]]) -> list[list[str]]:
    """Return the hunks that can be compared at a bounded cost: all, or those that changed most."""
    if sum(len(line) for hunk in hunks for line in hunk) <= _MOST_COMPARED:
        return hunks
    room = _MOST_COMPARED
    chosen: set[int] = set()
    sizes = [sum(len(line) for line in hunk if line[0] in "+-") for hunk in hunks]
    for index in sorted(range(len(hunks)), key=lambda index: -sizes[index]):
        room -= sum(map(len, hunks[index]))
        if room < 0 and chosen:
            break
        chosen.add(index)
    return [_shortened(hunks[index]) for index in sorted(chosen)]


def _shortened(hunk: list[str]) -> list[str]:
    """Cut each side of a hunk of one huge change: what is shown of it is an excerpt anyhow."""
    room = {"-": _MOST_COMPARED // 2, "+": _MOST_COMPARED // 2, " ": _MOST_COMPARED // 4}
    kept = []
    for line in hunk:
        if room[line[0]] > 0:
            kept.append(line[: max(2, room[line[0]])])
            room[line[0]] -= len(line)
    return kept


def _link(path: str, patch: str) -> Change:
    """Show where a link points to, unless that is out of the folder: names there are private."""
    words = [[line[0], line[1:]] for hunk in _hunks(patch) for line in hunk if line[0] in "+-"]
    if any(leads_out(path, target) for _mark, target in words):
        return {"reason": "link_out"}
    return {"words": [[mark, text.neutral(target)] for mark, target in words]}


def leads_out(path: str, target: str) -> bool:
    """Does a link at a path point out of the folder that it is told of?"""
    if target.startswith(("/", "\\")) or ":" in target.split("/")[0]:
        return True
    end = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return end.startswith("../") or end == ".."
