"""The files of an export: each is measured, hashed and decoded before any of it is kept."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coulisses.capture.previews import LONGEST_FACTS, LONGEST_TEXT, NO_CHARACTER
from coulisses.lib.refusals import require
from coulisses.log.models import Log
from coulisses.media import store
from coulisses.media.changes import VersionName
from coulisses.media.looking import eye
from coulisses.transfers import form, sources
from coulisses.transfers.refusals import FileDiffers, FolderDamaged
from coulisses.transfers.sources import Source
from coulisses_readers.look import Unreadable

MOST_PREVIEW = 32 * 1024**2  # bytes of what is shown of a file
MOST_ORIGINAL = 1 << 40
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
    """What the files come to, in bytes."""

    bytes: int = 0


def look(source: Source, signed: Mapping[str, Mapping[str, str]]) -> Weight:
    """Check every file: its size, its hash, that it is what its variant says, and what was signed.

    `signed` are the hashes that entries name. Raises FolderDamaged, FileDiffers.
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
    return weight


def keep(source: Source, log: Log) -> None:
    """Keep every version with its files. Raises FolderDamaged, FileDiffers, StudioFull."""
    for version in listed(source):
        if version.is_shredded:
            store.shred(log, [version.version])
            continue
        previews = {
            file.variant: _shown(source, file)
            for file in version.files
            if file.variant != store.ORIGINAL
        }
        how = {"reader": version.reader, "facts": version.facts, "previews": previews}
        store.keep(log, version.version, **how)  # type: ignore[arg-type]
        for file in version.files:
            if file.variant == store.ORIGINAL:
                kept = store.keep_original(log, version.version, _pieces(source, file))
                require(kept.sha256 == file.sha256, FileDiffers, name=file.path)


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
        require(is_known and is_once and _is_short(version.facts), FolderDamaged, name=form.FILES)
        yield version


def _look(source: Source, file: File) -> None:
    if file.variant == store.ORIGINAL:
        made, size = hashlib.sha256(), 0
        for piece in _pieces(source, file):
            made.update(piece)
            size += len(piece)
        is_same = (size, made.hexdigest()) == (file.size, file.sha256)
        require(is_same, FileDiffers, name=file.path)
        return
    _shown(source, file, is_decoded=True)


def _shown(source: Source, file: File, *, is_decoded: bool = False) -> store.Shown:
    """Return a preview's bytes; `is_decoded`: after the limited child has decoded them."""
    require(file.size <= MOST_PREVIEW, FileDiffers, name=file.path)
    data = b"".join(_pieces(source, file))
    is_same = len(data) == file.size and hashlib.sha256(data).hexdigest() == file.sha256
    require(is_same, FileDiffers, name=file.path)
    if is_decoded:
        try:
            _decode(file, data)
        except (Unreadable, UnicodeDecodeError):
            raise FileDiffers(name=file.path) from None
    return store.Shown(data, file.width, file.height)


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
