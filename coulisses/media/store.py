"""Keeps previews in the house's vault: written whole or not at all, named by chance."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coulisses.lib import ids
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Log
from coulisses.media import leaving, rooms, vaults
from coulisses.media.models import Preview, Version

PAGES = [f"p{number}" for number in range(2, 25)]
ORIGINAL = "original"  # the file itself, where a project keeps it
VARIANTS = {
    "small": "image/webp",
    "large": "image/webp",
    **dict.fromkeys(PAGES, "image/webp"),
    "sound": "audio/mpeg",
    "text": "text/plain",
}


class VersionShredded(Refusal):
    """Somebody sends again what was taken out on purpose."""

    status = 410
    sentence = _("This version of the file was taken out of the project, and stays out.")


class PreviewNotFound(Refusal):
    """No such preview, or not yet."""

    status = 404
    sentence = _("There is no preview of this file.")


@dataclass(frozen=True)
class Shown:
    """A preview's bytes on their way in; width and height in pixels, 0 for text and sound."""

    data: bytes
    width: int = 0
    height: int = 0


def keep(
    log: Log, name: str, *, reader: str, facts: dict[str, Any], previews: Mapping[str, Shown]
) -> Version:
    """Keep a version and its previews, replacing those it had. Raises VersionShredded and what
    `rooms.require` raises.
    """
    rooms.require(log, sum(len(shown.data) for shown in previews.values()))
    written: dict[str, str] = {}
    try:
        for variant, shown in previews.items():
            written[variant], _size, _digest = _write(log, [shown.data])
        return _record(log, name, reader, facts, previews, written)
    except BaseException:
        leaving.at_once(written.values())
        raise


def keep_original(log: Log, name: str, pieces: Iterable[bytes]) -> Preview:
    """Keep the file itself beside its previews, in the place of one kept before.

    `pieces` are its bytes in their order, however many. Raises VersionShredded and what
    `rooms.require` raises.
    """
    rooms.require(log, 0)
    path, size, digest = _write(log, pieces)
    try:
        rooms.require(log, size)
        return _record_original(log, name, path, size, digest)
    except BaseException:
        leaving.at_once([path])
        raise


@transaction.atomic
def _record_original(log: Log, name: str, path: str, size: int, digest: str) -> Preview:
    version, _created = Version.objects.get_or_create(log=log, name=name, defaults={"reader": ""})
    require(not version.is_shredded, VersionShredded)
    _let_go(version.previews.filter(variant=ORIGINAL))
    rooms.grow(log.pk, originals=size)
    return Preview.objects.create(
        version=version,
        variant=ORIGINAL,
        mime="application/octet-stream",
        size=size,
        sha256=digest,
        path=path,
    )


def originals(log: Log) -> QuerySet[Preview]:
    """Return the files themselves that are kept of a log's versions."""
    return Preview.objects.filter(version__log=log, variant=ORIGINAL)


def forget_originals(log: Log, names: Collection[str] | None = None) -> None:
    """Delete the files themselves, all or those of some versions; their previews stay."""
    with transaction.atomic():
        rows = originals(log)
        _let_go(rows if names is None else rows.filter(version__name__in=list(names)))


@transaction.atomic
def _record(
    log: Log,
    name: str,
    reader: str,
    facts: dict[str, Any],
    previews: Mapping[str, Shown],
    written: Mapping[str, str],
) -> Version:
    version, _created = Version.objects.get_or_create(
        log=log, name=name, defaults={"reader": reader, "facts": facts}
    )
    require(not version.is_shredded, VersionShredded)
    Version.objects.filter(pk=version.pk).update(reader=reader, facts=facts)
    _let_go(version.previews.exclude(variant=ORIGINAL))
    rooms.grow(log.pk, previews=sum(len(shown.data) for shown in previews.values()))
    Preview.objects.bulk_create(
        Preview(
            version=version,
            variant=variant,
            mime=VARIANTS[variant],
            width=shown.width,
            height=shown.height,
            size=len(shown.data),
            sha256=hashlib.sha256(shown.data).hexdigest(),
            path=written[variant],
        )
        for variant, shown in previews.items()
    )
    version.refresh_from_db()
    return version


def known(log: Log, names: Collection[str]) -> set[str]:
    """Return those of the version names that were looked at (or shredded) already, 500 a query."""
    asked, found = list(names), set[str]()
    for start in range(0, len(asked), 500):
        rows = Version.objects.filter(log=log, name__in=asked[start : start + 500])
        rows = rows.exclude(reader="", is_shredded=False)  # the file itself came first
        found.update(rows.values_list("name", flat=True))
    return found


def open_preview(log: Log, name: str, variant: str) -> Preview:
    """Return a version's preview, never the file itself. Raises PreviewNotFound."""
    require(variant in VARIANTS, PreviewNotFound)
    return _opened(log, name, variant)


def open_original(log: Log, name: str) -> Preview:
    """Return the file itself of a version. Raises PreviewNotFound."""
    return _opened(log, name, ORIGINAL)


def _opened(log: Log, name: str, variant: str) -> Preview:
    rows = Preview.objects.select_related("version")
    preview = rows.filter(version__log=log, version__name=name, variant=variant).first()
    if preview is None:
        raise PreviewNotFound
    return preview


def kept(preview: Preview) -> vaults.Kept:
    """Return a preview's bytes, to be sent or read."""
    return vaults.media().kept(preview.path)


def location(preview: Preview) -> Path:
    """Return a file on this machine with a preview's bytes, for programs that need one.

    From a bucket it is a copy, which stays for minutes.
    """
    return vaults.media().local(preview.path)


def shred(log: Log, names: Collection[str]) -> None:
    """Take versions out for good: files and facts; their names remain, so that none comes back."""
    with transaction.atomic():
        for name in names:
            Version.objects.get_or_create(log=log, name=name, defaults={"reader": ""})
        versions = Version.objects.filter(log=log, name__in=list(names))
        _let_go(Preview.objects.filter(version__in=versions))
        versions.update(is_shredded=True, facts={})


def forget(log: Log, names: Collection[str]) -> None:
    """Delete versions that no entry shows, with their files; sent again, they are kept again."""
    with transaction.atomic():
        versions = Version.objects.filter(log=log, name__in=list(names), is_shredded=False)
        _let_go(Preview.objects.filter(version__in=versions))
        versions.delete()


def _write(log: Log, pieces: Iterable[bytes]) -> tuple[str, int, str]:
    """Write a file whole; return its path under media, its size and its SHA-256 in hex."""
    name, counted = ids.new(), _Counted(pieces)
    path = f"{log.pk}/{name[:2]}/{name}"
    vaults.media().write(path, counted)
    return path, counted.size, counted.made.hexdigest()


class _Counted:
    """Pieces that are counted and hashed as they pass."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.size, self.made = 0, hashlib.sha256()
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self.made.update(piece)
            yield piece


def _let_go(previews: QuerySet[Preview]) -> None:
    """Delete previews, and their files once the transaction is through."""
    gone = list(previews.values_list("path", "version__log_id", "variant", "size"))
    previews.delete()
    rooms.shrink((log, variant == ORIGINAL, size) for _path, log, variant, size in gone)
    leaving.owe([path for path, *_rest in gone])


def sweep() -> bool:
    """Take away what a house left half written that was killed an hour ago; says: no more."""
    vaults.media().sweep()
    return False
