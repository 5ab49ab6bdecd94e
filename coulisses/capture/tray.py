"""What waits, as it is looked at before it is told or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.capture import queries, waiting
from coulisses.capture.forms import Capture
from coulisses.capture.models import PieceVersion, Unseen, Waiting
from coulisses.capture.telling import fact_of
from coulisses.lib.refusals import require
from coulisses.media.models import Preview
from coulisses.media.store import PreviewNotFound, open_preview
from coulisses.people.models import Voice
from coulisses.projects.models import Project
from coulisses.ui import paper, pictures

GREATEST = 2**63 - 1
TELLING = ("paper", "pictures", "lanes", "figures", "words", "hunks")


@dataclass(frozen=True)
class Item:
    """One save that waits, or was dropped at `dropped_at`: what it would show, and when.

    `due_at` is None where a maker releases it. `by` is the contributor that it is from, None where
    a maker's program sent it. `shown` are the changes that can be looked at, `others` the rest.
    """

    id: int
    title: str
    body: str
    link: str
    happened_at: datetime
    due_at: datetime | None
    dropped_at: datetime | None
    by: Voice | None
    shown: list[dict[str, Any]]
    others: list[dict[str, Any]]
    more: int
    held: list[dict[str, str]]
    missing: list[dict[str, str]]

    @property
    def forgotten_at(self) -> datetime | None:
        """Until when it can be taken back once it was dropped."""
        return self.dropped_at + waiting.KEPT_FOR if self.dropped_at else None

    @property
    def named(self) -> str:
        """A few words for it: its message, or the name of its first file."""
        files = [*self.shown, *self.others]
        return self.title or (files[0]["path"] if files else "")


@dataclass(frozen=True)
class Page:
    """A page of the tray; `older` leads to the next one, None at the end."""

    items: list[Item]
    older: int | None


def read(project: Project, address: str, *, by: str | None, before: int | None, limit: int) -> Page:
    """Return what waits, the latest first, with what is known of its files.

    `address` is where its previews stand; with `by`, what waits of a contributor's.
    """
    rows = queries.awaiting(project, by=by, before=before, limit=limit + 1)
    page = rows[:limit]
    return Page(items(project, page, address), page[-1].pk if len(rows) > limit else None)


def items(project: Project, rows: Sequence[Waiting], address: str) -> list[Item]:
    """Return rows as they are looked at, in two queries however many they are."""
    captures = [Capture.model_validate_json(row.said) for row in rows]
    facts = [fact_of(capture) for capture in captures]
    known = pictures.kept(project.work, {name for fact in facts for name in pictures.names(fact)})
    return [
        _item(row, capture, paper.changes(fact, f"{address}{row.pk}", known))
        for row, capture, fact in zip(rows, captures, facts, strict=True)
    ]


def preview(
    project: Project, waiting_id: int, index: int, side: str, variant: str, *, by: str | None
) -> Preview:
    """Return a preview of what waits, or can be taken back; with `by`, of a contributor's.

    Raises PreviewNotFound.
    """
    rows = Waiting.objects.filter(project=project, pk=min(waiting_id, GREATEST)).exclude(said="")
    row = (rows if by is None else rows.filter(by=by, is_proposed=True)).first()
    require(row, PreviewNotFound)
    assert row
    version = pictures.version_at(fact_of(Capture.model_validate_json(row.said)), index, side)
    # A contributor's program may name any state: one that only makers know of is not theirs.
    require(version and (by is None or not _is_makers_alone(project, version)), PreviewNotFound)
    return open_preview(project.work, str(version), variant)


def _is_makers_alone(project: Project, version: str) -> bool:
    """Whether a maker's save that waits or was dropped brought a state, and no entry shows it."""
    brought = Unseen.objects.filter(project=project, version=version, waiting__is_proposed=False)
    shown = PieceVersion.objects.filter(project=project, version=version)
    return brought.exists() and not shown.exists()


def _item(row: Waiting, capture: Capture, changes: list[dict[str, Any]]) -> Item:
    shown = [one for one in changes if any(one.get(part) for part in TELLING)]
    return Item(
        id=row.pk,
        title=capture.title,
        body=capture.body,
        link=capture.link,
        happened_at=capture.happened_at,
        due_at=row.due_at,
        dropped_at=row.dropped_at,
        by=row.by if row.is_proposed else None,
        shown=shown,
        others=[one for one in changes if one not in shown],
        more=capture.more,
        held=[one.model_dump() for one in capture.held],
        missing=[one.model_dump() for one in capture.missing],
    )
