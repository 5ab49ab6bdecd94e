"""What stands under a card, where a page has it."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def under(filled: Mapping[int, SafeString] | str, position: int) -> SafeString | str:
    """Return what stands under the card at a position; nothing where the page filled no slots."""
    return filled.get(position, "") if isinstance(filled, Mapping) else ""
