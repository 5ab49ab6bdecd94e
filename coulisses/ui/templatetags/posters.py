"""`{% poster project %}`: the poster that the house draws where there is no picture."""

from django import template
from django.utils.safestring import SafeString

from coulisses.projects.models import Project
from coulisses.ui import poster as posters

register = template.Library()


@register.simple_tag
def poster(project: Project, number: int | None = None) -> SafeString:
    """Return the poster of a project: the one it has chosen, or another of its own."""
    return posters.draw(project.pk, project.poster if number is None else number)
