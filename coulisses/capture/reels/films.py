"""What a film shows: which versions, for how long, in which shape."""

from collections.abc import Sequence
from typing import Any

from coulisses.capture import queries
from coulisses.capture.models import Piece, PieceVersion, Reel
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.projects.models import Project

SHAPES = {"landscape": (1920, 1080), "square": (1080, 1080), "vertical": (1080, 1920)}
"""Width and height in pixels."""
MOST = 600  # versions of one film; of more, as many are chosen evenly
LENGTH = 30.0  # seconds that a long life is told in
SLOWEST, FASTEST = 1.0, 1 / 12  # seconds a version is seen
LAST = 2.0  # seconds the last one is seen
GROUND = "#1c1a17"


def versions(project: Project, piece: Piece) -> list[PieceVersion]:
    """Return the versions that everybody may see and that have a picture, oldest first."""
    found = queries.versions(piece, audiences=ledger.OUTSIDE).exclude(version="")
    thinned = _thinned(list(found))
    kept = _previews(project, {one.version for one in thinned})
    gone = Entry.objects.filter(
        log=project.work, position__in={one.position for one in thinned}, sealed=None
    )
    shredded = set(gone.values_list("position", flat=True))
    return [one for one in thinned if one.version in kept and one.position not in shredded]


def last(project: Project, piece: Piece) -> int:
    """Return the position of the latest version that a film would show; 0 for none."""
    newest = queries.versions(piece, audiences=ledger.OUTSIDE, newest_first=True).first()
    return newest.position if newest else 0


def wanted(reel: Reel) -> dict[str, Any]:
    """Return what `coulisses_readers.reel` is told, but for where the film is to stand."""
    shown = versions(reel.project, reel.piece)
    kept = _previews(reel.project, {one.version for one in shown})
    each = min(SLOWEST, max(FASTEST, LENGTH / max(1, len(shown))))
    width, height = SHAPES[reel.shape]
    frames = [
        {
            "path": str(store.location(kept[one.version])),
            "label": str(one.position) if reel.has_numbers else "",
            "seconds": LAST if one is shown[-1] else each,
        }
        for one in shown
    ]
    return {"frames": frames, "width": width, "height": height, "ground": GROUND}


def _thinned(whole: Sequence[PieceVersion]) -> list[PieceVersion]:
    if len(whole) <= MOST:
        return list(whole)
    step = (len(whole) - 1) / (MOST - 1)
    return [whole[round(index * step)] for index in range(MOST)]


def _previews(project: Project, names: set[str]) -> dict[str, Preview]:
    """Return each version's larger picture; a document's is its first page."""
    found: dict[str, Preview] = {}
    asked = sorted(names)
    for start in range(0, len(asked), 400):
        rows = Preview.objects.filter(
            version__log=project.work,
            version__name__in=asked[start : start + 400],
            version__is_shredded=False,
            variant__in=["small", "large"],
        )
        for one in rows.select_related("version").order_by("-variant"):
            found[one.version.name] = one  # "small" first, so that "large" takes its place
    return found
