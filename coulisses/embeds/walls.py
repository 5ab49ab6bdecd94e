"""A brainstorm's wall in a frame on somebody else's page: its question, its newest ideas, live."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from coulisses.brainstorms import lines, reading
from coulisses.brainstorms import queries as ideas
from coulisses.brainstorms.asked import brainstorm_of
from coulisses.embeds import frames, queries
from coulisses.embeds.refusals import NothingToEmbed
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people.acting import NOBODY
from coulisses.projects.sight import Sight
from coulisses.ui import addresses, mining
from coulisses.ui.caching import cacheable
from coulisses.ui.slots import Reader

LENGTH = 24  # ideas of a window


@frames.framed
def window(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A wall on somebody else's page: it is read there, and thrown at here."""
    of = brainstorm_of(queries.find(studio, project))
    require(not of.project.is_room_closed, NothingToEmbed)  # a frame knows nobody
    language = frames.language(request, of.project)
    with translation.override(language):
        # The place first: what is thrown between the two comes twice, and stands once.
        live = reading.live(of, Reader(Sight(ledger.OUTSIDE), language, timezone.now(), NOBODY))
        rows = ideas.standing(of.project)
        order = ("-dots", "position") if of.counted_position else ("-position",)
        newest = list(rows.order_by(*order).values_list("position", flat=True)[:LENGTH])
        read = lines.read(of.project, newest)
        said = {
            "of": of,
            "project": of.project,
            "ideas": [read[one] for one in newest if one in read],
            "count": rows.count(),
            "live": live,
            "most": LENGTH,
            "LANGUAGE_CODE": language,
            "base": addresses.base(request),
            **frames.light(request),
        }
        response = HttpResponse(render_to_string("embeds/window.html", said))
    return cacheable(mining.marked(response, of.project), of.project, is_heard=True)
