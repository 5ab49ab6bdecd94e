"""What a stream hands out of the work: each card with what stands under it, as on a stage."""

from collections.abc import Sequence

from django.utils import timezone

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import entries, slots
from coulisses.ui.entries import Known
from coulisses.ui.slots import Reader


def render(project: Project, known: Sequence[Known], language: str) -> list[str]:
    """Return each entry's card and its slots, in the same order, as a passer-by has them."""
    told = [one for one in known if isinstance(one, Entry)]
    audiences = ledger.OUTSIDE | {one.audience for one in told}
    reader = Reader(Sight(audiences), language, timezone.now())
    under = slots.fill_under(project, told, reader)
    drawn = entries.render(project, known, language)
    return [html + under.get(one.position, "") for one, html in zip(known, drawn, strict=True)]
