"""What this room puts under cards and on a session's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from coulisses.lib import cursors
from coulisses.log import kinds
from coulisses.log.models import Entry
from coulisses.projects import closed, gates, heard, invites
from coulisses.projects.models import Project
from coulisses.projects.refusals import RoomClosed
from coulisses.ui import slots
from coulisses.ui.slots import Reader, Stretch
from coulisses.voices import lines, reading, rules, spots
from coulisses.voices.files import LONGEST_SECONDS, MOST
from coulisses.voices.models import Word
from coulisses.voices.rules import LONGEST

IN_A_SESSION = 100  # words on its page, the latest


@slots.under("voices", order=40, stays=True, for_all=True)
def under(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Return a quiet line under each card; where one stands alone, all that is said there.

    Who took their words out took no one else's: what people said under a shredded entry is theirs,
    and stays to be read on its own page, though nothing is added. Their makers can hide it.
    """
    spoken = [one for one in entries if rules.may_be_spoken_of(one) and _invites(one)]
    if not _is_open(project, reader):
        return _shut(project, spoken, reader)
    with translation.override(reader.language):
        if not reader.is_full:
            return _lines(project, spoken)
        html = {one.position: _whole(project, one, reader) for one in spoken}
        gone = [one for one in entries if one.is_shredded]
        return html | {one.position: _left(project, one, reader) for one in gone}


@slots.during("voices", order=40)
def during(project: Project, stretch: Stretch, reader: Reader) -> SafeString:
    """Return what was said during a session, as a conversation beside the work."""
    if not _is_open(project, reader):
        return SafeString()
    rows = Word.objects.filter(project=project, at__gte=stretch.started_at, is_gone=False)
    if stretch.ended_at:
        rows = rows.filter(at__lte=stretch.ended_at)
    latest = rows.order_by("-at", "-position").values_list("position", flat=True)
    positions = sorted(latest[:IN_A_SESSION])
    html = reading.drawn(project, positions, reader)
    is_running = stretch.ended_at is None
    if not (html or is_running):
        return SafeString()
    with translation.override(reader.language):
        said = {
            **around(project, reader, cue=stretch.cue),
            "words": [html[one] for one in positions if one in html],
            "cue": stretch.cue,
            "is_running": is_running,
        }
        return mark_safe(render_to_string("voices/_conversation.html", said))  # noqa: S308


def _is_open(project: Project, reader: Reader) -> bool:
    return _is_there(project) and not closed.hides(project, reader.sight.audiences)


def _is_there(project: Project) -> bool:
    return project.is_raised and not project.withdrawn_at


def around(project: Project, reader: Reader, *, cue: int) -> dict[str, Any]:
    """Return what every form and every stream under an entry (its `cue`) needs to know."""
    horizon = heard.horizon(project, audiences=reader.sight.audiences, at=reader.at)
    return {
        "project": project,
        "sight": reader.sight,
        "actor": reader.actor,
        "cursor": cursors.spell(project.room_id, horizon),
        "horizon": horizon,
        "kinds": " ".join(kinds.names()),
        "longest": LONGEST,
        "most_pictures": MOST,
        "longest_note": LONGEST_SECONDS,
        "longest_note_minutes": LONGEST_SECONDS // 60,
        "may_say": not (reader.sight.is_viewer or gates.closed(project, [cue])),
    }


def _whole(project: Project, entry: Entry, reader: Reader) -> SafeString:
    # The horizon first: what is said between the two is shown twice rather than never.
    said = around(project, reader, cue=entry.position)
    page = reading.threads(project, entry.position, reader)
    said |= {"page": page, "cue": entry.position, "targets": spots.targets(entry.fact)}
    return mark_safe(render_to_string("voices/_whole.html", said))  # noqa: S308


def _left(project: Project, entry: Entry, reader: Reader) -> SafeString:
    """Return what people said under an entry that was shredded since; empty where nobody did."""
    page = reading.threads(project, entry.position, reader)
    if not page.threads:
        return SafeString()
    said = {**around(project, reader, cue=entry.position), "page": page, "cue": entry.position}
    html = render_to_string("voices/_whole.html", {**said, "is_left": True, "may_say": False})
    return mark_safe(html)  # noqa: S308


def _shut(project: Project, entries: Sequence[Entry], reader: Reader) -> dict[int, SafeString]:
    """Return, where one entry stands alone, that what is said under it stays within its room."""
    if not (reader.is_full and _is_there(project)):
        return {}
    with translation.override(reader.language):
        said = mark_safe(  # noqa: S308
            render_to_string("voices/_shut.html", {"words": RoomClosed.sentence})
        )
    return dict.fromkeys((one.position for one in entries), said)


def _lines(project: Project, entries: Sequence[Entry]) -> dict[int, SafeString]:
    """Return a line for each entry: thirty on a page, so what is the same in all is made once."""
    words = lines.of(project, {one.position: one.topic for one in entries})
    path, first = project.path, gettext("Say something")
    return {
        one.position: format_html(
            '<p class="said-line"><a href="{}{}#said"><span data-said="{}">{}</span>'
            '<span class="unseen"> · {}</span></a></p>',
            path,
            one.position,
            one.position,
            words.get(one.position) or first,
            gettext("Entry %(position)s") % {"position": one.position},
        )
        for one in entries
    }


def _invites(entry: Entry) -> bool:
    return invites.offers(entry)["words"]
