"""Pictures that stand for projects, as their makers chose them."""

import hashlib
from collections.abc import Sequence

from django.db.models import Q

from coulisses.media.models import Preview
from coulisses.projects.models import Project
from coulisses.ui.pictures import Picture


def of(projects: Sequence[Project]) -> dict[str, Picture]:
    """Return the chosen pictures of those projects that have one, in one query."""
    chosen = [project for project in projects if project.cover_version]
    if not chosen:
        return {}
    wanted = Q(pk__in=[])
    for one in chosen:
        wanted |= Q(version__log=one.work_id, version__name=one.cover_version)
    kept = Preview.objects.filter(wanted, variant__in=["small", "large"]).select_related("version")
    sizes = {(one.version.log_id, one.variant): (one.width, one.height) for one in kept}
    return {one.pk: picture for one in chosen if (picture := _picture(one, sizes)) is not None}


def _picture(project: Project, sizes: dict[tuple[str, str], tuple[int, int]]) -> Picture | None:
    large = sizes.get((project.work_id, "large"))
    small = sizes.get((project.work_id, "small"), large)
    if small is None or large is None:
        return None
    # The address changes with the picture: what is kept of the one before is not shown for it.
    state = hashlib.sha256(project.cover_version.encode()).hexdigest()[:8]
    base = f"{project.path}cover/"
    addresses = (f"{base}small?v={state}", f"{base}large?v={state}")
    return Picture(*addresses, *small, *large, project.cover_alt)
