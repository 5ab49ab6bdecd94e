"""What a browser keeps of whoever sits before it."""

from collections.abc import Mapping
from typing import Any

from django import template

from coulisses.people import becoming
from coulisses.people.models import Guest

register = template.Library()


@register.simple_tag(takes_context=True)
def left_guest(context: Mapping[str, Any]) -> Guest | None:
    """Return the guest who spoke in this browser before whoever is signed in came."""
    request = context.get("request")
    return becoming.left_over(request) if hasattr(request, "session") else None
