"""What brainstorms put on stages: their poster, and on a work's those that are about it."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from coulisses.brainstorms import doors, lists
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import OnStage, Reader


@slots.on_poster("brainstorms")
def on_poster(project: Project, reader: Reader) -> OnStage:
    """Return when a brainstorm is and who comes; in the middle of its stage, by which rules."""
    of = None if project.withdrawn_at else lists.find(project)
    if of is None:
        return slots.NOTHING
    with translation.override(reader.language):
        poster = doors.Poster(of, reader.sight, reader.actor)
        said = {"poster": poster, "project": project, "is_maker": reader.sight.is_maker}
        return OnStage(
            render_to_string("brainstorms/_poster.html", said),
            render_to_string("brainstorms/_game.html", said),
        )


@slots.beside("brainstorms", order=16, for_all=True)
def beside(project: Project, reader: Reader) -> SafeString:
    """Return the brainstorms about a work that are to come or on; its makers can call one."""
    known = lists.about(project)
    if not known:
        return mark_safe("")
    with translation.override(reader.language):
        said = {"brainstorms": known, "project": project, "is_maker": reader.sight.is_maker}
        return render_to_string("brainstorms/_about.html", said)
