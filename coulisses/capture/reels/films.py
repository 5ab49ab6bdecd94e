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
from coulisses.ui import assets

SHAPES = {"landscape": (1920, 1080), "square": (1080, 1080), "vertical": (1080, 1920)}
"""Width and height in pixels."""
MOST = 600  # versions of one film; of more, as many are chosen evenly
LENGTH = 30.0  # seconds that a long life is told in
SLOWEST, FASTEST = 1.0, 1 / 12  # seconds a version is seen
LAST = 2.0  # seconds the last one is seen
GROUND = "#1c1a17"
READ_LENGTH, READ_LAST = 45.0, 3.0  # seconds of a text's film, and its last version
READ_SLOWEST, READ_FASTEST = 2.5, 1 / 3
FONTS = ("newsreader-latin.woff2", "newsreader-latin-ext.woff2")

READ = ("prose", "document")

Words = list[list[str]]


def versions(project: Project, piece: Piece) -> list[PieceVersion]:
    """Return the versions that a film shows, oldest first: all of them everybody may see.

    They have a picture; of a text without any, words.
    """
    return _pictured(project, piece) or [one for one, _words in _written(project, piece)]


def _pictured(project: Project, piece: Piece) -> list[PieceVersion]:
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
    width, height = SHAPES[reel.shape]
    shown = _pictured(reel.project, reel.piece)
    said = {"width": width, "height": height, "ground": GROUND}
    if shown:
        return {**said, "frames": _of_pictures(reel, shown)}
    fonts = [str(assets.path(name)) for name in FONTS]
    return {**said, "frames": _of_words(reel), "fonts": fonts}


def _of_pictures(reel: Reel, shown: Sequence[PieceVersion]) -> list[dict[str, Any]]:
    kept = _previews(reel.project, {one.version for one in shown})
    each = min(SLOWEST, max(FASTEST, LENGTH / max(1, len(shown))))
    return [
        {
            "path": str(store.location(kept[one.version])),
            "label": _label(reel, one),
            "seconds": LAST if one is shown[-1] else each,
        }
        for one in shown
    ]


def _of_words(reel: Reel) -> list[dict[str, Any]]:
    shown = _written(reel.project, reel.piece)
    each = min(READ_SLOWEST, max(READ_FASTEST, READ_LENGTH / max(1, len(shown))))
    return [
        {
            "runs": words,
            "label": _label(reel, one),
            "seconds": READ_LAST if one is shown[-1][0] else each,
        }
        for one, words in shown
    ]


def _label(reel: Reel, one: PieceVersion) -> str:
    return str(one.position) if reel.has_numbers else ""


def _written(project: Project, piece: Piece) -> list[tuple[PieceVersion, Words]]:
    """Return the versions that everybody may see with the words that changed, oldest first."""
    thinned = _thinned(list(queries.versions(piece, audiences=ledger.OUTSIDE)))
    told = Entry.objects.filter(log=project.work, position__in={one.position for one in thinned})
    facts = {one.position: one.fact for one in told.select_related("sealed") if not one.is_shredded}
    found = []
    for one in thinned:
        changes = getattr(facts.get(one.position), "changes", [])
        words = changes[one.index].get("words") if one.index < len(changes) else None
        if words and one.reader in READ and one.what != "removed":
            found.append((one, words))
    return found


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
