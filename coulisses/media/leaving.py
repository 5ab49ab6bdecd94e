"""Files that leave: owed in rows with what lets them go, so that none outlives what was shredded.

A file is deleted once the transaction is through. Should the house die in between, or the bucket
not answer, the row stands, and the deletion is tried again until it is done.
"""

import logging
from collections.abc import Collection, Iterable

from django.db import transaction

from coulisses.media import vaults
from coulisses.media.models import Leaving

A_TURN = 500  # files

_logger = logging.getLogger(__name__)


def owe(paths: Collection[str]) -> None:
    """Delete files of the media vault when the running transaction is committed, or later."""
    if not paths:
        return
    Leaving.objects.bulk_create([Leaving(path=path) for path in paths], ignore_conflicts=True)
    transaction.on_commit(lambda: _delete(paths))


def at_once(paths: Iterable[str]) -> None:
    """Delete files that no row names, as far as they can be reached."""
    for path in paths:
        try:
            vaults.media().remove(path)
        except OSError:
            _logger.warning("a file that nobody names could not be deleted", exc_info=True)


def carry_out() -> bool:
    """Delete what is owed; return whether there is more. Raises OSError, to be tried again."""
    owed = list(Leaving.objects.order_by("pk").values_list("path", flat=True)[:A_TURN])
    for path in owed:
        vaults.media().remove(path)
    Leaving.objects.filter(path__in=owed).delete()
    return len(owed) == A_TURN


def _delete(paths: Collection[str]) -> None:
    try:
        for path in paths:
            vaults.media().remove(path)
    except OSError:
        _logger.warning("files could not be deleted, and will be", exc_info=True)
        return
    listed = list(paths)
    for start in range(0, len(listed), A_TURN):
        Leaving.objects.filter(path__in=listed[start : start + A_TURN]).delete()
