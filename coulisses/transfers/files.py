"""Copies what a project shows: previews, and the files themselves where they go with it."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Preview, Version
from coulisses.transfers import form
from coulisses.transfers.form import Sent
from coulisses.ui import pictures

STRIDE = 200  # entries read at once
A_PIECE = 1024 * 1024  # bytes
LEAST_ROOM = 256 * 1024**2  # bytes that stay free on the disk


class DiskTooFull(OSError):
    """There would be too little room left on the disk."""


def write(sent: Sent, size: int, folder: Path, alive: Callable[[], None]) -> None:
    """Copy the files that the first entries show, and list them, one version a line.

    `alive` is called after each slice. What is shredded while it is copied is left out.
    Raises DiskTooFull.
    """
    done: set[str] = set()
    with (folder / form.FILES).open("w", encoding="utf-8") as lines:
        for shown, brought in _shown(sent, size):
            _write(sent, shown - done, brought, folder, lines)
            done |= shown
            alive()
        if sent.is_whole:
            _write_gone(sent, lines)


def _shown(sent: Sent, size: int) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the versions that entries show, and which of them they brought, a slice at a time."""
    if sent.project.cover_version and not sent.is_room:
        yield {sent.project.cover_version}, set()
    for start in range(0, size, STRIDE):
        found = sent.read(after=start, before=min(start + STRIDE, size) + 1)
        told = [one for one in found if isinstance(one, Entry) and not one.is_shredded]
        shown = {name for one in told for name in pictures.names(one.fact)}
        yield shown, {name for one in told for name in one.fact.shows()}


def _write(sent: Sent, names: set[str], brought: set[str], folder: Path, lines: IO[str]) -> None:
    asked = sorted(names)
    for start in range(0, len(asked), STRIDE):
        rows = Version.objects.filter(
            log=sent.log, name__in=asked[start : start + STRIDE], is_shredded=False
        )
        for version in rows.prefetch_related("previews").order_by("name"):
            kept = [
                _copy(preview, version.name, folder)
                for preview in sorted(version.previews.all(), key=lambda one: one.variant)
                if preview.variant != store.ORIGINAL
                or (sent.has_originals and (sent.is_whole or version.name in brought))
            ]
            said = {
                "version": version.name,
                "reader": version.reader,
                "facts": version.facts,
                "files": [one for one in kept if one],
            }
            lines.write(json.dumps(said, separators=(",", ":")) + "\n")


def _write_gone(sent: Sent, lines: IO[str]) -> None:
    """Name what was taken out for good, so that it stays out wherever the project goes."""
    gone = Version.objects.filter(log=sent.log, is_shredded=True).order_by("name")
    for name in gone.values_list("name", flat=True).iterator(chunk_size=STRIDE):
        lines.write(json.dumps({"version": name, "is_shredded": True}) + "\n")


def _copy(preview: Preview, version: str, folder: Path) -> dict[str, Any] | None:
    name = form.place(version, preview)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < preview.size + LEAST_ROOM:
        raise DiskTooFull
    size, made = 0, hashlib.sha256()
    try:
        with store.location(preview).open("rb") as source, target.open("wb") as copy:
            while piece := source.read(A_PIECE):
                copy.write(piece)
                made.update(piece)
                size += len(piece)
    except FileNotFoundError:  # shredded meanwhile
        target.unlink(missing_ok=True)
        return None
    return {
        "path": name,
        "variant": preview.variant,
        "mime": preview.mime,
        "width": preview.width,
        "height": preview.height,
        "size": size,
        "sha256": made.hexdigest(),
    }
