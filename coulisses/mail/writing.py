"""What letters say at the moment they leave."""

import logging
from collections.abc import Sequence

from coulisses.mail.models import Letter
from coulisses.people import letters as correspondence
from coulisses.people.letters import Written

_logger = logging.getLogger(__name__)


def words(letters: Sequence[Letter]) -> dict[int, Written]:
    """Return what each letter says, by its number; one with nothing to say any more is dropped.

    Where a room stumbles, its letters are neither said nor dropped: they are tried again.
    """
    said = {one.pk: Written(one.subject, one.text) for one in letters if not one.written_by}
    for room in sorted({one.written_by for one in letters} - {""}):
        theirs = [one for one in letters if one.written_by == room]
        try:
            said |= _written(room, theirs)
        except Exception:
            _logger.exception("letters of a room could not be written: %s", room)
    return said


def _written(room: str, letters: Sequence[Letter]) -> dict[int, Written]:
    how = correspondence.correspondences().get(room)
    found = how.write([one.key for one in letters]) if how else {}
    idle = [one.pk for one in letters if one.key not in found]
    Letter.objects.filter(pk__in=idle).delete()
    return {one.pk: found[one.key] for one in letters if one.key in found}
