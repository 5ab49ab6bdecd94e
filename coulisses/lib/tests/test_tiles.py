"""Tiles: their addresses, their bytes, and proofs read from them."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses.lib import tiles, tree
from coulisses.lib.tiles import Tile, TiledTree

LEAVES = [tree.leaf_hash(b"%d" % index) for index in range(70_000)]


def tree_of(size: int, keeper: tiles.Keeper | None = None) -> TiledTree:
    return TiledTree(size, tiles.from_leaves(lambda start, stop: LEAVES[start:stop], keeper))


@cache
def root_at(size: int) -> bytes:
    return tree.root_of(LEAVES[:size])


class Drawer:
    """A keeper in memory that counts what it was asked to keep."""

    def __init__(self) -> None:
        self.kept: dict[tuple[int, int], bytes] = {}
        self.times = 0

    def find(self, level, start, stop):
        places = range(start, stop)
        return {at: self.kept[level, at] for at in places if (level, at) in self.kept}

    def keep(self, level, hashes):
        self.times += 1
        self.kept.update({(level, at): one for at, one in hashes.items()})


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(1, 7, 12), "tile/1/007.p/12"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(0, 1000), "tile/0/x001/000"),
        (Tile(2, 1234067), "tile/2/x001/x234/067"),
        (Tile(63, 1234067, 255), "tile/63/x001/x234/067.p/255"),
    ],
)
def test_a_tile_has_one_address(tile, path):
    assert tile.path() == path
    assert Tile.parse(path) == tile


@given(st.integers(0, 63), st.integers(0, 10**15 - 1), st.integers(1, 256))
def test_every_address_is_read_again(level, index, width):
    tile = Tile(level, index, width)
    assert Tile.parse(tile.path()) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0",
        "tile/0/0",
        "tile/0/00",
        "tile/00/000",
        "tile/-1/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000/",
        "tile/0/٠٠٠",
        "tile/0/000\n",
        "tile/entries/000",
        "tile/0/" + "x999/" * 40 + "999",
    ],
)
def test_what_is_not_the_address_of_a_tile_is_refused(path):
    with pytest.raises(tiles.BadTilePath):
        Tile.parse(path)


def test_the_tree_of_the_specification_s_example_has_these_tiles_and_no_more():
    example = tree_of(70_000)
    assert len(example.tile(Tile(0, 272))) == 8192
    assert len(example.tile(Tile(0, 273, 112))) == 112 * 32
    assert len(example.tile(Tile(1, 0))) == 8192
    assert len(example.tile(Tile(1, 1, 17))) == 17 * 32
    assert example.tile(Tile(2, 0, 1)) == root_at(65_536)
    for beyond in (
        Tile(0, 273, 113),
        Tile(0, 274, 1),
        Tile(1, 1, 18),
        Tile(2, 0, 2),
        Tile(3, 0, 1),
    ):
        with pytest.raises(tiles.TileOutOfTree):
            example.tile(beyond)


def test_a_full_tile_makes_a_hash_of_the_level_above():
    small = tree_of(256)
    assert small.tile(Tile(1, 0, 1)) == tree.root_of(LEAVES[:256])
    with pytest.raises(tiles.TileOutOfTree):
        tree_of(255).tile(Tile(1, 0, 1))


def test_an_older_and_narrower_tile_is_still_given():
    assert tree_of(300).tile(Tile(0, 0, 3)) == b"".join(LEAVES[:3])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 3000))
def test_the_root_read_from_tiles_is_the_root(size):
    assert tree_of(size).root() == root_at(size)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 3000), st.data())
def test_proofs_read_from_tiles_are_the_tree_s_proofs(size, data):
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    leaves = LEAVES[:size]
    assert tree_of(size).inclusion_proof(index) == tree.inclusion_proof(leaves, index, size)
    assert tree_of(size).consistency_proof(old) == tree.consistency_proof(leaves, old, size)


def test_what_is_kept_is_never_worked_out_again():
    drawer = Drawer()
    assert tree_of(70_000, drawer).root() == root_at(70_000)
    kept, times = dict(drawer.kept), drawer.times
    read = []

    def leaf_hashes(start: int, stop: int) -> list[bytes]:
        read.append(stop - start)
        return LEAVES[start:stop]

    again = TiledTree(70_000, tiles.from_leaves(leaf_hashes, drawer))
    assert again.root() == root_at(70_000)
    again.inclusion_proof(123)
    assert sum(read) <= 3 * tiles.WIDTH
    assert (drawer.kept, drawer.times) == (kept, times)
