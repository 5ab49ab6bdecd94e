"""Pictures that stand for projects on a wall: the chosen one, or the newest that all may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from coulisses.capture.models import PieceVersion
from coulisses.log import ledger
from coulisses.log.models import Entry, Log
from coulisses.media.models import Preview
from coulisses.projects.columns import Cover
from coulisses.projects.models import Project
from coulisses.ui import covers, pictures
from coulisses.ui.pictures import Picture

NEAR = 24  # entries within which a picture beside words still stands for what files don't show


@dataclass(frozen=True)
class _Shown:
    """Where a picture stands: the entry, its place in it, the version of the file."""

    project: Project
    position: int
    index: int
    version: str
    alt: str = ""


def of(projects: Sequence[Project]) -> dict[str, Picture]:
    """Return the pictures of those projects that have one, by id, in eight queries at most."""
    free = [one for one in projects if one.cover == Cover.NEWEST]
    found = _pictures(_saved(free))
    found |= _pictures(_told([one for one in free if one.pk not in found]))
    return {**found, **covers.of(projects)}


def _saved(projects: Sequence[Project]) -> list[_Shown]:
    """Return where the newest public picture that was captured stands, in two queries."""
    by_pk = {one.pk: one for one in projects}
    there = PieceVersion.objects.filter(reader="picture", audience=ledger.PUBLIC)
    there = there.exclude(version="")
    # The newest of each project by itself: together they would all be looked through.
    of_one = there.filter(project=OuterRef("pk")).order_by("-position", "index")
    newest = Project.objects.filter(pk__in=list(by_pk)).annotate(
        newest=Subquery(of_one.values("pk")[:1])
    )
    chosen = list(newest.filter(newest__isnull=False).values_list("newest", flat=True))
    versions = {one.project_id: one for one in PieceVersion.objects.filter(pk__in=chosen)}
    return [_Shown(by_pk[pk], one.position, one.index, one.version) for pk, one in versions.items()]


def _told(projects: Sequence[Project]) -> list[_Shown]:
    """Return where the newest public picture beside words stands, in two queries."""
    by_log = {one.work_id: one for one in projects}
    near = Q(pk__in=[])
    for log, size in Log.objects.filter(pk__in=list(by_log)).values_list("pk", "size"):
        near |= Q(log=log, position__gt=max(0, size - NEAR))
    told = Entry.objects.filter(near, audience=ledger.PUBLIC).exclude(topic__in=["", "capture"])
    found: dict[str, _Shown] = {}
    for one in told.select_related("sealed").order_by("-position"):
        if one.log_id not in found and (beside := pictures.pictures_of(one.fact)):
            first = beside[0]
            alt = first.get("alt", "")
            found[one.log_id] = _Shown(by_log[one.log_id], one.position, 0, first["version"], alt)
    return list(found.values())


def _pictures(shown: Sequence[_Shown]) -> dict[str, Picture]:
    wanted = Q(pk__in=[])
    for one in shown:
        wanted |= Q(version__log=one.project.work_id, version__name=one.version)
    previews = Preview.objects.filter(wanted).select_related("version")
    sizes = {(p.version.log_id, p.version.name, p.variant): (p.width, p.height) for p in previews}
    return {one.project.pk: picture for one in shown if (picture := _face(one, sizes)) is not None}


def _face(one: _Shown, sizes: Mapping[tuple[str, str, str], tuple[int, int]]) -> Picture | None:
    small = sizes.get((one.project.work_id, one.version, "small"))
    large = sizes.get((one.project.work_id, one.version, "large"), small)
    if small is None or large is None:
        return None
    base = f"{one.project.path}{one.position}/picture/{one.index}/after/"
    return Picture(f"{base}small", f"{base}large", *small, *large, one.alt)
