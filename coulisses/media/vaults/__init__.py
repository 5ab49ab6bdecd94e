"""Where bytes are kept: in the data folder, or in an S3 bucket that several machines share.

A vault's files are written whole or not at all, under names that are never used twice, and are on
the disk (or the bucket's) when the call returns. Nobody but the house reads a vault.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from coulisses.media.vaults.folder import Folder
from coulisses.media.vaults.kept import Kept, Named, Readable

if TYPE_CHECKING:
    from coulisses.media.vaults.bucket import Bucket

__all__ = ["Kept", "Named", "Readable", "Vault", "crates", "exports", "media", "parcels"]


class Vault(Protocol):
    """What folders and buckets can do. Raises FileNotFoundError, and FilesAway for a bucket."""

    def write(self, name: str, pieces: Iterable[bytes], *, is_new: bool = False) -> None:
        """Keep a file; `is_new` raises FileExistsError where one of that name stands."""

    def take(self, name: str, made: Path) -> None:
        """Keep a file that was made on this machine, which goes."""

    def kept(self, name: str) -> Kept:
        """Return a file to be sent or read, whole or in part."""

    def remove(self, name: str) -> None:
        """Delete a file, if it is there."""

    def names(self, under: str = "") -> Iterator[Named]:
        """Yield the files below a folder (all of them: ""), whole ones only."""

    def local(self, name: str) -> Path:
        """Return a file on this machine that another program can open during the next minutes."""

    def borrowed(self, name: str) -> AbstractContextManager[Path]:
        """Give a file on this machine for as long as the block lasts."""

    def sweep(self) -> None:
        """Take away what a killed house left half written, and copies that nobody reads."""


def media() -> Vault:
    """Return the vault of previews, originals, films and what is on its way."""
    return media_bucket() if settings.MEDIA_BUCKET else Folder(Path(settings.MEDIA_ROOT))


def exports() -> Vault:
    """Return the vault of what people take home: beside the media, since no page shows it."""
    return _bucket("exports") if settings.MEDIA_BUCKET else Folder(Path(settings.DATA) / "exports")


def parcels() -> Vault:
    """Return the vault of projects that were packed to leave."""
    return _bucket("parcels") if settings.MEDIA_BUCKET else Folder(Path(settings.DATA) / "parcels")


def crates() -> Vault:
    """Return the vault of projects that are on their way in."""
    return _bucket("crates") if settings.MEDIA_BUCKET else Folder(Path(settings.DATA) / "crates")


def media_bucket() -> "Bucket":
    """Return the bucket that the settings name, to be proved before it is used."""
    return _bucket("media")


def _bucket(prefix: str) -> "Bucket":
    copies = Path(settings.DATA) / "run" / "copies" / prefix
    return _opened(settings.MEDIA_BUCKET, prefix, copies)


@cache
def _opened(address: str, prefix: str, copies: Path) -> "Bucket":
    # Only here: a house that keeps its files in a folder has no room for the client of a bucket.
    from coulisses.media.vaults.bucket import Bucket

    return Bucket.at(address, prefix=prefix, copies=copies)
