"""Holding a brainstorm: what decides by its phase waits for who changes it, and the other way."""

from coulisses.brainstorms.models import Brainstorm
from coulisses.lib import once


@once.asked
def hold(of: Brainstorm) -> Brainstorm:
    """Return a brainstorm as it is now, held to the end of the transaction."""
    rows = Brainstorm.objects.select_for_update(of=("self",))
    return rows.select_related("project__studio", "project__room").get(pk=of.pk)
