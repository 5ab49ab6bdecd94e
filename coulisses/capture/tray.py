"""The tray: what waits, as a maker looks at it before it is told or dropped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from coulisses.capture import queries
from coulisses.capture.forms import Capture
from coulisses.capture.models import Waiting
from coulisses.capture.refusals import WaitingNotFound
from coulisses.capture.telling import fact_of
from coulisses.lib.refusals import require
from coulisses.media.store import PreviewNotFound
from coulisses.projects.models import Project
from coulisses.ui import pictures

A_PAGE = 20
MOST_CHOSEN = 200
GREATEST = 2**63 - 1


@dataclass(frozen=True)
class Item:
    """One save that waits: what it would show, and when it is due (None: when released)."""

    id: int
    title: str
    happened_at: datetime
    due_at: datetime | None
    changes: list[dict[str, Any]]
    more: int


@dataclass(frozen=True)
class Page:
    """A page of the tray; `next` leads to the next one, None at the end."""

    items: list[Item]
    next: int | None


def read(project: Project, *, after: int) -> Page:
    """Return what waits after a row, oldest first, with what is known of its files."""
    rows = queries.waiting(project, after=after, limit=A_PAGE + 1)
    page = rows[:A_PAGE]
    captures = [Capture.model_validate_json(row.said) for row in page]
    facts = [fact_of(capture) for capture in captures]
    names = {name for fact in facts for name in pictures.names(fact)}
    known = pictures.kept(project.work, names)
    items = [
        Item(
            id=row.pk,
            title=capture.title,
            happened_at=capture.happened_at,
            due_at=row.due_at,
            changes=pictures.changes(fact, f"{project.path}waiting/{row.pk}", known),
            more=fact.more,
        )
        for row, capture, fact in zip(page, captures, facts, strict=True)
    ]
    return Page(items, page[-1].pk if len(rows) > A_PAGE else None)


def version_at(project: Project, waiting_id: int, index: int, side: str) -> str:
    """Return the state of a file that a waiting save shows. Raises PreviewNotFound."""
    row = Waiting.objects.filter(
        project=project, pk=min(waiting_id, GREATEST), is_dropped=False
    ).first()
    require(row, PreviewNotFound)
    assert row
    version = pictures.version_at(fact_of(Capture.model_validate_json(row.said)), index, side)
    require(version, PreviewNotFound)
    return str(version)


def place(said: str | None) -> int:
    """Return the row after which a page begins; nonsense is the beginning."""
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 19 else 0


def chosen(said: QueryDict) -> list[int]:
    """Return the rows a form chose. Raises WaitingNotFound where there is none."""
    ids = [place(one) for one in said.getlist("id")[:MOST_CHOSEN]]
    require(ids and all(ids), WaitingNotFound)
    return ids
