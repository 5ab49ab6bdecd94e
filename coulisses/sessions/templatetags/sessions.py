"""Filters for what cards say of announced sessions."""

from datetime import datetime, timedelta

from django import template

from coulisses.ui import words

register = template.Library()


@register.filter
def planned(spelled: str) -> datetime:
    """Return the time that a fact spells (ISO, UTC)."""
    return datetime.fromisoformat(spelled)


@register.filter
def minutes(count: int) -> str:
    """Return a length in minutes, in words: 40 min, 1 h 30."""
    return words.span(timedelta(minutes=count))
