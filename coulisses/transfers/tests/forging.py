"""Exports as somebody would forge them: any words, signed by a key of one's own."""

import json
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coulisses.lib import canonical, leaf
from coulisses.lib.notes import Checkpoint, Signer, sign
from coulisses.lib.tree import leaf_hash, root_of

SALT = bytes(32)


def lines(folder: Path) -> list[dict]:
    """Return the entries of an export, or of the room in it."""
    return [json.loads(line) for line in (folder / "log/entries.jsonl").read_text().splitlines()]


def put(folder: Path, entries: list[dict]) -> None:
    """Write the entries of an export, whatever they are."""
    text = "".join(json.dumps(one) + "\n" for one in entries)
    (folder / "log/entries.jsonl").write_text(text)


def said(entry: dict) -> dict:
    """Return what an entry says."""
    return json.loads(b64decode(entry["content"]))


def log_of(folder: Path) -> str:
    """Return the id of a log, as its key has it."""
    return (folder / "proof/vkey").read_text().partition("+")[0].removeprefix("coulisses/")


def resign(folder: Path, entries: list[dict]) -> None:
    """Have a key of one's own sign entries, whatever they are, and what else is there with them."""
    put(folder, entries)
    key, top = Ed25519PrivateKey.generate(), folder.parent if folder.name == "room" else folder
    for place in (top, top / "room"):
        signer = Signer(f"coulisses/{log_of(place)}", key)
        leaves = [b64decode(one["leaf"]) for one in lines(place)]
        text = Checkpoint(signer.name, len(leaves), root_of(leaves)).text()
        (place / "proof/checkpoint").write_bytes(sign(text, signer))
        (place / "proof/vkey").write_text(f"{signer.verifier.vkey()}\n")


def tell(folder: Path, content: bytes | None = None, **changed: object) -> None:
    """Put one more entry at the end: as the last one, but for what is changed; sign it all."""
    entries = lines(folder)
    position = len(entries) + 1
    last = next((said(one) for one in reversed(entries) if "content" in one), {})
    spoken = canonical.spell({**last, **changed}) if content is None else content
    hashed = leaf_hash(leaf.leaf_data(log_of(folder), position, leaf.commitment(SALT, spoken)))
    sealed = {"salt": b64encode(SALT).decode(), "content": b64encode(spoken).decode()}
    one = {"position": position, "leaf": b64encode(hashed).decode(), "state": "public", **sealed}
    resign(folder, [*entries, one])


def relist(folder: Path, change: dict, *, of_file: bool = False) -> None:
    """Have the list of files say something else of the first version, or of its first file."""
    path = folder / "files.jsonl"
    first, *rest = [json.loads(line) for line in path.read_text().splitlines()]
    (first["files"][0] if of_file else first).update(change)
    path.write_text("".join(json.dumps(one) + "\n" for one in [first, *rest]))
