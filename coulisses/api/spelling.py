"""How the API spells what it reads: one function for each thing, and addresses in full."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from coulisses.api.standing import Standing
from coulisses.brainstorms import queries as brainstorms
from coulisses.capture.models import Piece, PieceVersion
from coulisses.moments.models import Draft
from coulisses.projects import face as faces
from coulisses.projects.columns import Face
from coulisses.projects.models import Day, Project, Sitting, Studio
from coulisses.recaps.cues import Cue
from coulisses.recaps.since import Since
from coulisses.search.queries import Hit
from coulisses.sessions.models import Session
from coulisses.ui import objects, pictures
from coulisses.ui.pictures import Kept, Picture

COVER = ("cover", "cover_version", "cover_alt", "cover_focus", "poster")
MARKS = {
    "doubts": "doubt",
    "failures": "failure",
    "breakthroughs": "breakthrough",
    "milestones": "milestone",
}


def state(project: Project) -> str:
    """Return how a project stands: in rehearsal, raised, finished."""
    return "finished" if project.is_finished else "raised" if project.is_raised else "rehearsal"


def tag(project: Project) -> str:
    """Return the version of a project's face, as an `ETag` spells it."""
    worn = [vars(faces.words_of(project)), [getattr(project, name) for name in COVER]]
    spelled = json.dumps(worn, sort_keys=True, default=str).encode(errors="replace")
    return f'"{hashlib.sha256(spelled).hexdigest()[:24]}"'


def studio(one: Studio, base: str) -> dict[str, Any]:
    """Return what a studio says of itself."""
    url = f"{base}/@{one.slug}/"
    return {"studio": one.slug, "name": one.name, "line": one.line, "url": url}


def short_project(project: Project, base: str, *, asks: bool) -> dict[str, Any]:
    """Return a project as lists have it; it is a brainstorm where it `asks`."""
    words = ("title", "line", "craft", "language", "stirred_at")
    return {
        **{name: getattr(project, name) for name in words},
        "studio": project.studio.slug,
        "project": project.slug,
        "state": state(project),
        "url": f"{base}{project.path}",
        "is_brainstorm": asks,
    }


def face(project: Project, cover: Picture | None, entries: int, base: str) -> dict[str, Any]:
    """Return what a project says of itself and how it stands."""
    worn = [one.name for one in Face._meta.get_fields() if not one.name.startswith("cover")]
    course = ("paused_at", "pause_words", "back_on", "finished_at", "last_words", "opened_at")
    return {
        **short_project(project, base, asks=bool(brainstorms.asking([project.pk]))),
        **{name: getattr(project, name) for name in (*worn, *course, "originals")},
        "raised_at": project.curtain_raised_at,
        "cover": objects.picture(cover, base) if cover else None,
        "entries": entries,
    }


def hit(one: Hit, base: str) -> dict[str, Any]:
    """Return an entry that was found, with what was looked for marked in its words."""
    return {
        "studio": one.project.studio.slug,
        "project": one.project.slug,
        **{name: getattr(one.entry, name) for name in ("position", "kind", "topic")},
        "at": one.entry.happened_at,
        "url": f"{base}{one.address}",
        "title": [vars(each) for each in one.title],
        "excerpt": [vars(each) for each in one.excerpt],
        "file": one.file,
    }


def sitting(stand: Standing, one: Sitting) -> dict[str, Any]:
    """Return a sitting."""
    return {
        "first": one.first_position,
        "title": one.title,
        "started_at": one.started_at,
        "ended_at": one.ended_at,
        "count": one.count,
        "url": stand.url(f"sittings/{one.first_position}"),
    }


def day(one: Day) -> dict[str, Any]:
    """Return a day; what was doubted or failed is marked, and never counted."""
    marks = [mark for name, mark in MARKS.items() if getattr(one, name)]
    first, count = one.first_position, one.count
    return {"on": one.on, "first": first, "count": count, "weight": one.weight, "marks": marks}


def piece(stand: Standing, one: Piece) -> dict[str, Any]:
    """Return a file as lists have it, as `capture.queries.files` read it."""
    seen: Any = one
    return {
        "id": one.pk,
        "path": seen.seen_path,
        "reader": seen.seen_reader,
        "last": seen.seen_position,
        "url": stand.url(seen.seen_position),
    }


def version(stand: Standing, one: PieceVersion, kept: Mapping[str, Kept]) -> dict[str, Any]:
    """Return what an entry did to a file."""
    address = f"{stand.project.path}{one.position}"
    shown = pictures.picture(address, one.index, "after", kept.get(one.version))
    said = {"position": one.position, "path": one.path, "what": one.what}
    return {**said, **objects.sides(shown, stand.base)}


def cue(stand: Standing, one: Cue) -> dict[str, Any]:
    """Return one of a project's twelve cues."""
    shown = objects.picture(one.picture, stand.base) if one.picture else None
    return {**vars(one), "picture": shown, "url": stand.url(one.position)}


def since(stand: Standing, one: Since) -> dict[str, Any]:
    """Return what is new after a position; numbers that nobody counted are null."""
    saves = one.saves
    lines = [{**vars(each), "url": stand.url(each.position)} for each in one.lines]
    return {
        **{name: getattr(one, name) for name in ("after", "upto", "at")},
        "lines": lines,
        "saves": saves
        and {
            "count": saves.count or None,
            "files": saves.files or None,
            "latest": saves.latest,
            "url": stand.url(saves.latest),
        },
    }


def session(stand: Standing, one: Session) -> dict[str, Any]:
    """Return a session of live work."""
    names = ("number", "title", "about", "words", "planned_at", "minutes", "started_at", "ended_at")
    said = {name: getattr(one, name) for name in names}
    url = stand.url(f"sessions/{one.number}/")
    return {**said, "called_off_at": one.called_off_at, "url": url}


def draft(stand: Standing, one: Draft, *, is_apart: bool = False) -> dict[str, Any]:
    """Return a draft with what is attached to it."""
    names = ("state", "revision", "kind", "title", "body", "asks", "learnt", "audience", "teaser")
    parts = sorted(one.attachments.all(), key=lambda part: (part.place, part.pk))
    return {
        **{name: getattr(one, name) for name in (*names, "word", "kept_at", "due_at")},
        "id": one.pk,
        "by": str(one.account.voice),
        "attachments": [
            {"id": part.pk, "what": part.what, "name": part.name, "words": part.words}
            for part in parts
        ],
        "url": f"{stand.base}{one.desk}",
        "is_apart": is_apart,
    }
