"""Filters for what was said."""

from django import template

from coulisses.voices import spots

register = template.Library()

register.filter("spot", spots.words_for)


@register.filter
def names_some(names: list[str], are_others: bool) -> str:
    """Return a few names in one phrase: Cleo; Cleo and Gus; Cleo, Gus and others."""
    return spots.listed(names, are_others)
