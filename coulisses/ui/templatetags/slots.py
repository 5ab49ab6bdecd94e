"""What stands under a card, where a page has it."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from coulisses.projects import billed
from coulisses.projects.models import Project
from coulisses.ui import slots

register = template.Library()


@register.filter
def under(filled: Mapping[int, SafeString] | str, position: int) -> SafeString | str:
    """Return what stands under the card at a position; nothing where the page filled no slots."""
    return filled.get(position, "") if isinstance(filled, Mapping) else ""


@register.simple_tag
def led_at(project: Project) -> billed.Led | None:
    """Return where at the desk a project is led that is no work."""
    return billed.led(project)


@register.simple_tag(takes_context=True)
def in_bar(context: Mapping[str, Any]) -> SafeString | str:
    """Return what rooms put into the bar; nothing on a page that is made for nobody."""
    request = context.get("request")
    is_known = hasattr(request, "session") and hasattr(request, "user")
    return slots.fill_in_bar(request) if request and is_known else ""
