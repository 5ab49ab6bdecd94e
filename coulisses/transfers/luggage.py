"""The files of an export: each is measured, hashed and decoded before any of it is kept."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coulisses.capture.previews import LONGEST_FACTS, LONGEST_TEXT, NO_CHARACTER
from coulisses.lib.refusals import require
from coulisses.log.models import Log
from coulisses.media import rooms, store
from coulisses.media.changes import VersionName
from coulisses.media.looking import eye
from coulisses.media.models import Preview
from coulisses.media.models import Version as Row
from coulisses.media.staging import Stage
from coulisses.transfers import form, sources
from coulisses.transfers.refusals import FileDiffers, FolderDamaged
from coulisses.transfers.sources import Source
from coulisses_readers.look import Unreadable

MOST_PREVIEW = 32 * 1024**2  # bytes of what is shown of a file
MOST_ORIGINAL = 1 << 40
A_TURN = 500  # versions written at once
SMALL = 6 * 1024  # characters of facts beside those that an agent may send, for what a house adds


class File(BaseModel):
    """A file of a version, as the list has it."""

    model_config = ConfigDict(strict=True, extra="ignore")
    path: str = Field(max_length=400)
    variant: str
    width: int = Field(ge=0, le=1_000_000)
    height: int = Field(ge=0, le=1_000_000)
    size: int = Field(ge=0, le=MOST_ORIGINAL)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Version(BaseModel):
    """A version and its files, as the list has them."""

    model_config = ConfigDict(strict=True, extra="ignore")
    version: VersionName
    reader: str = Field("", pattern=r"^[a-z]{0,16}$")
    facts: dict[str, Any] = {}
    files: list[File] = Field([], max_length=40)
    is_shredded: bool = False


@dataclass
class Weight:
    """What the files come to: how many, and in bytes."""

    files: int = 0
    bytes: int = 0


def look(
    source: Source, signed: Mapping[str, Mapping[str, str]], alive: Callable[[], None]
) -> Weight:
    """Check every file: its size, its hash, that it is what its variant says, and what was signed.

    `signed` are the hashes that entries name; `alive` is called after each file.
    Raises FolderDamaged, FileDiffers.
    """
    weight, seen = Weight(), set[str]()
    for version in listed(source):
        require(version.version not in seen, FolderDamaged, name=form.FILES)
        seen.add(version.version)
        for file in version.files:
            digest = signed.get(version.version, {}).get(file.variant) or file.sha256
            require(digest == file.sha256, FileDiffers, name=file.path)
            _look(source, file)
            weight.bytes += file.size
            weight.files += 1
            alive()
    return weight


def carry(source: Source, stage: Stage, alive: Callable[[], None]) -> None:
    """Write every file where the media are, in the order of the list; no row names one yet.

    Raises FolderDamaged, FileDiffers.
    """
    for version in listed(source):
        for file in version.files:
            is_long = file.variant == store.ORIGINAL
            stage.keep(_same(source, file) if is_long else [_shown(source, file)])
            alive()


def settle(source: Source, stage: Stage, log: Log) -> None:
    """Write the rows that name what was carried. Raises FolderDamaged."""
    numbers, previews, originals = count(), 0, 0
    for some in _turns(listed(source)):
        rows = [_row(log, one) for one in some]
        Row.objects.bulk_create(rows)
        files = [(row, file) for row, one in zip(rows, some, strict=True) for file in one.files]
        made = [_preview(row, file, stage.place(next(numbers))) for row, file in files]
        Preview.objects.bulk_create(made)
        originals += sum(one.size for one in made if one.variant == store.ORIGINAL)
        previews += sum(one.size for one in made if one.variant != store.ORIGINAL)
    require(next(numbers) == stage.count, FolderDamaged, name=form.FILES)
    rooms.grow(log.pk, previews=previews, originals=originals)


def _row(log: Log, said: Version) -> Row:
    if said.is_shredded:
        return Row(log=log, name=said.version, reader="", is_shredded=True)
    return Row(log=log, name=said.version, reader=said.reader, facts=said.facts)


def _preview(version: Row, file: File, path: str) -> Preview:
    return Preview(
        version=version,
        variant=file.variant,
        mime=store.VARIANTS.get(file.variant, "application/octet-stream"),
        width=file.width,
        height=file.height,
        size=file.size,
        sha256=file.sha256,
        path=path,
    )


def _turns(versions: Iterator[Version]) -> Iterator[list[Version]]:
    while some := list(islice(versions, A_TURN)):
        yield some


def listed(source: Source) -> Iterator[Version]:
    """Yield what the list has. Raises FolderDamaged."""
    read = TypeAdapter(Version).validate_python
    for said in sources.read_lines(source, form.FILES):
        try:
            version = read(said)
        except ValidationError:
            raise FolderDamaged(name=form.FILES) from None
        variants = {file.variant for file in version.files}
        is_known = variants <= {*store.VARIANTS, store.ORIGINAL}
        is_once = len(variants) == len(version.files)
        is_sound = is_known and is_once and not (version.is_shredded and version.files)
        require(is_sound and _is_short(version.facts), FolderDamaged, name=form.FILES)
        yield version


def _look(source: Source, file: File) -> None:
    if file.variant == store.ORIGINAL:
        for _piece in _same(source, file):
            pass
        return
    try:
        _decode(file, _shown(source, file))
    except (Unreadable, UnicodeDecodeError):
        raise FileDiffers(name=file.path) from None


def _same(source: Source, file: File) -> Iterator[bytes]:
    """Yield a file's bytes; at its end they are what the list says, or FileDiffers is raised."""
    made, size = hashlib.sha256(), 0
    for piece in _pieces(source, file):
        made.update(piece)
        size += len(piece)
        yield piece
    require((size, made.hexdigest()) == (file.size, file.sha256), FileDiffers, name=file.path)


def _shown(source: Source, file: File) -> bytes:
    """Return a preview's bytes."""
    require(file.size <= MOST_PREVIEW, FileDiffers, name=file.path)
    return b"".join(_same(source, file))


def _decode(file: File, data: bytes) -> None:
    kind = store.VARIANTS[file.variant]
    if kind == "image/webp":
        if eye().verify_webp(data) != (file.width, file.height):
            raise Unreadable("wrong_size")
    elif kind == "audio/mpeg":
        eye().verify_mp3(data)
    elif len(data) > LONGEST_TEXT:
        raise Unreadable("too_large")
    else:
        data.decode()


def _pieces(source: Source, file: File) -> Iterator[bytes]:
    return sources.pieces(source, file.path, most=file.size)


def _is_short(facts: Mapping[str, Any]) -> bool:
    try:
        spelled = json.dumps(facts, allow_nan=False, ensure_ascii=False)
        spelled.encode()
    except (TypeError, ValueError, RecursionError):
        return False
    return len(spelled) <= LONGEST_FACTS + SMALL and NO_CHARACTER not in spelled
