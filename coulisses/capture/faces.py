"""Pictures that stand for projects on a wall: the chosen one, or the newest that all may see."""

from collections.abc import Sequence

from django.db.models import Max, Q

from coulisses.capture.models import PieceVersion
from coulisses.log import ledger
from coulisses.media.models import Preview
from coulisses.projects.columns import Cover
from coulisses.projects.models import Project
from coulisses.ui import covers
from coulisses.ui.pictures import Picture


def of(projects: Sequence[Project]) -> dict[str, Picture]:
    """Return the pictures of those projects that have one, by id, in four queries."""
    return {**_newest(projects), **covers.of(projects)}


def _newest(projects: Sequence[Project]) -> dict[str, Picture]:
    """Return the newest public picture of those that chose none, in three queries."""
    by_pk = {one.pk: one for one in projects if one.cover == Cover.NEWEST}
    there = PieceVersion.objects.filter(
        project__in=list(by_pk), reader="picture", audience=ledger.PUBLIC
    ).exclude(version="")
    newest = there.values("project").annotate(newest=Max("position"))
    at = Q(pk__in=[])
    for row in newest:
        at |= Q(project=row["project"], position=row["newest"])
    versions = {one.project_id: one for one in there.filter(at).order_by("-index")}
    wanted = Q(pk__in=[])
    for pk, one in versions.items():
        wanted |= Q(version__log=by_pk[pk].work_id, version__name=one.version)
    previews = Preview.objects.filter(wanted).select_related("version")
    sizes = {(p.version.log_id, p.version.name, p.variant): (p.width, p.height) for p in previews}
    return {
        pk: picture
        for pk, one in versions.items()
        if (picture := _face(by_pk[pk], one, sizes)) is not None
    }


def _face(
    project: Project, one: PieceVersion, sizes: dict[tuple[str, str, str], tuple[int, int]]
) -> Picture | None:
    small = sizes.get((project.work_id, one.version, "small"))
    large = sizes.get((project.work_id, one.version, "large"), small)
    if small is None or large is None:
        return None
    base = f"{project.path}{one.position}/picture/{one.index}/after/"
    return Picture(f"{base}small", f"{base}large", *small, *large)
