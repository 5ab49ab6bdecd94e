"""How the API spells what it reads: one function for each thing, and addresses in full."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from coulisses.api.standing import Standing
from coulisses.capture.models import Piece, PieceVersion
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.moments.models import Draft
from coulisses.people import rows as voices
from coulisses.projects import face as faces
from coulisses.projects.columns import Face
from coulisses.projects.models import Day, Project, Sitting, Studio
from coulisses.search.queries import Hit
from coulisses.sessions.models import Session
from coulisses.ui import objects, pictures
from coulisses.ui.pictures import Kept, Picture

CURTAINED = "curtained"
AMENDED = "moment.amended"
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


def short_project(project: Project, base: str) -> dict[str, Any]:
    """Return a project as lists have it."""
    words = ("title", "line", "craft", "language", "stirred_at")
    return {
        **{name: getattr(project, name) for name in words},
        "studio": project.studio.slug,
        "project": project.slug,
        "state": state(project),
        "url": f"{base}{project.path}",
    }


def face(project: Project, cover: Picture | None, entries: int, base: str) -> dict[str, Any]:
    """Return what a project says of itself and how it stands."""
    worn = [one.name for one in Face._meta.get_fields() if not one.name.startswith("cover")]
    course = ("paused_at", "pause_words", "back_on", "finished_at", "last_words", "opened_at")
    return {
        **short_project(project, base),
        **{name: getattr(project, name) for name in (*worn, *course, "originals")},
        "raised_at": project.curtain_raised_at,
        "cover": picture(cover, base) if cover else None,
        "entries": entries,
    }


def picture(one: Picture, base: str) -> dict[str, Any]:
    """Return a picture with its addresses in full."""
    return {
        "small": f"{base}{one.small}",
        "large": f"{base}{one.large}",
        "width": one.large_width,
        "height": one.large_height,
        "alt": one.alt,
    }


def short_entry(stand: Standing, one: Entry | Curtained) -> dict[str, Any]:
    """Return an entry as lists have it."""
    said = objects.short(stand.project, one, base=stand.base)
    return {**said, "kind": CURTAINED} if isinstance(one, Curtained) else said


def entry(
    stand: Standing, one: Entry | Curtained, sequels: Sequence[Entry], pinned: Collection[int]
) -> dict[str, Any]:
    """Return an entry whole, with its words as they were said last."""
    if isinstance(one, Curtained):
        return _curtained(stand, one)
    amended = [each for each in sequels if each.kind == AMENDED and not each.is_shredded]
    told = [_words(each) for each in (one, *amended)]
    is_gone = one.is_shredded
    return {
        "position": one.position,
        "kind": one.kind,
        "topic": one.topic,
        "title": told[-1]["title"],
        "body": told[-1]["body"],
        "by": voices.names([one.by]).get(one.by, ""),
        "audience": one.audience,
        "happened_at": one.happened_at,
        "told_at": one.told_at,
        "url": stand.url(one.position),
        "is_pinned": one.position in pinned,
        "is_shredded": is_gone,
        **_shown(stand, one),
        "earlier": told[:-1] if one.kind == "moment.told" else [],
        "said": None if is_gone else one.fact.spelled(),
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
    return {**said, **_sides(shown, stand.base)}


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


def _curtained(stand: Standing, one: Curtained) -> dict[str, Any]:
    empty = dict.fromkeys(("topic", "body", "by"), "")
    nothing: dict[str, list[Any]] = {"pictures": [], "files": [], "earlier": []}
    return {
        **empty,
        **nothing,
        **dict.fromkeys(("happened_at", "told_at", "said")),
        **dict.fromkeys(("is_pinned", "is_shredded"), False),
        "position": one.position,
        "kind": CURTAINED,
        "title": one.teaser,
        "audience": one.tier,
        "url": stand.url(one.position),
    }


def _words(one: Entry) -> dict[str, Any]:
    title, body = getattr(one.fact, "title", ""), getattr(one.fact, "body", "")
    moment = one.kind in ("moment.told", AMENDED)
    told_at: datetime = one.told_at
    return {"title": title if moment else one.fact.headline(), "body": body, "told_at": told_at}


def _shown(stand: Standing, one: Entry) -> dict[str, Any]:
    if one.is_shredded:
        return {"pictures": [], "files": []}
    address = f"{stand.project.path}{one.position}"
    kept = pictures.kept(stand.project.work, pictures.names(one.fact))
    told = pictures.told(one.fact, address, kept)
    rows = pictures.changes(one.fact, address, kept)
    return {
        "pictures": [picture(each, stand.base) for each in told],
        "files": [_file(each, stand.base) for each in rows],
    }


def _file(change: Mapping[str, Any], base: str) -> dict[str, Any]:
    said = {name: change.get(name) or "" for name in ("path", "what", "reader")}
    return {**said, **_sides(change["pictures"].get("after"), base)}


def _sides(shown: Picture | None, base: str) -> dict[str, str | None]:
    small, large = (f"{base}{shown.small}", f"{base}{shown.large}") if shown else (None, None)
    return {"small": small, "large": large}
