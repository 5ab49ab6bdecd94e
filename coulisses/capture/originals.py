"""The files themselves: with their maker, unless a project keeps them or gives them away."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum

from coulisses.capture import waiting
from coulisses.capture.previews import OFFERED
from coulisses.capture.refusals import (
    OriginalNotFound,
    OriginalsNotKept,
    OriginalsWouldGo,
    PreviewStands,
)
from coulisses.lib.refusals import Refusal, require
from coulisses.log.kinds import Fact
from coulisses.media import store
from coulisses.media.models import Preview, Version
from coulisses.projects import revisions, rules
from coulisses.projects.models import Originals, Project
from coulisses.ui import pictures


@dataclass(frozen=True)
class Kept:
    """How many files themselves are kept of a project, and their bytes."""

    count: int
    bytes: int


@dataclass(frozen=True)
class Original:
    """A file itself that an entry shows: the `index` of its change, its path and its bytes."""

    index: int
    path: str
    bytes: int


def kept(project: Project) -> Kept:
    """Count what is kept."""
    found = store.originals(project.work).aggregate(count=Count("pk"), bytes=Sum("size"))
    return Kept(found["count"], found["bytes"] or 0)


def choose(project: Project, choice: Originals, *, is_sure: bool) -> None:
    """Decide what becomes of the files themselves; those kept go where none are to be.

    Raises OriginalsWouldGo unless `is_sure` of that.
    """
    if choice == Originals.STAY:
        before = kept(project)
        require(is_sure or not before.count, OriginalsWouldGo, count=before.count)
    rules.choose_originals(project, choice)
    if choice == Originals.STAY:
        store.forget_originals(project.work)


def keep(
    project: Project, version: str, pieces: Iterable[bytes], *, is_offered: bool = False
) -> Preview:
    """Keep the file itself of a version; a contributor's (`is_offered`) replaces none.

    Raises OriginalsNotKept, VersionShredded, PreviewStands.
    """
    _require_wanted(project, version)
    require(not (is_offered and _is_a_makers(project, version)), PreviewStands)
    preview = store.keep_original(project.work, version, pieces)
    try:
        # Long files take their time: what was decided meanwhile holds for this one too.
        project.refresh_from_db(fields=["originals"])
        _require_wanted(project, version)
    except Refusal:
        store.forget_originals(project.work, [version])
        raise
    revisions.bump(project)
    return preview


def _require_wanted(project: Project, version: str) -> None:
    require(project.originals != Originals.STAY, OriginalsNotKept)
    require(not waiting.dropped(project, [version]), store.VersionShredded)


def _is_a_makers(project: Project, version: str) -> bool:
    """Whether a file itself is kept already, or a maker has said what it looks like."""
    known = Version.objects.filter(log=project.work, name=version)
    has_one = known.filter(previews__variant=store.ORIGINAL).exists()
    return has_one or known.exclude(reader="").exclude(facts__has_key=OFFERED).exists()


def of(project: Project, fact: Fact) -> list[Original]:
    """Return the files themselves that are kept of what an entry brought, in one query."""
    first = len(pictures.pictures_of(fact))
    numbered = enumerate(pictures.changes_of(fact), start=first)
    after = [(index, one) for index, one in numbered if one["after"]]
    names = {one["after"]["version"] for _index, one in after}
    rows = store.originals(project.work).filter(version__name__in=names)
    sizes = dict(rows.values_list("version__name", "size"))
    return [
        Original(index, one["path"], sizes[one["after"]["version"]])
        for index, one in after
        if one["after"]["version"] in sizes
    ]


def open_one(project: Project, fact: Fact, index: int) -> tuple[Preview, str]:
    """Return the file itself of an entry's change, and its name. Raises OriginalNotFound."""
    found = next((one for one in of(project, fact) if one.index == index), None)
    require(found, OriginalNotFound)
    assert found
    version = pictures.version_at(fact, index, "after")
    preview = store.open_original(project.work, str(version))
    return preview, found.path.rpartition("/")[2]
