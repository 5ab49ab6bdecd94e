"""Letters, as the host reads them."""

from dataclasses import dataclass

from coulisses.lib import text
from coulisses.lib.places import PlaceMalformed
from coulisses.lib.refusals import require
from coulisses.mail.models import Letter

A_PAGE = 25


@dataclass(frozen=True)
class Letters:
    """A page of letters, the newest first, and the place where older ones begin."""

    letters: list[Letter]
    older: int | None


def page(*, after: str) -> Letters:
    """Return a page of letters. Raises PlaceMalformed."""
    last = text.number(after)
    require(not after or last is not None, PlaceMalformed, value=after[:40])
    rows = Letter.objects.filter(pk__lt=last) if after else Letter.objects.all()
    found = list(rows.order_by("-pk")[: A_PAGE + 1])
    shown = found[:A_PAGE]
    return Letters(shown, shown[-1].pk if len(found) > A_PAGE else None)
