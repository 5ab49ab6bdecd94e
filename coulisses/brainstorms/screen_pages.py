"""What the big screen shows: one scene at a time, the host's choice or what the course asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from django.db.models import Case, Count, F, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from coulisses.brainstorms import closing, course, hosted, queries, reading
from coulisses.brainstorms.hosted import Line
from coulisses.brainstorms.models import Brainstorm, Family, Idea
from coulisses.ui import addresses
from coulisses.ui.slots import Reader

NEWEST = 24  # ideas among which the screen turns pages
FAMILIES = 8
OF_EACH = 3  # ideas of a family
LOOSE = 12  # ideas shown while there is no family
PLACES = 3

BY_COURSE = {
    course.CALLED: "question",
    course.OPEN: "question",
    course.THROW: "ideas",
    course.GATHER: "families",
    course.VOTE: "vote",
    course.SETTLE: "podium",
    course.ENDED: "podium",
}


@dataclass(frozen=True)
class Column:
    """A family: its name, how many ideas it holds, the first of them."""

    position: int
    name: str
    count: int
    lines: list[Line]


def said(request: HttpRequest, of: Brainstorm, reader: Reader) -> dict[str, Any]:
    """Return what the screen shows. The place of its stream comes first."""
    live = reading.live(of, reader)
    scene = of.on_screen or BY_COURSE[of.phase]
    if scene == "ideas" and of.is_silent:
        scene = "silence"
    code = getattr(of.project, "join_code", None)
    # Who may come by a code alone learns it in the hall, not from whoever opens this page.
    code = str(code) if code and (of.who != "code" or reader.sight.is_team) else ""
    base = addresses.base(request)
    return {
        "live": live,
        "of": of,
        "project": of.project,
        "sight": reader.sight,
        "scene": scene,
        "code": code,
        "address": base.partition("://")[2] + ("/join" if code else f"{of.project.path}wall/"),
        "picture": drawn(f"{base}/j/{code}" if code else f"{base}{of.project.path}wall/"),
        "counts": hosted.counts(of),
        "is_light": "light" in request.GET,
        **_scene(of, scene),
    }


@lru_cache(maxsize=64)
def drawn(address: str) -> SafeString:
    """Return an address to be scanned, as SVG: dark on light whatever the screen's colours."""
    made = segno.make(address, error="m")
    svg = made.svg_inline(border=3, light="#ffffff", omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308


def _scene(of: Brainstorm, scene: str) -> dict[str, Any]:
    if scene == "ideas":
        return {
            "lines": _shown(of, list(queries.standing(of.project).order_by("-position")[:NEWEST]))
        }
    if scene == "idea":
        return {
            "lines": _shown(of, list(queries.standing(of.project).filter(position=of.screen_idea)))
        }
    if scene == "families":
        return {"columns": families(of)}
    if scene == "podium":
        lines = _podium(of)
        return {"lines": lines, "placed": _placed(lines), "is_over": of.phase == course.ENDED}
    return {}


def families(of: Brainstorm) -> list[Column]:
    """Return the largest families, with the newest ideas of each; those in none come last."""
    known = Family.objects.filter(project=of.project).exclude(name="")
    names = {0: "", **dict(known.values_list("position", "name"))}
    # What lay in a family that was let go lies in none.
    lies = Case(When(family__in=list(names), then=F("family")), default=Value(0))
    ideas = queries.standing(of.project).order_by().annotate(lies=lies)
    counts = dict(ideas.values_list("lies").annotate(count=Count("pk")))
    order = sorted(names, key=lambda one: (one == 0, -counts.get(one, 0), one))[:FAMILIES]
    most = OF_EACH if len(names) > 1 else LOOSE
    row = Window(RowNumber(), partition_by="lies", order_by=F("position").desc())
    first: list[Any] = list(
        ideas.annotate(row=row).filter(row__lte=most, lies__in=order).order_by("-position")
    )
    lies_in = {one.position: one.lies for one in first}
    lines = _shown(of, first)
    return [
        Column(
            *(one, names[one], counts.get(one, 0)),
            [line for line in lines if lies_in[line.position] == one],
        )
        for one in order
        if counts.get(one)
    ]


def _podium(of: Brainstorm) -> list[Line]:
    """Return what is kept once it is over, before that the ideas with the most dots."""
    if of.phase == course.ENDED:
        return _shown(of, closing.kept(of)[:PLACES])
    if not of.counted_position:
        return []
    return _shown(
        of,
        list(
            queries.standing(of.project).filter(dots__gt=0).order_by("-dots", "position")[:PLACES]
        ),
    )


def _placed(lines: Sequence[Line]) -> list[tuple[int, Line]]:
    """Return lines with their places: as many dots, the same place."""
    dots = [one.idea.dots for one in lines]
    return [(dots.index(one.idea.dots) + 1, one) for one in lines]


def _shown(of: Brainstorm, ideas: Sequence[Idea]) -> list[Line]:
    return [one for one in hosted.lines(of, ideas) if one.hidden is None]
