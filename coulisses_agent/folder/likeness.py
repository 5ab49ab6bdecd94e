"""A text that was moved and changed in one go stays the same file: most of it is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from coulisses_agent.folder import content
from coulisses_agent.folder.memory import Memory
from coulisses_agent.folder.moved import Known
from coulisses_readers import text
from coulisses_readers.look import Unreadable

_MOST = 20  # files on each side; beyond, a burst is no editor's renaming
_LONGEST = 256 << 10  # bytes
_ALIKE = 0.5  # of the longer one's letters
_SHORTEST = 3  # characters of a line that says something


def pairs(
    removed: Mapping[bytes, Known],
    added: Mapping[bytes, Known],
    kept: Memory,
    full: Callable[[bytes], bytes],
) -> list[tuple[bytes, bytes]]:
    """Return (path, was) of texts that are mostly the same, the likest first."""
    if not 0 < len(removed) <= _MOST or not 0 < len(added) <= _MOST:
        return []
    before = {path: lines for path, known in removed.items() if (lines := _kept(kept, known))}
    after = {path: lines for path, known in added.items() if (lines := _read(full(path), known))}
    likest = sorted(
        ((_likeness(a, b), path, was) for path, a in after.items() for was, b in before.items()),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    found: list[tuple[bytes, bytes]] = []
    for likeness, path, was in likest:
        if likeness < _ALIKE:
            break
        if not any(path == p or was == w for p, w in found):
            found.append((path, was))
    return found


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    shared = one & other
    return _letters(shared) / max(1, _letters(one), _letters(other))


def _letters(lines: Counter[str]) -> int:
    return sum(len(line) * count for line, count in lines.items())


def _kept(kept: Memory, known: Known) -> Counter[str] | None:
    look = kept.look(known.version)
    return _lines(look.text) if look and look.text else None


def _read(path: bytes, known: Known) -> Counter[str] | None:
    if known.stamp.size > _LONGEST:
        return None
    data = content.read(path, known.stamp, known.digest)
    try:
        return _lines(text.read(data)) if data else None
    except Unreadable:
        return None


def _lines(words: str) -> Counter[str]:
    lines = (line.strip() for line in words.split("\n"))
    return Counter(line for line in lines if len(line) >= _SHORTEST)
