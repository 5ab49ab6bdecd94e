"""How many bytes stand beside each log: counted as they come and go, so that asking is cheap."""

from collections.abc import Callable, Iterable

from django.db.models import F

from coulisses.log.models import Log
from coulisses.media.models import Room

_asked: list[Callable[[Log, int], None]] = []


def ask_first(ask: Callable[[Log, int], None]) -> None:
    """Have somebody asked before so many bytes are kept beside a log; they refuse by raising."""
    if ask not in _asked:
        _asked.append(ask)


def require(log: Log, coming: int) -> None:
    """Ask whether there is room; raises what whoever was asked refuses with."""
    for ask in _asked:
        ask(log, coming)


def grow(log_id: str, *, previews: int = 0, originals: int = 0) -> None:
    """Count what has come (or, below nought, has gone); within the transaction that keeps it."""
    if not (previews or originals):
        return
    grown = {"previews": F("previews") + previews, "originals": F("originals") + originals}
    if not Room.objects.filter(log_id=log_id).update(**grown):
        Room.objects.get_or_create(log_id=log_id)
        Room.objects.filter(log_id=log_id).update(**grown)


def shrink(gone: Iterable[tuple[str, bool, int]]) -> None:
    """Count what has gone: a log's id, whether it was an original, and its bytes."""
    counts: dict[str, list[int]] = {}
    for log_id, is_original, size in gone:
        counts.setdefault(log_id, [0, 0])[is_original] += size
    for log_id, (previews, originals) in counts.items():
        grow(log_id, previews=-previews, originals=-originals)
