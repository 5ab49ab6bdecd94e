"""What templates of brainstorms ask."""

import json
from typing import Any

from django import template

from coulisses.brainstorms import words

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
def at(mapping: dict[int, int], key: int) -> int:
    """Return a mapping's number, 0 where it has none."""
    return mapping.get(key, 0)
