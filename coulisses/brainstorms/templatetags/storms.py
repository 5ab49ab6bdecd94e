"""What templates of brainstorms ask."""

import json
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from coulisses.brainstorms import words

register = template.Library()

MOST_DRAWN = 12  # dots on an idea; the number beside them says all

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


@register.filter
def pips(dots: int) -> SafeString:
    """Return dots as they lie: drawn one by one up to a dozen, for the eye alone."""
    drawn = "<i></i>" * min(dots, MOST_DRAWN)
    return mark_safe(f'<span class="lain" aria-hidden="true">{drawn}</span> ')  # noqa: S308


@register.simple_tag(takes_context=True)
def dot_form(context: template.Context) -> SafeString:
    """Return the form of an idea on which no dot of one's own lies: made once, for hundreds."""
    said: dict[str, Any] = {name: context[name] for name in ("project", "vote_line")}
    return render_to_string("brainstorms/_dots.html", {**said, "position": 0, "here": 0})


@register.filter
def on_idea(form: SafeString, position: int) -> SafeString:
    """Return that form as it stands on an idea."""
    return mark_safe(
        form.replace("/0/dots", f"/{position}/dots").replace("words-0", f"words-{position}")
    )  # noqa: S308
