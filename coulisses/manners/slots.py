"""What this room puts under an entry that stands alone: that it is closed, and the makers' hand."""

from collections.abc import Mapping, Sequence

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from coulisses.log.models import Entry
from coulisses.manners import gates, queries
from coulisses.people import rows
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader


@slots.under("manners", order=50)
def under(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Return whether one may speak under an entry on its own page, and who may change that."""
    if not reader.is_full or not project.is_raised or project.withdrawn_at:
        return {}
    spoken = [one for one in entries if one.about is None]
    closed = queries.closed(project, [one.position for one in spoken])
    with translation.override(reader.language):
        return {
            one.position: _drawn(project, one, closed, reader)
            for one in spoken
            if one.position in closed or reader.sight.is_maker
        }


@slots.under("who-speaks", order=39)
def who_speaks(
    project: Project, entries: Sequence[Entry], reader: Reader
) -> Mapping[int, SafeString]:
    """Return what somebody reads before the form: who may speak here, or that they may not now."""
    if not reader.is_full or not project.is_raised or reader.sight.is_team:
        return {}
    days, voice = gates.of(project).established_days, reader.actor.voice
    rests = gates.asked_to_rest(project, rows.whole(voice), at=reader.at) if voice else None
    said = {"project": project, "days": days, "rests": rests}
    with translation.override(reader.language):
        html = mark_safe(render_to_string("manners/_who_speaks.html", said).strip())  # noqa: S308
    return {one.position: html for one in entries if one.about is None and (days or rests)}


@slots.under("own-waiting", order=41)
def own_waiting(
    project: Project, entries: Sequence[Entry], reader: Reader
) -> Mapping[int, SafeString]:
    """Return what the reader said on this page and nobody has looked at yet: it is not lost."""
    if not reader.is_full or not reader.actor.voice:
        return {}
    drawn = {}
    with translation.override(reader.language):
        for one in entries:
            if own := queries.waiting_under(project, reader.actor.voice, one.position):
                html = render_to_string("manners/_own_waiting.html", {"own": own})
                drawn[one.position] = mark_safe(html.strip())  # noqa: S308
    return drawn


def _drawn(project: Project, entry: Entry, closed: Mapping[int, str], reader: Reader) -> SafeString:
    said = {
        "project": project,
        "position": entry.position,
        "is_closed": entry.position in closed,
        "reason": closed.get(entry.position, ""),
        "is_maker": reader.sight.is_maker,
    }
    return mark_safe(render_to_string("manners/_under.html", said).strip())  # noqa: S308
