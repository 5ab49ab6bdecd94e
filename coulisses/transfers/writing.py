"""Writes a project's log, its proof, and what it says of itself; streamed, whatever its length."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from coulisses.lib import canonical
from coulisses.lib.notes import Checkpoint, sign
from coulisses.lib.tiles import HEIGHT, WIDTH, Tile, TiledTree, from_leaves
from coulisses.log import keys, ledger
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry, exact
from coulisses.people.rows import names
from coulisses.projects import face
from coulisses.transfers import form
from coulisses.transfers.form import Sent

STRIDE = 200  # entries read at once
A_QUERY = 500  # names in one query; SQLite bounds them
REMAINS = ("kind", "topic", "about", "by", "audience", "past", "once")


@dataclass
class Written:
    """How far the log was written, by whom it is told, and who lost its words."""

    size: int = 0
    voices: set[str] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    shredded: set[int] = field(default_factory=set)

    @property
    def is_closed(self) -> bool:
        """Whether every entry without words is followed by the one that says why."""
        return self.gone <= self.shredded


def log(sent: Sent, folder: Path) -> Written:
    """Write every entry, one a line.

    It ends where each shredding is said: one that happens meanwhile is read on to.
    """
    path = folder / form.LOG
    path.parent.mkdir(parents=True)
    written = Written()
    with path.open("w", encoding="utf-8") as lines:
        while (reach := sent.reach) > written.size:
            _write(sent, written, reach, lines)
            if written.is_closed:
                break
    return written


def proof(sent: Sent, size: int, folder: Path) -> None:
    """Write the key, the checkpoint over so many entries, and every tile below it."""
    log = sent.log
    signer = keys.signer(log)
    tree = TiledTree(size, from_leaves(lambda start, stop: ledger.leaves(log, start, stop)))
    head = Checkpoint(signer.name, size, tree.root())
    _put(folder / form.VKEY, f"{signer.verifier.vkey()}\n".encode())
    _put(folder / form.CHECKPOINT, sign(head.text(), signer))
    for tile in _tiles(size):
        _put(folder / "proof" / tile.path(), tree.tile(tile))


def people(sent: Sent, voices: Iterable[str], folder: Path) -> None:
    """Write the names that voices let be shown; of a whole project, its contributors' keys too."""
    asked, named = sorted(voices), dict[str, str]()
    for start in range(0, len(asked), A_QUERY):
        named |= names(asked[start : start + A_QUERY])
    said: dict[str, Any] = {"voices": {voice: {"name": named[voice]} for voice in sorted(named)}}
    if sent.is_whole:
        authors = sent.project.authors.order_by("key").values_list("key", "voice_id")
        said["authors"] = [{"key": key, "voice": voice} for key, voice in authors]
    _json(folder / form.PEOPLE, said)


def project(sent: Sent, size: int, room: int, base: str, folder: Path) -> None:
    """Write what the folder is, how long both logs are, what the project says of itself."""
    one = sent.project
    said: dict[str, Any] = {
        "form": form.NAME,
        "version": form.VERSION,
        "kind": sent.kind,
        "made_at": canonical.moment(sent.at),
        "log": one.work_id,
        "size": size,
        "room": {"log": one.room_id, "size": room},
        "house": base,
        "address": f"{base}{one.path}",
        "studio": {"name": one.studio.name, "slug": one.studio.slug},
        "slug": one.slug,
        "words": asdict(face.words_of(one)),
        "cover": {name: getattr(one, name) for name in face.COVER},
        "originals": one.originals,
        "withdrawn_at": canonical.moment(one.withdrawn_at) if one.withdrawn_at else None,
    }
    if sent.is_whole:
        said["are_names_shown"] = one.are_names_shown
        said["tiers"] = list(one.tiers.order_by("pk").values("id", "name"))
        said["struck"] = sorted(one.struck.values_list("position", flat=True))
    _json(folder / form.PROJECT, said)


def _write(sent: Sent, written: Written, reach: int, lines: IO[str]) -> None:
    for start in range(written.size, reach, STRIDE):
        stop = min(start + STRIDE, reach)
        leaves = ledger.leaves(sent.log, start, stop)
        found = sent.read(after=start, before=stop + 1)
        for seen, leaf in zip(found, leaves, strict=True):
            lines.write(json.dumps(_line(sent, seen, leaf), separators=(",", ":")) + "\n")
            if isinstance(seen, Entry):
                _note(written, seen)
    written.size = reach


def _note(written: Written, entry: Entry) -> None:
    written.voices |= {entry.by, getattr(entry.fact, "released_by", "") or entry.by}
    if entry.is_shredded:
        written.gone.add(entry.position)
    if entry.kind == "entry.shredded" and entry.about:
        written.shredded.add(entry.about)


def _line(sent: Sent, seen: Entry | Curtained, leaf: bytes) -> dict[str, Any]:
    line: dict[str, Any] = {"position": seen.position, "leaf": _base64(leaf), "state": "members"}
    if isinstance(seen, Curtained):
        return line | ({"state": form.UNHEARD} if seen.tier == form.UNHEARD else {})
    if seen.is_shredded:
        line["state"] = "shredded"
        if seen.kind == "entry.shredded":
            line["about"] = seen.about
        return line | ({"remains": _remains(seen)} if sent.is_whole else {})
    if seen.audience == ledger.PUBLIC:
        line["state"] = "public"
    line["salt"] = _base64(seen.sealed.salt)
    line["content"] = _base64(seen.sealed.content)
    if sent.is_whole and seen.once is not None:
        line["once"] = seen.once
    return line


def _remains(entry: Entry) -> dict[str, Any]:
    times = {name: canonical.moment(getattr(entry, name)) for name in ("happened_at", "told_at")}
    return {name: getattr(entry, name) for name in REMAINS} | times


def _tiles(size: int) -> Iterator[Tile]:
    """Yield every tile of a tree: the full ones, and the one at the right edge of each level."""
    level = 0
    while hashes := size >> HEIGHT * level:
        for first in range(0, hashes, WIDTH):
            yield Tile(level, first // WIDTH, min(WIDTH, hashes - first))
        level += 1


def _base64(raw: bytes | memoryview) -> str:
    return b64encode(exact(raw)).decode("ascii")


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _json(path: Path, said: dict[str, Any]) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
