"""A sitting's page: what one sat down to, from its first entry to its last."""

from dataclasses import dataclass
from datetime import timedelta

from coulisses.lib.refusals import require
from coulisses.log.refusals import EntryNotFound
from coulisses.pages.queries import folded, page, runs
from coulisses.pages.queries.runs import Run
from coulisses.projects.models import Sitting
from coulisses.ui.scene import GREATEST, Scene

MOST = 200  # entries of one page; a sitting has a hundred and its quiet lines


@dataclass(frozen=True)
class Whole:
    """A sitting, its entries in the order they were told, and its neighbours."""

    sitting: Sitting
    runs: list[Run]
    older: Sitting | None
    newer: Sitting | None
    span: timedelta


def read(scene: Scene, first: int) -> Whole:
    """Return a sitting's page. Raises EntryNotFound."""
    require(first <= GREATEST, EntryNotFound)
    sittings = Sitting.objects.filter(project=scene.project)
    found = sittings.filter(first_position=first).first()
    require(found, EntryNotFound)
    assert found
    known = scene.read(after=first - 1, before=found.last_position + 1, limit=MOST)
    require(known, EntryNotFound)
    items = folded.under(scene, page.gather(scene, known))
    page.note_heading(found, items)
    return Whole(
        sitting=found,
        runs=runs.of(items, is_alone=True),
        older=sittings.filter(first_position__lt=first).order_by("-first_position").first(),
        newer=sittings.filter(first_position__gt=found.last_position)
        .order_by("first_position")
        .first(),
        span=found.ended_at - found.started_at,
    )
