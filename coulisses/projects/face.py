"""The face of a project: what it is called, whose it is, what it looks like. Verbs."""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.lib.text import clean, clean_line
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.projects import licences, links, revisions
from coulisses.projects.columns import FOCUSES, POSTERS, Cover, Mining
from coulisses.projects.face_refusals import (
    CoverUnknown,
    LanguageUnknown,
    LicenceUnknown,
    TitleMissing,
    WordsTooMany,
)
from coulisses.projects.kinds import ProjectRetitled
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell

LONGEST_PRIVATE = 5_000  # characters
LONGEST_ALT = 500
LENGTHS = {"title": 200, "line": 300, "craft": 100, "licence_words": 300}
TONGUE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,4})?")
COLUMNS = ("title", "line", "craft", "language", "licence", "licence_words", "private", "mining")
COVER = ("cover", "cover_version", "cover_alt", "cover_focus", "poster")


@dataclass(frozen=True)
class Words:
    """What a project says of itself; `private` is markdown, `links` are `{"name", "href"}`."""

    title: str
    line: str = ""
    craft: str = ""
    language: str = ""
    licence: str = ""
    licence_words: str = ""
    private: str = ""
    mining: str = Mining.REFUSED
    links: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """What stands for a project: a kept `version` where it is a picture, or a drawn `poster`."""

    cover: str
    version: str = ""
    alt: str = ""
    focus: str = "c"
    poster: int = 0


def words_of(project: Project) -> Words:
    """Return what a project says of itself now."""
    return Words(**{name: getattr(project, name) for name in (*COLUMNS, "links")})


@transaction.atomic
def dress(project: Project, said: Words, *, by: str, at: datetime) -> None:
    """Have a project say this of itself from now on; a new title is told in its log, quietly.

    Raises TitleMissing, WordsTooMany, LanguageUnknown, LicenceUnknown, LinkMalformed, TooManyLinks.
    """
    worn = _cleaned(said)
    was = hold(project)
    _wear(project, asdict(worn))
    if worn.title != was.title:
        tell(project, ProjectRetitled(title=worn.title), by=by, happened_at=at, told_at=at)


@transaction.atomic
def cover(project: Project, chosen: Picture) -> None:
    """Have a picture or a poster stand for a project; one that was uploaded before is let go.

    Raises CoverUnknown.
    """
    known = chosen.cover in Cover.values and chosen.focus in FOCUSES
    require(known and 0 <= chosen.poster < POSTERS, CoverUnknown)
    is_picture = chosen.cover in (Cover.TOLD, Cover.UPLOADED)
    require(not is_picture or _is_kept(project, chosen.version), CoverUnknown)
    was = hold(project)
    version = chosen.version if is_picture else ""
    if was.cover == Cover.UPLOADED and was.cover_version != version:
        store.forget(project.work, [was.cover_version])
    alt = clean_line(chosen.alt)[:LONGEST_ALT] if is_picture else ""
    worn = (chosen.cover, version, alt, chosen.focus, chosen.poster)
    _wear(project, dict(zip(COVER, worn, strict=True)))


def forget(project: Project, gone: Collection[str]) -> None:
    """Take a cover off whose picture is about to go."""
    if project.cover_version and project.cover_version in gone:
        _wear(project, dict(zip(COVER, (Cover.NEWEST, "", "", "c", project.poster), strict=True)))


def _wear(project: Project, columns: dict[str, object]) -> None:
    Project.objects.filter(pk=project.pk).update(**columns)
    for name, value in columns.items():
        setattr(project, name, value)
    revisions.bump(project)


def _cleaned(said: Words) -> Words:
    lines = {name: clean_line(getattr(said, name)) for name in LENGTHS}
    private = clean(said.private).strip()
    require(lines["title"], TitleMissing)
    for name, most in LENGTHS.items():
        require(len(lines[name]) <= most, WordsTooMany, most=most)
    require(len(private) <= LONGEST_PRIVATE, WordsTooMany, most=LONGEST_PRIVATE)
    tongue = said.language.strip()
    require(not tongue or TONGUE.fullmatch(tongue), LanguageUnknown, language=tongue[:20])
    require(not said.licence or said.licence in licences.LICENCES, LicenceUnknown)
    is_own = said.licence == licences.OWN
    require(not is_own or lines["licence_words"], LicenceUnknown)
    lines["licence_words"] = lines["licence_words"] if is_own else ""
    mining = said.mining if said.mining in Mining.values else Mining.REFUSED
    linked = links.cleaned((one.get("name", ""), one.get("href", "")) for one in said.links)
    return Words(
        **lines, language=tongue, licence=said.licence, private=private, mining=mining, links=linked
    )


def _is_kept(project: Project, version: str) -> bool:
    kept = Preview.objects.filter(version__log=project.work, version__name=version, variant="large")
    return kept.exists()
