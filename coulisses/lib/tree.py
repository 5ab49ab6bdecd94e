"""The Merkle tree of a log, with the hashes of RFC 9162 section 2.1.

A *range* `(start, stop)` stands for the leaves `start … stop - 1`, counted from 0. Proofs are first
worked out as ranges, so that whoever keeps subtrees (tiles, say) reads only what a proof needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class BadFrontier(ValueError):
    """A frontier's hashes do not fit its size."""


class OutOfTree(IndexError):
    """A leaf or a size was asked for that the tree does not have."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: the roots of its complete subtrees, widest first; O(log size).

    A frontier never changes: `append` gives a new one. It holds a hash for each 1 in the binary
    form of its size.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise BadFrontier(f"{len(self.hashes)} hashes do not make a frontier of {self.size}")
        if any(len(one) != HASH_BYTES for one in self.hashes):
            raise BadFrontier("a frontier is made of hashes of 32 bytes")

    @classmethod
    def from_bytes(cls, size: int, raw: bytes) -> Frontier:
        """Read what `to_bytes` wrote; BadFrontier when it does not fit the size."""
        raw = bytes(raw)
        if len(raw) % HASH_BYTES:
            raise BadFrontier("a frontier is made of hashes of 32 bytes")
        return cls(size, tuple(raw[at : at + HASH_BYTES] for at in range(0, len(raw), HASH_BYTES)))

    def to_bytes(self) -> bytes:
        """The hashes one after the other, 32 bytes each, widest subtree first."""
        return b"".join(self.hashes)

    def append(self, leaf: bytes) -> Frontier:
        """The frontier of the same tree with one more leaf, given as its `leaf_hash`."""
        hashes = list(self.hashes)
        _push(hashes, self.size, leaf)
        return Frontier(self.size + 1, tuple(hashes))

    def root(self) -> bytes:
        """The root of the whole tree (of an empty one: SHA-256 of nothing)."""
        return fold(self.hashes)


def fold(subtrees: Sequence[bytes]) -> bytes:
    """The root above complete subtrees that stand side by side, widest first."""
    if not subtrees:
        return EMPTY_ROOT
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, read once, in O(log n) memory."""
    hashes: list[bytes] = []
    for size, leaf in enumerate(leaves):
        _push(hashes, size, leaf)
    return fold(hashes)


def complete_subtrees(start: int, stop: int) -> list[tuple[int, int]]:
    """Split a range into complete subtrees, left to right, each as (level, index at that level).

    For ranges that occur in proofs (starting at a multiple of a power of two not below their width)
    these are widest first, and `fold` of their roots is the root of the range.
    """
    subtrees = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        subtrees.append((level, start >> level))
        start += 1 << level
    return subtrees


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges whose roots prove that a leaf is in a tree, from the leaf upwards."""
    if not 0 <= index < size:
        raise OutOfTree(f"leaf {index} is not in a tree of {size}")
    start, stop, path = 0, size, []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append((middle, stop))
            stop = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """The ranges whose roots prove that the tree of size `old` begins that of size `new`."""
    if not 0 <= old <= new:
        raise OutOfTree(f"a tree of {old} is not the beginning of one of {new}")
    if old in (0, new):
        return []
    start, stop, path = 0, new, []
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append((middle, stop))
            stop = middle
        else:
            path.append((start, middle))
            start = middle
    if start:
        path.append((start, stop))
    return path[::-1]


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """The proof that leaf `index` is in the tree over the first `size` leaf hashes."""
    _require_leaves(leaves, size)
    return [root_of(leaves[start:stop]) for start, stop in inclusion_ranges(index, size)]


def consistency_proof(leaves: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """The proof that the tree of the first `old` leaf hashes begins that of the first `new`."""
    _require_leaves(leaves, new)
    return [root_of(leaves[start:stop]) for start, stop in consistency_ranges(old, new)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof leads from this leaf hash at `index` to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, current = index, size - 1, leaf
    for beside in proof:
        if last == 0 or len(beside) != HASH_BYTES:
            return False
        if node & 1 or node == last:
            current = node_hash(beside, current)
            while node and not node & 1:
                node >>= 1
                last >>= 1
        else:
            current = node_hash(current, beside)
        node >>= 1
        last >>= 1
    return last == 0 and current == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that nothing of the old tree was changed (RFC 9162, 2.1.4.2).

    An empty old tree begins every tree: it is accepted with an empty proof and the empty root only.
    """
    if not 0 <= old <= new or any(len(one) != HASH_BYTES for one in proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node >>= 1
        last >>= 1
    first = second = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first = node_hash(beside, first)
            second = node_hash(beside, second)
            while node and not node & 1:
                node >>= 1
                last >>= 1
        else:
            second = node_hash(second, beside)
        node >>= 1
        last >>= 1
    return last == 0 and first == old_root and second == new_root


def _push(hashes: list[bytes], size: int, leaf: bytes) -> None:
    """Add a leaf to the frontier's hashes of a tree of that size, in place."""
    while size & 1:
        leaf = node_hash(hashes.pop(), leaf)
        size >>= 1
    hashes.append(leaf)


def _split(width: int) -> int:
    """The greatest power of two below a width of at least two leaves."""
    return 1 << (width - 1).bit_length() - 1


def _require_leaves(leaves: Sequence[bytes], size: int) -> None:
    if size > len(leaves):
        raise OutOfTree(f"there are {len(leaves)} leaves, not {size}")
