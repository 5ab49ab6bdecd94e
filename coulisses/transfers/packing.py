"""Puts a folder where it is wanted: as it is, or packed into one file."""

import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

PACKED = {".webp", ".mp3", ".mp4", ".woff2", ".zip", ".jpg", ".jpeg", ".png"}


def put(folder: Path, to: Path, alive: Callable[[], None]) -> None:
    """Put a folder at a place that is free; a name that ends in .zip or .tar.zst packs it."""
    if to.name.endswith(".zip"):
        _placed(_zipped(folder, folder.with_name("packed"), alive), to)
    elif to.name.endswith(".tar.zst"):
        _placed(_squeezed(folder, folder.with_name("packed"), to.name), to)
    else:
        folder.replace(to)


def _zipped(folder: Path, target: Path, alive: Callable[[], None]) -> Path:
    """Pack a folder into a ZIP and return it; what is packed already is only stored."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in _files(folder):
            how = zipfile.ZIP_STORED if file.suffix in PACKED else zipfile.ZIP_DEFLATED
            packed.write(file, file.relative_to(folder), compress_type=how)
            alive()
    return target


def _squeezed(folder: Path, target: Path, name: str) -> Path:
    squeezer = zstandard.ZstdCompressor(level=3)
    with (
        target.open("wb") as file,
        squeezer.stream_writer(file, closefd=False) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w|") as packed,
    ):
        for one in _files(folder):
            packed.add(one, Path(name.removesuffix(".tar.zst")) / one.relative_to(folder))
    return target


def _placed(made: Path, to: Path) -> None:
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(to)


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file of a folder, in one order."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from _files(path)
        else:
            yield path
