"""`{% poster project.id %}`: the poster that the house draws where there is no picture."""

from django import template
from django.utils.safestring import SafeString

from coulisses.ui import poster as posters

register = template.Library()


@register.simple_tag
def poster(seed: str) -> SafeString:
    """Return the poster of a project."""
    return posters.draw(seed)
