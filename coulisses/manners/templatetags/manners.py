"""What forms of this room choose from."""

from typing import Any

from django import template

from coulisses.manners.forms import HOURS

register = template.Library()


@register.simple_tag
def resting_hours() -> list[tuple[str, Any]]:
    """Return for how long somebody may be asked to rest, with the words for it."""
    return list(HOURS.items())
