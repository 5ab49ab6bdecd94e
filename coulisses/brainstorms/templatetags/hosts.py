"""What templates of a host's pages ask."""

from typing import Any

from django import template

from coulisses.brainstorms import settle_pages

register = template.Library()

register.filter("grows", settle_pages.grows)


@register.filter
def milliseconds(left: Any) -> int:
    """Return what a clock that stands still has left, as scripts count it."""
    return round(left.total_seconds() * 1000)
