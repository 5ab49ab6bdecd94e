"""Hours of brainstorms, as logs spell them."""

from datetime import datetime

from django import template

register = template.Library()


@register.filter
def brainstorm_hour(spelled: str) -> datetime:
    """Return the time that a fact's `starts_at` spells."""
    return datetime.fromisoformat(spelled)
