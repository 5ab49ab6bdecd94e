"""What decisions put on others' pages: the ballot under its question, open ones beside a stage."""

from collections.abc import Mapping, Sequence

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from coulisses.decisions import queries, showing
from coulisses.decisions.kinds import DecisionOpened
from coulisses.decisions.showing import Piece, Reading
from coulisses.log.models import Entry
from coulisses.projects import state
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader


@slots.under("decisions", order=15)
def under(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Return the ballot, or what came of it, under each question of a page."""
    asked = [one.position for one in entries if one.kind == DecisionOpened.kind_name]
    if not asked:
        return {}
    reading = Reading(reader.sight, reader.actor, reader.at)
    found = showing.pieces(project, queries.at_positions(project, asked), reading)
    with translation.override(reader.language):
        drawn = {one.decision.position: html(one) for one in found}
        if not (reader.is_full and reader.sight.is_maker):
            return drawn
        return {one.decision.position: drawn[one.decision.position] + _hand(one) for one in found}


@slots.beside("decisions", order=15)
def beside(project: Project, reader: Reader) -> SafeString:
    """Return the questions that are open, for a stage; nothing where none is."""
    eyes = reader.sight.audiences
    open_now = state.kept(project, reader, "open", lambda: queries.opened(project, audiences=eyes))
    shown = [one for one in open_now if reader.at < one.closes_at][: queries.MOST_BESIDE]
    if not shown:
        return mark_safe("")
    with translation.override(reader.language):
        said = {"project": project, "decisions": shown, "has_more": len(open_now) > len(shown)}
        return render_to_string("decisions/_beside.html", said)


def _hand(piece: Piece) -> SafeString:
    """Return the makers' way to where a vote is ended, taken back and answered."""
    said = {"decision": piece.decision}
    return mark_safe(render_to_string("decisions/_hand.html", said).strip())  # noqa: S308


def html(piece: Piece) -> SafeString:
    """Return the HTML of a decision as a reader sees it, in the language that is spoken."""
    said = {"piece": piece, "decision": piece.decision, "project": piece.decision.project}
    return mark_safe(render_to_string("decisions/_piece.html", said).strip())  # noqa: S308
