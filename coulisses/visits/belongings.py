"""What counting holds of somebody: nothing that could be handed out; but it is said."""

from django.utils.translation import gettext_lazy as _

from coulisses.people import holding
from coulisses.visits import summing

holding.keeps(
    "d-figures",
    _(
        "How often a project’s pages are read in a day, from which sites readers come, and for how "
        "long pages are in view: sums, in which nobody can be found"
    ),
    why=_("so that its team sees whether its work is read; nobody else does"),
    how_long=summing.KEPT,
)
holding.keeps(
    "d-marks",
    _(
        "A mark made of your network address, of what your browser says of itself, and of chance "
        "that is drawn anew each day; in memory, and written nowhere. A browser that asks not to "
        "be tracked (DNT, GPC) is not counted"
    ),
    why=_("so that two pages that you read in a day are one visit"),
    how_long=_("until midnight; the address itself a few seconds"),
)
