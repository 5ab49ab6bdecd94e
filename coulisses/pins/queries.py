"""What readers ask of pins."""

from collections.abc import Collection

from coulisses.log import ledger
from coulisses.pins.models import Pin
from coulisses.projects.models import Project


def pinned(
    project: Project, *, audiences: frozenset[str], positions: Collection[int] | None = None
) -> list[int]:
    """Return the positions of pinned entries that a reader may see, newest first.

    With `positions`, only those of them.
    """
    pins = Pin.objects.filter(project=project)
    if audiences is not ledger.EVERYTHING:
        pins = pins.filter(audience__in=audiences)
    if positions is not None:
        pins = pins.filter(position__in=positions)
    return list(pins.order_by("-position").values_list("position", flat=True))
