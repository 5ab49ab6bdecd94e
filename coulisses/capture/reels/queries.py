"""What a file's page shows of its films."""

from dataclasses import dataclass

from coulisses.capture.models import Piece, PieceVersion, Reel
from coulisses.capture.reels import films
from coulisses.projects.models import Project


@dataclass(frozen=True)
class Reels:
    """A file's films: those that are ready, those on their way, and the shapes there are."""

    ready: list[Reel]
    coming: list[Reel]
    failed: list[Reel]
    shapes: list[str]
    is_possible: bool


def of(project: Project, piece: Piece, *, is_team: bool) -> Reels:
    """Return a file's films; only its makers learn of those that are not ready."""
    rows = list(Reel.objects.filter(piece=piece).order_by("shape", "has_numbers"))
    under_way = [one for one in rows if one.state in ("asked", "making")] if is_team else []
    return Reels(
        ready=[one for one in rows if one.state == "ready"],
        coming=under_way,
        failed=[one for one in rows if one.state == "failed"] if is_team else [],
        shapes=list(films.SHAPES),
        is_possible=is_team and len(films.versions(project, piece)) > 1,
    )


def made_from(project: Project, position: int) -> int:
    """Count the films that go with an entry: those of the files it shows."""
    pieces = PieceVersion.objects.filter(project=project, position=position).values("piece")
    return Reel.objects.filter(piece__in=pieces, state="ready").count()
