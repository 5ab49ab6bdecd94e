"""What one entry is in the tree: `leaf_hash(leaf_data(…))` is the leaf of an entry.

The commitment hides the content behind a salt of 32 random bytes: once the salt is destroyed, the
leaf says nothing about what had been told, and the tree above it still holds.
"""

from __future__ import annotations

import hashlib

VERSION = b"coulisses/1\n"
LOG_ID_CHARS = 26
SALT_BYTES = 32
COMMITMENT_BYTES = 32


class BadLeaf(ValueError):
    """A log id, a position, a salt or a commitment has a shape that no leaf has."""


def commitment(salt: bytes, content: bytes) -> bytes:
    """What a leaf holds of an entry's canonical bytes: SHA-256(salt, 32 bytes ‖ content)."""
    if len(salt) != SALT_BYTES:
        raise BadLeaf("a salt is 32 bytes")
    return hashlib.sha256(salt + content).digest()


def leaf_data(log_id: str, position: int, commitment: bytes) -> bytes:
    """The bytes that a leaf hashes: version ‖ log id ‖ position ‖ commitment.

    The log id is 26 ASCII characters, the position a big-endian uint64, the commitment 32 bytes.
    Positions count from 1: the entry at position p is leaf p - 1 of the tree.
    """
    if len(log_id) != LOG_ID_CHARS or not log_id.isascii():
        raise BadLeaf("a log's id is 26 ASCII characters")
    if not 1 <= position < 1 << 64:
        raise BadLeaf("a position is a number from 1 that fits 64 bits")
    if len(commitment) != COMMITMENT_BYTES:
        raise BadLeaf("a commitment is 32 bytes")
    return VERSION + log_id.encode("ascii") + position.to_bytes(8, "big") + commitment
