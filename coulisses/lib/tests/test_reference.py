"""The reference implementation accepts our notes, tiles and proofs; what it took is recorded."""

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coulisses.lib import leaf, notes, tiles, tree
from coulisses.lib.tests import reference

RECORDED = Path(__file__).parent / "reference" / "recorded.json"
LOG_ID = "abcdefghijklmnopqrstuvwxyz"
SIGNER = notes.Signer(
    f"coulisses/{LOG_ID}", Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"key").digest())
)
SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 300, 65_536, 66_000]


def data_of(position: int) -> bytes:
    """The leaf of an entry that anybody can make again."""
    salt = hashlib.sha256(b"salt %d" % position).digest()
    return leaf.leaf_data(LOG_ID, position, leaf.commitment(salt, b"told %d" % position))


DATAS = [data_of(position) for position in range(1, SIZES[-1] + 1)]
LEAVES = [tree.leaf_hash(data) for data in DATAS]


def checkpoint(size: int) -> bytes:
    root = tree.root_of(LEAVES[:size])
    return notes.sign(notes.Checkpoint(SIGNER.name, size, root).text(), SIGNER)


def serve(folder: Path, size: int) -> None:
    """Lay a log out in a folder as a house serves it."""
    folder.joinpath("vkey").write_text(SIGNER.verifier.vkey() + "\n")
    folder.joinpath("checkpoint").write_bytes(checkpoint(size))
    for path, raw in tiles_of(size).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)


def tiles_of(size: int) -> dict[str, bytes]:
    """Every tile of the tree of a size, by address."""
    tiled = tiles.TiledTree(size, tiles.from_leaves(lambda start, stop: LEAVES[start:stop]))
    found = {}
    for level in range(8):
        hashes = size >> tiles.HEIGHT * level
        for index in range(-(-hashes // tiles.WIDTH)):
            width = min(tiles.WIDTH, hashes - index * tiles.WIDTH)
            tile = tiles.Tile(level, index, width)
            found[tile.path()] = tiled.tile(tile)
    return found


@pytest.mark.parametrize("size", [1, 256, 300, 66_000])
def test_the_reference_accepts_our_log_and_we_accept_its_note(size, tmp_path):
    serve(tmp_path, size)
    sizes = [one for one in SIZES if one <= size]
    asked = reference.questions(DATAS[:size], sizes if size < 1000 else [300, 65_536, size])
    tmp_path.joinpath("questions.json").write_text(json.dumps(asked))
    answer = reference.ask(tmp_path)
    verifier = notes.Verifier.from_vkey(answer["vkey"])
    assert verifier.vkey() == answer["vkey"]
    text = notes.open_note(answer["note"].encode(), [verifier])
    assert notes.Checkpoint.parse(text) == notes.Checkpoint("coulisses/reference", 1, bytes(32))


@pytest.mark.parametrize("spoilt", ["checkpoint", "tile/0/000", "tile/1/000.p/1", "questions.json"])
def test_the_reference_refuses_a_spoilt_log(spoilt, tmp_path):
    serve(tmp_path, 300)
    asked = reference.questions(DATAS[:300], [300])
    tmp_path.joinpath("questions.json").write_text(json.dumps(asked))
    place = tmp_path / spoilt
    if spoilt == "questions.json":
        asked["Leaves"][7] = asked["Leaves"][8]
        place.write_text(json.dumps(asked))
    else:
        raw = bytearray(place.read_bytes())
        raw[30] ^= 1
        place.write_bytes(raw)
    reference.program()
    with pytest.raises(AssertionError):
        reference.ask(tmp_path)


def test_what_the_reference_accepted_is_still_what_we_make():
    recorded = json.loads(RECORDED.read_text())
    assert recorded["vkey"] == SIGNER.verifier.vkey()
    assert recorded["checkpoints"] == {
        str(size): checkpoint(size).decode() for size in (1, 256, 300, 66_000)
    }
    assert recorded["tiles"] == {
        path: hashlib.sha256(raw).hexdigest() for path, raw in tiles_of(300).items()
    }
    asked = reference.questions(DATAS[:300], [1, 7, 256, 300])
    del asked["Leaves"]
    assert recorded["proofs"] == asked


def test_a_recorded_note_of_the_reference_is_accepted():
    theirs = json.loads(RECORDED.read_text())["theirs"]
    verifier = notes.Verifier.from_vkey(theirs["vkey"])
    assert notes.open_note(theirs["note"].encode(), [verifier]).startswith("coulisses/reference\n")
