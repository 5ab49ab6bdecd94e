"""A tree cut into tiles of 256 hashes, as C2SP tlog-tiles serves it.

https://c2sp.org/tlog-tiles. Level 0 holds leaf hashes; each hash of level L + 1 is the root of one
*full* tile of level L. A tile, once full, never changes, and a partial one only grows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from coulisses.lib import tree

WIDTH = 256  # hashes of a full tile
HEIGHT = 8  # binary levels of a tile
LAST_LEVEL = 63

HashReader = Callable[[int, int, int], Sequence[bytes]]
"""`hashes(level, start, stop)`: the hashes of a tile level, which must all exist."""

_PATH = re.compile(
    r"tile/(?P<level>0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


class BadTilePath(ValueError):
    """This is not the path of a tile."""


class TileOutOfTree(LookupError):
    """The tree does not have this tile, or not so wide."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its level, its index within the level, and how many hashes wide it is."""

    level: int
    index: int
    width: int = WIDTH

    @classmethod
    def parse(cls, path: str) -> Tile:
        """Read `tile/<L>/<N>[.p/<W>]`; BadTilePath unless it is spelt in its one lawful way."""
        found = _PATH.fullmatch(path)
        if not found:
            raise BadTilePath(path)
        index = int(found["index"].replace("x", "").replace("/", ""))
        tile = cls(int(found["level"]), index, int(found["width"] or WIDTH))
        if tile.level > LAST_LEVEL or tile.path() != path:
            raise BadTilePath(path)
        return tile

    def path(self) -> str:
        """The tile's address below the log's prefix, as `tile/0/x001/234` or `tile/1/000.p/12`."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        number = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        partial = "" if self.is_full else f".p/{self.width}"
        return f"tile/{self.level}/{number}{partial}"

    @property
    def is_full(self) -> bool:
        """Whether it has all its 256 hashes."""
        return self.width == WIDTH


@dataclass(frozen=True, slots=True)
class TiledTree:
    """The tree of a size, whose hashes are read a tile's worth at a time: proofs in O(log size)."""

    size: int
    hashes: HashReader

    def root(self) -> bytes:
        """The root of the whole tree."""
        return self.range_root(0, self.size)

    def range_root(self, start: int, stop: int) -> bytes:
        """The root over leaves start … stop - 1, a range that occurs in a proof."""
        return tree.fold(
            [self._subtree(level, index) for level, index in tree.complete_subtrees(start, stop)]
        )

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The proof that leaf `index` is in the tree; `tree.OutOfTree` when it is not."""
        return [self.range_root(*part) for part in tree.inclusion_ranges(index, self.size)]

    def consistency_proof(self, old: int) -> list[bytes]:
        """The proof that the tree of size `old` begins this one; raises `tree.OutOfTree`."""
        return [self.range_root(*part) for part in tree.consistency_ranges(old, self.size)]

    def tile(self, tile: Tile) -> bytes:
        """A tile's bytes, 32 a hash; TileOutOfTree when this tree does not reach so far.

        A tile may be asked for narrower than it is by now: older trees have it so.
        """
        first = tile.index * WIDTH
        if tile.level > LAST_LEVEL or first + tile.width > self.size >> HEIGHT * tile.level:
            raise TileOutOfTree(tile.path())
        return b"".join(self.hashes(tile.level, first, first + tile.width))

    def _subtree(self, level: int, index: int) -> bytes:
        """The root of a complete binary subtree, which always lies within one tile."""
        within = level % HEIGHT
        start = index << within
        return tree.root_of(self.hashes(level // HEIGHT, start, start + (1 << within)))


class Keeper(Protocol):
    """Keeps roots of full tiles, which never change, so that they are worked out once."""

    def find(self, level: int, start: int, stop: int) -> dict[int, bytes]:
        """Those hashes of a tile level that are kept, by index."""

    def keep(self, level: int, hashes: dict[int, bytes]) -> None:
        """Keep these too."""


class NothingKept:
    """A keeper that forgets: every hash is worked out from the leaves."""

    def find(self, level: int, start: int, stop: int) -> dict[int, bytes]:
        """Nothing."""
        return {}

    def keep(self, level: int, hashes: dict[int, bytes]) -> None:
        """Forget them."""


def from_leaves(
    leaf_hashes: Callable[[int, int], Sequence[bytes]], keeper: Keeper | None = None
) -> HashReader:
    """Read every level's hashes from `leaf_hashes(start, stop)`, asking the keeper first."""
    kept = keeper or NothingKept()

    def hashes(level: int, start: int, stop: int) -> Sequence[bytes]:
        if level == 0:
            return leaf_hashes(start, stop)
        known = kept.find(level, start, stop)
        found = {
            index: tree.root_of(hashes(level - 1, index * WIDTH, (index + 1) * WIDTH))
            for index in range(start, stop)
            if index not in known
        }
        if found:
            kept.keep(level, found)
            known = known | found
        return [known[index] for index in range(start, stop)]

    return hashes
