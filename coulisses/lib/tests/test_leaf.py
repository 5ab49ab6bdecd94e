"""The leaf of an entry has one form, for ever."""

import hashlib

import pytest

from coulisses.lib import leaf

LOG_ID = "a" * 26


def test_a_leaf_is_version_log_position_and_commitment():
    salt = bytes(32)
    committed = leaf.commitment(salt, b"told")
    assert committed == hashlib.sha256(salt + b"told").digest()
    data = leaf.leaf_data(LOG_ID, 412, committed)
    assert data == b"coulisses/1\n" + b"a" * 26 + (412).to_bytes(8, "big") + committed
    assert len(data) == 78


@pytest.mark.parametrize(
    ("log_id", "position", "committed"),
    [
        ("a" * 25, 1, bytes(32)),
        ("é" + "a" * 25, 1, bytes(32)),
        (LOG_ID, 0, bytes(32)),
        (LOG_ID, 1 << 64, bytes(32)),
        (LOG_ID, 1, bytes(31)),
    ],
)
def test_what_cannot_be_a_leaf_is_refused(log_id, position, committed):
    with pytest.raises(leaf.BadLeaf):
        leaf.leaf_data(log_id, position, committed)


def test_a_short_salt_is_refused():
    with pytest.raises(leaf.BadLeaf):
        leaf.commitment(b"short", b"told")
