"""What stands for a project: chosen among the pictures it has told everybody, or one that comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.files.uploadedfile import UploadedFile

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.moments import pictures as album
from coulisses.moments.pictures import Upload
from coulisses.projects import face
from coulisses.projects.columns import Cover
from coulisses.projects.face_refusals import CoverUnknown
from coulisses.projects.models import Project
from coulisses.ui import pictures
from coulisses.ui.pictures import Picture

LOOKED_AT = 200  # entries, the newest
MOST = 12


@dataclass(frozen=True)
class Told:
    """A picture that everybody may see: `place` names its entry and its index there."""

    place: str
    position: int
    version: str
    picture: Picture


def told(project: Project, *, at: datetime) -> list[Told]:
    """Return the newest pictures of the newest public entries, in a constant number of queries."""
    known = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, newest_first=True, limit=LOOKED_AT
    )
    entries = [one for one in known if isinstance(one, Entry) and one.fact.shows()]
    names = {name for one in entries for name in one.fact.shows()}
    kept = pictures.kept(project.work, names)
    found: list[Told] = []
    seen = set[str]()
    for one in _pictures(project, entries, kept):
        if one.version not in seen and len(found) < MOST:
            seen.add(one.version)
            found.append(one)
    return found


@dataclass(frozen=True)
class Choice:
    """What is to stand for a project: `place` names an entry and its picture, 412-0, or a drawn
    poster; `upload` is a picture that comes along."""

    cover: str
    place: str = ""
    upload: Upload | UploadedFile | None = None
    alt: str = ""
    focus: str = ""


def choose(project: Project, said: Choice, *, at: datetime) -> None:
    """Have what was chosen stand for a project; an upload that is refused is not kept.

    Raises CoverUnknown, PictureTooLarge, PictureUnreadable.
    """
    version = _version(project, said, at)
    poster = int(said.place or 0) if said.cover == Cover.POSTER else project.poster
    try:
        face.cover(project, face.Picture(said.cover, version, said.alt, said.focus or "c", poster))
    except BaseException:
        if said.upload and version:
            store.forget(project.work, [version])
        raise


def _version(project: Project, said: Choice, at: datetime) -> str:
    """Return the picture that was chosen: one that comes in, one that was told, or that of now."""
    if said.cover == Cover.UPLOADED and said.upload:
        return album.keep(project, [cast(Upload, said.upload)])[0].version
    if said.cover == Cover.TOLD and said.place:
        return version_of(project, said.place, at=at)
    is_picture = said.cover in (Cover.TOLD, Cover.UPLOADED)
    require(not is_picture or project.cover == said.cover, CoverUnknown)
    return project.cover_version if is_picture else ""


def version_of(project: Project, place: str, *, at: datetime) -> str:
    """Return the version that a place names. Raises CoverUnknown where not everybody sees it."""
    position, _, index = place.partition("-")
    require(position and index, CoverUnknown)
    known = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, positions=[min(int(position), 2**63 - 1)]
    )
    entry = next((one for one in known if isinstance(one, Entry)), None)
    version = pictures.version_at(entry.fact, int(index), "after") if entry else None
    require(version, CoverUnknown)
    return str(version)


def _pictures(
    project: Project, entries: list[Entry], kept: dict[str, pictures.Kept]
) -> Iterator[Told]:
    for entry in entries:
        address = f"{project.path}{entry.position}"
        shown = len(pictures.changes_of(entry.fact)) or len(getattr(entry.fact, "pictures", []))
        for index in range(shown):
            version = pictures.version_at(entry.fact, index, "after")
            picture = pictures.picture(address, index, "after", kept.get(version or ""))
            if version and picture:
                yield Told(f"{entry.position}-{index}", entry.position, version, picture)
