"""The tree, against published vectors, another implementation and its own properties."""

import hashlib

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses.lib import tree

# The reference tree of the Certificate Transparency project, used by the RFCs' implementations.
VECTOR_DATA = [
    bytes.fromhex(data)
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
VECTOR_LEAVES = [tree.leaf_hash(data) for data in VECTOR_DATA]
VECTOR_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
VECTOR_PATHS = {
    (0, 1): [],
    (0, 8): [A, B, C],
    (5, 8): [D, E, VECTOR_ROOTS[4]],
    (2, 3): [VECTOR_ROOTS[2]],
    (1, 5): [VECTOR_ROOTS[1], B, D],
}
VECTOR_CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [A, B, C],
    (6, 8): [F, E, VECTOR_ROOTS[4]],
    (2, 5): [B, D],
}

sizes = st.integers(1, 70)


def leaves_of(size: int) -> list[bytes]:
    return [tree.leaf_hash(b"%d" % index) for index in range(size)]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_are_found(size):
    assert tree.root_of(VECTOR_LEAVES[:size]).hex() == VECTOR_ROOTS[size]


@pytest.mark.parametrize(("place", "path"), VECTOR_PATHS.items())
def test_the_published_inclusion_proofs_are_found_and_hold(place, path):
    index, size = place
    proof = tree.inclusion_proof(VECTOR_LEAVES, index, size)
    assert [one.hex() for one in proof] == path
    root = bytes.fromhex(VECTOR_ROOTS[size])
    assert tree.verify_inclusion(VECTOR_LEAVES[index], index, size, proof, root)


@pytest.mark.parametrize(("place", "path"), VECTOR_CONSISTENCIES.items())
def test_the_published_consistency_proofs_are_found_and_hold(place, path):
    old, new = place
    proof = tree.consistency_proof(VECTOR_LEAVES, old, new)
    assert [one.hex() for one in proof] == path
    roots = bytes.fromhex(VECTOR_ROOTS[old]), bytes.fromhex(VECTOR_ROOTS[new])
    assert tree.verify_consistency(old, new, *roots, proof)


def test_the_consistency_example_of_the_rfc_is_followed():
    leaves = leaves_of(7)
    root = tree.root_of
    c, d, g = leaves[2:3], leaves[3:4], leaves[:2]
    expected = [root(c), root(d), root(g), root(leaves[4:])]
    assert tree.consistency_proof(leaves, 3, 7) == expected
    assert tree.consistency_proof(leaves, 4, 7) == [root(leaves[4:])]
    assert tree.consistency_proof(leaves, 6, 7) == [root(leaves[4:6]), leaves[6], root(leaves[:4])]


@settings(deadline=None)
@given(sizes, st.data())
def test_another_implementation_finds_the_same_root_and_path(size, data):
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    for index in range(size):
        theirs.append_entry(b"%d" % index)
    leaves = leaves_of(size)
    assert theirs.get_root() == tree.root_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    path = [
        bytes.fromhex(one) for one in theirs.prove_inclusion(index + 1, size).serialize()["path"]
    ]
    path.remove(leaves[index])
    assert sorted(path) == sorted(tree.inclusion_proof(leaves, index, size))


@given(st.integers(0, 300))
def test_a_frontier_grown_leaf_by_leaf_has_the_root_and_survives_its_bytes(size):
    frontier = tree.Frontier()
    for leaf in leaves_of(size):
        frontier = tree.Frontier.from_bytes(frontier.size, frontier.to_bytes()).append(leaf)
    assert frontier.size == size
    assert frontier.root() == tree.root_of(leaves_of(size))
    assert len(frontier.to_bytes()) == 32 * size.bit_count()


@pytest.mark.parametrize(("size", "raw"), [(1, b""), (0, b"x" * 32), (1, b"x" * 31), (-1, b"")])
def test_a_frontier_that_does_not_fit_its_size_is_refused(size, raw):
    with pytest.raises(tree.BadFrontier):
        tree.Frontier.from_bytes(size, raw)


@given(sizes, st.data())
def test_an_inclusion_proof_holds_for_its_own_leaf_only(size, data):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    root = tree.root_of(leaves)
    proof = tree.inclusion_proof(leaves, index, size)
    assert tree.verify_inclusion(leaves[index], index, size, proof, root)
    assert not tree.verify_inclusion(tree.leaf_hash(b"forged"), index, size, proof, root)
    assert not tree.verify_inclusion(leaves[index], index, size, proof, tree.EMPTY_ROOT)
    assert not tree.verify_inclusion(leaves[index], index, size, [*proof, root], root)
    assert not tree.verify_inclusion(leaves[index], size, size, proof, root)
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert not tree.verify_inclusion(leaves[index], other, size, proof, root)
    if proof:
        assert not tree.verify_inclusion(leaves[index], index, size, proof[:-1], root)
        spoilt = data.draw(st.integers(0, len(proof) - 1))
        proof[spoilt] = bytes([proof[spoilt][0] ^ 1]) + proof[spoilt][1:]
        assert not tree.verify_inclusion(leaves[index], index, size, proof, root)


@given(sizes, st.data())
def test_a_consistency_proof_holds_and_a_rewritten_past_is_seen(size, data):
    leaves = leaves_of(size)
    old = data.draw(st.integers(0, size))
    roots = tree.root_of(leaves[:old]), tree.root_of(leaves)
    proof = tree.consistency_proof(leaves, old, size)
    assert len(proof) <= 2 * size.bit_length()
    assert tree.verify_consistency(old, size, *roots, proof)
    assert not tree.verify_consistency(old, size, *roots, [*proof, roots[1]])
    assert not tree.verify_consistency(old, size, b"x" * 32, roots[1], proof)
    if 0 < old < size:
        assert not tree.verify_consistency(old, size, *roots, proof[:-1])
        assert not tree.verify_consistency(old, size, roots[0], b"x" * 32, proof)
        struck = data.draw(st.integers(0, old - 1))
        forged = [*leaves[:struck], tree.leaf_hash(b"forged"), *leaves[struck + 1 :]]
        forged_proof = tree.consistency_proof(forged, old, size)
        assert not tree.verify_consistency(old, size, roots[0], tree.root_of(forged), forged_proof)


@given(sizes, st.data())
def test_the_ranges_of_a_proof_split_into_subtrees_that_fold_to_their_root(size, data):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    for start, stop in tree.inclusion_ranges(index, size) + tree.consistency_ranges(old, size):
        subtrees = tree.complete_subtrees(start, stop)
        roots = [tree.root_of(leaves[i << level : (i + 1) << level]) for level, i in subtrees]
        assert tree.fold(roots) == tree.root_of(leaves[start:stop])


@pytest.mark.parametrize("index", [-1, 3, 9])
def test_no_proof_is_made_of_a_leaf_outside_the_tree(index):
    with pytest.raises(tree.OutOfTree):
        tree.inclusion_proof(leaves_of(3), index, 3)


@pytest.mark.parametrize(("old", "new"), [(-1, 2), (3, 2), (1, 4)])
def test_no_proof_is_made_between_sizes_the_tree_does_not_have(old, new):
    with pytest.raises(tree.OutOfTree):
        tree.consistency_proof(leaves_of(3), old, new)


def test_a_leaf_is_never_mistaken_for_a_node():
    assert tree.leaf_hash(b"a") == hashlib.sha256(b"\x00a").digest()
    assert tree.node_hash(b"a", b"b") == hashlib.sha256(b"\x01ab").digest()
