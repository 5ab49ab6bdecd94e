"""Attachments as the composer shows them: what each will look or sound like."""

from dataclasses import dataclass
from typing import Any

from coulisses.moments import drafts
from coulisses.moments.models import Attachment, Draft
from coulisses.ui import paper, pictures
from coulisses.ui.lanes import Lanes
from coulisses.ui.pictures import Picture


@dataclass(frozen=True)
class Part:
    """An attachment, and its picture, its sound or what is said of its file."""

    row: Attachment
    picture: Picture | None = None
    lanes: Lanes | None = None
    change: dict[str, Any] | None = None


def parts_of(draft: Draft) -> list[Part]:
    """Return what is attached to a draft, in its order."""
    rows = list(draft.attachments.order_by("place", "pk"))
    if not rows:
        return []
    fact, address = drafts.fact_of(draft), draft.desk.removesuffix("/")
    known = pictures.kept(draft.project.work, fact.shows())
    seen = {one["version"]: index for index, one in enumerate(fact.pictures)}
    changes = paper.changes(fact, address, known)
    read = {one["after"]["version"]: one for one in changes}
    heard = pictures.heard(fact, address, known)
    return [
        Part(
            row,
            picture=_picture(address, seen, known, row) if row.what == "picture" else None,
            lanes=heard if row.what == "sound" else None,
            change=read.get(row.version),
        )
        for row in rows
    ]


def _picture(
    address: str, seen: dict[str, int], known: dict[str, pictures.Kept], row: Attachment
) -> Picture | None:
    return pictures.picture(address, seen[row.version], "after", known.get(row.version), row.words)
