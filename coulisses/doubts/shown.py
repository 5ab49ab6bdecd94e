"""What stands under the card of a doubt, and under that of an entry which settled one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from coulisses.doubts import leads, life, queries, rules
from coulisses.doubts.queries import Stands
from coulisses.lib import cursors
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import closed, gates, giving, heard, invites
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader


@slots.under("doubts", order=20, for_all=True)
def under(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Put where it stands under each doubt, with its leads where it stands alone; and what settled
    a doubt under whatever did.
    """
    eyes = reader.sight.audiences
    doubts = {one.position: one for one in entries if one.topic == rules.TOPIC}
    loud = [one.position for one in entries if not one.fact.is_quiet]
    known, settled = queries.lives(project, loud, audiences=eyes)
    stands = queries.standing(project, known, audiences=eyes, at=reader.at)
    is_shut = closed.hides(project, eyes)
    offered = set() if reader.is_full or is_shut else queries.have_leads(project, loud)
    tried = queries.attempts(project, loud, audiences=eyes)
    asked = {one.position for one in settled} | {one.doubt for one in tried}
    lines = queries.titles(project, asked, audiences=eyes, at=reader.at)
    found = dict[int, str]()
    with translation.override(reader.language):
        for position, doubt in doubts.items():
            stand = stands.get(position, Stands(position, life.OPEN))
            found[position] = _doubt(project, doubt, stand, reader, has_leads=position in offered)
        ends = [(one.settled_by, one.position, False) for one in settled]
        ends += [(one.by, one.doubt, True) for one in tried]
        for position, doubt_at, was_tried in ends:
            if doubt_at in lines:
                said = {"project": project, "line": lines[doubt_at], "was_tried": was_tried}
                html = render_to_string("doubts/_settles.html", said)
                found[position] = found.get(position, "") + html
        if reader.is_full and reader.sight.is_maker and not project.is_finished:
            for entry in entries:
                hands = _hands(project, entry, reader)
                found[entry.position] = found.get(entry.position, "") + hands
    return {at: mark_safe(html) for at, html in found.items() if html}  # noqa: S308


@slots.beside("failures", order=slots.LATER + 10, for_all=True)
def beside(project: Project, reader: Reader) -> SafeString:
    """Lead to the wall of failures, where there is one to read."""
    seen = ledger.read(
        project.work,
        audiences=reader.sight.audiences,
        at=reader.at,
        topics=["failure"],
        newest_first=True,
        limit=1,
    )
    if not seen:
        return SafeString()
    with translation.override(reader.language):
        return render_to_string("doubts/_to_the_wall.html", {"project": project})


def context(
    project: Project, doubt: Entry, stand: Stands, reader: Reader, *, after: int = 0
) -> dict[str, Any]:
    """Return what the leads of a doubt are shown with: a page of them, and who may add one."""
    found, more = queries.leads(project, doubt.position, reader, after=after)
    eyes = reader.sight.audiences
    horizon = heard.horizon(project, audiences=eyes, at=reader.at)
    asks = not reader.sight.is_team  # whoever says the terms reads none
    return {
        "leads": found,
        "more": more,
        "terms": giving.line(project, reader.actor.voice, "words") if asks else None,
        "takes": takes(project, doubt, stand, reader),
        "needs_name": reader.actor.is_nameless,
        "actor": reader.actor,
        "longest": leads.LONGEST,
        "cursor": cursors.spell(project.room_id, horizon),
        "horizon": horizon,
        "answers": reader.sight.is_maker,
    }


def takes(project: Project, doubt: Entry, stand: Stands, reader: Reader) -> bool:
    """Return whether a reader may offer a doubt a lead."""
    is_open = project.is_raised and not (
        stand.is_over or project.is_finished or reader.sight.is_viewer
    )
    is_open = is_open and not closed.hides(project, reader.sight.audiences)
    is_asked = is_open and invites.offers(doubt)["leads"]
    return is_asked and not (reader.is_full and gates.closed(project, [doubt.position]))


def _doubt(
    project: Project, doubt: Entry, stand: Stands, reader: Reader, *, has_leads: bool
) -> str:
    said = {"project": project, "doubt": doubt, "stand": stand, "has_leads": has_leads}
    if reader.is_full:
        return render_to_string(
            "doubts/_whole.html", {**said, **context(project, doubt, stand, reader)}
        )
    return render_to_string(
        "doubts/_short.html", {**said, "takes": takes(project, doubt, stand, reader)}
    )


def _hands(project: Project, entry: Entry, reader: Reader) -> str:
    """Return what makers may do about doubts on the page of one entry."""
    said: dict[str, Any] = {"project": project, "entry": entry, "longest": rules.LONGEST}
    if entry.topic == rules.TOPIC:
        known, _settled = queries.lives(project, [entry.position], audiences=ledger.EVERYTHING)
        ends = queries.may_settle(project, entry, at=reader.at)
        said |= {"life": known[0] if known else None, "ends": ends}
        return render_to_string("doubts/_hands.html", said)
    if entry.fact.is_quiet:
        return ""
    doubts, _more = queries.open_doubts(project, before=entry.position)
    doubts = [one for one in doubts if entry.audience in (ledger.PUBLIC, one.audience)]
    lines = queries.named(project, doubts, audiences=ledger.EVERYTHING, at=reader.at)
    if not lines:
        return ""
    return render_to_string("doubts/_settling.html", {**said, "lines": lines.values()})
