"""Puts all that is somebody's into one ZIP: pages to read offline, JSON for programs, files."""

import json
import logging
import re
import shutil
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from coulisses.people import exports, holding, spelling
from coulisses.people.models import Account, Export

MOST_BYTES = 8 * 1024**3  # of files; what is beyond is named, and taken from the pages themselves
LEAST_ROOM = 256 * 1024**2  # bytes that stay free on the disk
SAID_EVERY = 2.0  # seconds between two reports
BLOCK = 1024 * 1024
STORED = {".webp", ".mp3", ".mp4", ".zip", ".jpg", ".jpeg", ".png"}  # they are packed already

_unsafe = re.compile(r"[^A-Za-z0-9._-]+")
_logger = logging.getLogger(__name__)


class Unwanted(Exception):
    """Nobody wants it any more, or another maker has taken it over."""


@dataclass
class Packed:
    """What a shelf came to: how many rows, and for the whole how many files and how many not."""

    shelves: list[tuple[holding.Shelf, int]] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    left_out: int = 0


def make_next() -> bool:
    """Put together what was asked for; return whether there was anything."""
    export = exports.claim(timezone.now())
    if export is None:
        return False
    try:
        with tempfile.TemporaryDirectory(prefix="making-", dir=exports.folder()) as name:
            made = Path(name) / "yours.zip"
            with translation.override(export.language):
                _Packer(export, Path(name)).write(made)
            exports.finish(export, made, at=timezone.now())
    except Unwanted:
        pass
    except OSError:
        _logger.exception("what is somebody's could not be put together")
        exports.fail(export)
    return True


def safe_name(name: str) -> str:
    """Return a file's name that is one everywhere: plain letters, 80 characters at most."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _unsafe.sub("-", plain).strip("-.")[-80:].strip("-.") or "file"


class _Packer:
    """Writes one ZIP; rows pass one at a time, files a block at a time."""

    def __init__(self, export: Export, room: Path) -> None:
        self._export = export
        self._room = room
        self._packed = Packed()
        self._done, self._said_at = 0, time.monotonic()

    def write(self, path: Path) -> None:
        """Write it. Raises Unwanted."""
        account = self._export.account
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for shelf in holding.shelves():
                self._shelve(packed, shelf, account)
            for shelf in holding.shelves():
                for name, file in shelf.files(account) if shelf.files else ():
                    self._add(packed, name, file)
            packed.writestr("style.css", render_to_string("people/taken_home.css"))
            packed.writestr("index.html", self._index())

    def _shelve(self, packed: zipfile.ZipFile, shelf: holding.Shelf, account: Account) -> None:
        data, page = self._room / "rows.json", self._room / "rows.html"
        with data.open("w") as rows, page.open("w") as html:
            count = self._rows(shelf, shelf.rows(account), rows, html)
        packed.write(data, f"{shelf.name}.json")
        packed.write(page, f"{shelf.name}.html")
        self._packed.shelves.append((shelf, count))

    def _rows(
        self, shelf: holding.Shelf, found: Iterator[holding.Row], rows: IO[str], html: IO[str]
    ) -> int:
        head, _, tail = self._page("shelf", shelf=shelf).partition("<!-- rows -->")
        html.write(head)
        count = 0
        rows.write("[")
        for count, row in enumerate(found, start=1):
            rows.write(",\n" if count > 1 else "\n")
            rows.write(json.dumps(row, ensure_ascii=False, default=_plain))
            html.write(f"<li>{spelling.row(row)}</li>\n")
            self._report()
        rows.write("\n]\n")
        html.write(tail)
        return count

    def _add(self, packed: zipfile.ZipFile, name: str, file: Path) -> None:
        self._report()
        try:
            size = file.stat().st_size
        except FileNotFoundError:  # shredded meanwhile
            return
        has_room = shutil.disk_usage(self._room).free > size + LEAST_ROOM
        if self._packed.bytes + size > MOST_BYTES or not has_room:
            self._packed.left_out += 1
            return
        how = zipfile.ZIP_STORED if file.suffix or _is_packed(name) else zipfile.ZIP_DEFLATED
        told = zipfile.ZipInfo(name, date_time=timezone.now().timetuple()[:6])
        told.compress_type = how
        with file.open("rb") as source, packed.open(told, "w", force_zip64=True) as target:
            while block := source.read(BLOCK):
                target.write(block)
                self._report()
        self._packed.files += 1
        self._packed.bytes += size

    def _index(self) -> str:
        account = self._export.account
        return self._page("index", account=account, packed=self._packed)

    def _page(self, name: str, **context: Any) -> str:
        said = {"language": self._export.language, "at": timezone.now(), **context}
        return render_to_string(f"people/taken_home_{name}.html", said)

    def _report(self) -> None:
        self._done += 1
        if time.monotonic() - self._said_at < SAID_EVERY:
            return
        self._said_at = time.monotonic()
        if not exports.say(self._export, done=self._done, at=timezone.now()):
            raise Unwanted


def _is_packed(name: str) -> bool:
    return Path(name).suffix.lower() in STORED


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
