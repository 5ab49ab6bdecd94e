"""What templates of brainstorms ask."""

import json
from typing import Any

from django import template

from coulisses.brainstorms import settle_pages, words

register = template.Library()

register.filter("phase_name", words.phase)


@register.filter
def phase_words(fact: Any) -> Any:
    """Return what is said as a phase begins."""
    return words.begun(fact.phase, is_silent=fact.is_silent)


@register.filter
def as_json(said: Any) -> str:
    """Return something as an attribute holds it for scripts."""
    return json.dumps(said, separators=(",", ":"))


@register.filter
def grows(line: Any, ground: Any) -> list[tuple[Any, str]]:
    """Return what a kept idea can become in a project: the words for it, and its composer."""
    return settle_pages.grows(line, ground)
