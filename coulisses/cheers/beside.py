"""What stands beside a stage's log: who is here, of those who wish to be seen."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from coulisses.cheers import here
from coulisses.projects import closed, state
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader


@slots.beside("here", order=40)
def fill(project: Project, reader: Reader) -> SafeString:
    """Return the names of those who are here, and for who may be among them a way to be.

    Where the room is closed to whoever reads, nobody is seen in it.
    """
    if closed.hides(project, reader.sight.audiences):
        return SafeString()
    said = {
        "project": project,
        "names": state.kept(project, reader, "here", lambda: here.names(project, at=reader.at)),
        "may": here.may_be_seen(reader.actor),
        "is_shown": here.wishes(reader.actor),
    }
    return render_to_string("cheers/_here.html", said)
