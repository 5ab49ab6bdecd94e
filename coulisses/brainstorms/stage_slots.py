"""What a brainstorm puts on its stage, the poster: the phase that is on, and the way in."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from coulisses.brainstorms.asked import brainstorm_of
from coulisses.brainstorms.refusals import NoBrainstorm
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader


@slots.beside("brainstorm", order=5)
def way_in(project: Project, reader: Reader) -> SafeString:
    """Return where a brainstorm stands, and the button that leads to its wall."""
    if project.withdrawn_at:
        return SafeString()
    try:
        of = brainstorm_of(project)
    except NoBrainstorm:
        return SafeString()
    with translation.override(reader.language):
        said = {"of": of, "project": project}
        return SafeString(render_to_string("brainstorms/_way_in.html", said))
