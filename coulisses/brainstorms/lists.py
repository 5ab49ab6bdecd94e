"""Lists of brainstorms: a studio's at its desk, a work's beside its stage, what each project is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coulisses.brainstorms import course, doors, rows
from coulisses.brainstorms.models import Brainstorm
from coulisses.lib import places
from coulisses.log import ledger
from coulisses.people.acting import NOBODY
from coulisses.projects import billed
from coulisses.projects.models import Project, Studio
from coulisses.projects.recent import Recent
from coulisses.projects.sight import Sight

MOST_OPEN = 100  # of a studio, that are not over
MOST_BESIDE = 5
A_PAGE = 20
NAME = pgettext_lazy("kind", "brainstorm")
OUTSIDE = Sight(ledger.OUTSIDE)
_ones: Recent[bool] = Recent(512)
OVER = Q(brainstorm__phase=course.ENDED) | Q(brainstorm__called_off_at__isnull=False)


@dataclass(frozen=True)
class Shelves:
    """A studio's brainstorms: being prepared, to come, on now, over; `older` is the next page."""

    rehearsals: list[Brainstorm]
    coming: list[Brainstorm]
    on: list[Brainstorm]
    over: list[Brainstorm]
    older: str

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return not (self.rehearsals or self.coming or self.on or self.over)


def of_studio(studio: Studio, *, after: str) -> Shelves:
    """Return a studio's brainstorms, the last opened first. Raises PlaceMalformed."""
    rows = Project.objects.filter(studio=studio, brainstorm__is_practice=False, withdrawn_at=None)
    rows = rows.select_related("studio", "brainstorm")
    over, older = places.page(rows.filter(OVER), "opened_at", after=after, limit=A_PAGE)
    live = [] if after else list(rows.exclude(OVER).order_by("-opened_at", "pk")[:MOST_OPEN])
    found = [_of(one) for one in live]
    named = {
        name: [one for one in found if doors.state(one) == name]
        for name in ("rehearsal", "coming", "on")
    }
    return Shelves(
        named["rehearsal"], named["coming"], named["on"], [_of(one) for one in over], older
    )


def about(project: Project) -> list[Brainstorm]:
    """Return the brainstorms about a work that are called and not over, the last called first."""
    rows = Brainstorm.objects.filter(
        of=project,
        called_position__gt=0,
        called_off_at=None,
        project__curtain_raised_at__isnull=False,
        project__withdrawn_at=None,
    ).exclude(phase=course.ENDED)
    shown = rows.select_related("project__studio").order_by("-changed_at", "pk")
    return list(shown[:MOST_BESIDE])


def find(project: Project) -> Brainstorm | None:
    """Return the brainstorm that a project is, if it is one: every stage asks, of works once."""
    if not _is_one(project):
        return None
    known = Brainstorm.objects.select_related("of__studio").filter(pk=project.pk).first()
    if known:
        known.project = project
    return known


def _is_one(project: Project) -> bool:
    """Whether a project is a brainstorm: it is one from the transaction on that opened it."""
    return _ones.get((project.pk,), lambda: rows.is_one(project.pk))


def offered(studio: Studio) -> QuerySet[Project]:
    """Return the works of a studio that a brainstorm can be about."""
    rows = Project.objects.filter(studio=studio, brainstorm=None, withdrawn_at=None)
    return rows.order_by("title", "pk")[:200]


@billed.led_by
def console(project: Project) -> billed.Led | None:
    """Return where a brainstorm is led from."""
    is_one = Brainstorm.objects.filter(pk=project.pk).exists()
    return billed.Led(f"{project.desk}wall/", _("Console")) if is_one else None


@billed.by
def what(projects: Collection[str]) -> Mapping[str, Any]:
    """Return what those of these projects are that ask a question."""
    rows = Brainstorm.objects.filter(pk__in=projects).values_list("pk", flat=True)
    return dict.fromkeys(rows, NAME)


@billed.on_cards
def on_card(project: Project) -> Mapping[str, str]:
    """Return what stands on the picture of a brainstorm's link: its code, when, who may come."""
    of = find(project)
    if of is None:
        return {}
    poster = doors.Poster(of, OUTSIDE, NOBODY)
    is_coming = poster.state == "coming" and not of.is_called_off
    return {
        "tape": str(NAME if is_coming else poster.word),
        "number": poster.code if poster.state in ("coming", "on") else "",
        "place": poster.at if is_coming and poster.at else project.studio.name,
    }


def _of(project: Project) -> Brainstorm:
    found = project.brainstorm
    found.project = project
    return found
