"""The lives of files: derived from captures, so that a file is followed through its renamings."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coulisses.capture.kinds import CaptureTaken
from coulisses.capture.models import Piece, PieceVersion
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.projects.models import Project

SIDES = ("path", "was")
A_QUERY = 500  # names in one query; SQLite bounds them


Told = Sequence[tuple[Entry, CaptureTaken]]


def follow(project: Project, told: Told) -> None:
    """Bring the pieces up to these captures, given in the order of the log."""
    paths = {change[side] for _, fact in told for change in fact.changes for side in SIDES}
    pieces = _Pieces(project, _current(project, paths - {None}))
    rows = [
        (piece, entry, index, change)
        for entry, fact in told
        for index, (piece, change) in enumerate(
            zip(pieces.moved(fact.changes), fact.changes, strict=True)
        )
    ]
    pieces.save()
    PieceVersion.objects.bulk_create([_version(project, *row) for row in rows], batch_size=A_QUERY)


class _Pieces:
    """The pieces that a batch of captures touches, by the path they have now."""

    def __init__(self, project: Project, current: dict[str, Piece]) -> None:
        self.project = project
        self.current = current
        self.new: list[Piece] = []
        self.changed: set[Piece] = set()

    def moved(self, changes: Sequence[dict[str, Any]]) -> list[Piece]:
        """Let one capture's changes happen at once, and return the piece of each."""
        touched: list[Piece | None] = []
        for change in changes:
            piece = self.current.get(_from(change))
            touched.append(None if piece in touched else piece)
        for piece in touched:
            if piece:
                del self.current[piece.path]
        return [
            self._settled(piece, change["path"])
            for piece, change in zip(touched, changes, strict=True)
        ]

    def _settled(self, piece: Piece | None, path: str) -> Piece:
        if piece is None:
            piece = Piece(project=self.project, path=path)
            self.new.append(piece)
        displaced = self.current.get(path)
        if displaced:
            displaced.is_current = False
            self._note(displaced)
        if piece.path != path:
            piece.path = path
            self._note(piece)
        self.current[path] = piece
        return piece

    def _note(self, piece: Piece) -> None:
        if piece.pk:
            self.changed.add(piece)

    def save(self) -> None:
        """Write the pieces; first none of them holds its path, so that two may swap theirs."""
        moved = list(self.changed)
        Piece.objects.filter(pk__in=[piece.pk for piece in moved]).update(is_current=False)
        Piece.objects.bulk_create(self.new, batch_size=A_QUERY)
        Piece.objects.bulk_update(moved, ["path", "is_current"], batch_size=A_QUERY)


def forget(project: Project, entry: Entry) -> None:
    """Take out what was derived from a capture whose words are about to go."""
    if not isinstance(entry.fact, CaptureTaken):
        return
    versions = PieceVersion.objects.filter(project=project, position=entry.position)
    pieces = list(Piece.objects.filter(pk__in=versions.values("piece")))
    versions.delete()
    for piece in pieces:
        _remember_less(piece)
    store.shred(project.work, _shown_here_alone(project, entry.fact))


def replay(project: Project) -> None:
    """Derive every piece anew from the log as it stands."""
    Piece.objects.filter(project=project).delete()
    for told in _told(project):
        follow(project, told)


def _told(project: Project) -> Iterator[Told]:
    told = Entry.objects.filter(log=project.work_id, kind=CaptureTaken.kind_name)
    told = told.select_related("sealed").order_by("position")
    after = 0
    while entries := list(told.filter(position__gt=after)[:A_QUERY]):
        after = entries[-1].position
        yield [(one, one.fact) for one in entries if isinstance(one.fact, CaptureTaken)]


def _remember_less(piece: Piece) -> None:
    latest = piece.versions.order_by("-position", "-index").first()
    if latest is None:
        piece.delete()
    elif latest.path != piece.path:
        taken = Piece.objects.filter(project=piece.project_id, path=latest.path, is_current=True)
        piece.path, piece.is_current = latest.path, piece.is_current and not taken.exists()
        piece.save(update_fields=["path", "is_current"])


def _shown_here_alone(project: Project, fact: CaptureTaken) -> set[str]:
    """What stood before and was never brought by another entry: nothing else would take it out."""
    before = {change["before"]["version"] for change in fact.changes if change["before"]}
    brought = PieceVersion.objects.filter(project=project, version__in=before)
    return before - set(brought.values_list("version", flat=True))


def _from(change: dict[str, Any]) -> str:
    is_renamed = change["what"] == "renamed" and change["was"]
    return str(change["was"] if is_renamed else change["path"])


def _current(project: Project, paths: Iterable[str]) -> dict[str, Piece]:
    asked, found = list(paths), {}
    for start in range(0, len(asked), A_QUERY):
        names = asked[start : start + A_QUERY]
        for piece in Piece.objects.filter(project=project, is_current=True, path__in=names):
            found[piece.path] = piece
    return found


def _version(
    project: Project, piece: Piece, entry: Entry, index: int, change: dict[str, Any]
) -> PieceVersion:
    return PieceVersion(
        project=project,
        piece=piece,
        position=entry.position,
        index=index,
        path=change["path"],
        what=change["what"],
        reader=change["reader"],
        version=change["after"]["version"] if change["after"] else "",
        audience=entry.audience,
    )
