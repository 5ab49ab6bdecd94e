"""An entry as programs read it: the same object wherever it leaves the house as JSON.

In short it goes through lists and streams, whole through the API and webhooks.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.ui import entries, pictures
from coulisses.ui.entries import Around, Known
from coulisses.ui.pictures import Picture

CURTAINED = "entry.curtained"  # the kind of an entry that the reader may only know of
TOLD, AMENDED = "moment.told", "moment.amended"


def instant(at: datetime) -> str:
    """Return a time as programs read it: 2026-05-03T12:00:00Z."""
    return at.isoformat().replace("+00:00", "Z")


def short(project: Project, one: Known, *, base: str) -> dict[str, Any]:
    """Return position, address, kind, title, time, and what a doubt asks for.

    `base` is put before the address. Of one that the reader may only know of, `is_curtained` is
    true, the title its teaser, and the time None.
    """
    said: dict[str, Any] = {"position": one.position, "url": f"{base}{project.path}{one.position}"}
    if isinstance(one, Curtained):
        said |= {"kind": CURTAINED, "title": one.teaser, "at": None, "asks": ""}
        return {**said, "is_curtained": True}
    title, asks = one.fact.headline(), getattr(one.fact, "asks", "")
    said |= {"kind": one.kind, "title": title, "at": instant(one.happened_at), "asks": asks}
    return {**said, "is_curtained": False}


def whole(
    project: Project, known: Sequence[Known], *, audiences: frozenset[str], at: datetime, base: str
) -> list[dict[str, Any]]:
    """Return entries with all that they say now, in a few queries however many they are.

    What is there beside what `short` says is described at `api.schemas_stage.WholeEntryOut`.
    """
    around = entries.look_around(project, known, audiences=audiences, at=at)
    return [
        _curtained(project, one, base)
        if isinstance(one, Curtained)
        else _whole(project, one, around, base)
        for one in known
    ]


def picture(one: Picture, base: str) -> dict[str, Any]:
    """Return a picture with its addresses in full; `url` is the large one."""
    return {
        "url": f"{base}{one.large}",
        "small": f"{base}{one.small}",
        "large": f"{base}{one.large}",
        "width": one.large_width,
        "height": one.large_height,
        "alt": one.alt,
    }


def sides(shown: Picture | None, base: str) -> dict[str, str | None]:
    """Return the two addresses of a picture in full, None where there is none."""
    small, large = (f"{base}{shown.small}", f"{base}{shown.large}") if shown else (None, None)
    return {"small": small, "large": large}


def _whole(project: Project, one: Entry, around: Around, base: str) -> dict[str, Any]:
    sequels = around.sequels.get(one.position, ())
    amended = [each for each in sequels if each.kind == AMENDED and not each.is_shredded]
    last = (amended or [one])[-1].fact
    return {
        **short(project, one, base=base),
        "title": last.headline(),
        "is_titled": bool(getattr(last, "title", "")),
        "topic": one.topic,
        "by": around.voices.get(one.by, ""),
        "audience": one.audience,
        "happened_at": instant(one.happened_at),
        "told_at": instant(one.told_at),
        "body": getattr(last, "body", ""),
        "words": getattr(last, "body", "") or getattr(last, "words", ""),
        "is_pinned": entries.is_pinned(sequels),
        "is_shredded": one.is_shredded,
        **_shown(project, one, around, base),
        "earlier": [_earlier(each) for each in [one, *amended][:-1]] if one.kind == TOLD else [],
        "said": None if one.is_shredded else one.fact.spelled(),
    }


def _curtained(project: Project, one: Curtained, base: str) -> dict[str, Any]:
    nothing: dict[str, list[Any]] = {"pictures": [], "files": [], "earlier": []}
    return {
        **short(project, one, base=base),
        **dict.fromkeys(("topic", "by", "body", "words"), ""),
        **dict.fromkeys(("is_titled", "is_pinned", "is_shredded"), False),
        **dict.fromkeys(("happened_at", "told_at", "said")),
        **nothing,
        "audience": one.tier,
    }


def _earlier(one: Entry) -> dict[str, Any]:
    title, body = getattr(one.fact, "title", ""), getattr(one.fact, "body", "")
    return {"title": title, "body": body, "told_at": instant(one.told_at)}


def _shown(project: Project, one: Entry, around: Around, base: str) -> dict[str, Any]:
    if one.is_shredded:
        return {"pictures": [], "files": []}
    address = f"{project.path}{one.position}"
    changed = pictures.changes(one.fact, address, around.versions)
    shown = pictures.told(one.fact, address, around.versions)
    shown += [after for change in changed if (after := change["pictures"].get("after"))]
    return {
        "pictures": [picture(each, base) for each in shown],
        "files": [_file(each, base) for each in changed],
    }


def _file(change: Mapping[str, Any], base: str) -> dict[str, Any]:
    said = {name: change.get(name) or "" for name in ("path", "what", "reader")}
    return {**said, **sides(change["pictures"].get("after"), base)}
