"""A vote over somebody's stream: its question while it is open, and for a while what came of it."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from coulisses.decisions import queries, showing
from coulisses.decisions.models import Decision
from coulisses.decisions.showing import Reading
from coulisses.log import ledger
from coulisses.projects.models import Project
from coulisses.ui import overlays
from coulisses.ui.overlays import Drawn
from coulisses.ui.slots import Reader

SHOWN_AFTER = timedelta(minutes=10)  # for which a result stands over a stream


@overlays.of("vote", _("The vote that is on, then its result"), order=20)
def vote(project: Project, reader: Reader) -> Drawn:
    """Return the open vote that closes next, else the last one that was closed just now.

    Of an open one only how many have voted: whoever watches a stream may not have voted yet, and
    totals are shown to nobody before they have.
    """
    found = _open(project) or _over(project, reader)
    if found is None:
        return Drawn()
    reading = Reading(reader.sight, reader.actor, reader.at)
    piece = showing.pieces(project, [found], reading)[0]
    where = urlsplit(settings.PUBLIC_URL).netloc
    said = {"piece": piece, "decision": found, "project": project, "where": where}
    until = found.closed_at + SHOWN_AFTER if found.closed_at else found.closes_at
    html = render_to_string("decisions/_over.html", said)
    return Drawn(html, until if reader.at < until else None)


def _open(project: Project) -> Decision | None:
    return next(iter(queries.opened(project, audiences=ledger.OUTSIDE)), None)


def _over(project: Project, reader: Reader) -> Decision | None:
    return queries.last_closed(project, audiences=ledger.OUTSIDE, since=reader.at - SHOWN_AFTER)
