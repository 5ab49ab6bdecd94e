"""What a browser keeps of whoever sits before it."""

from collections.abc import Mapping
from typing import Any

from django import template

from coulisses.people import acting, becoming, shunning, unhurried
from coulisses.people.models import Guest
from coulisses.projects.models import Project
from coulisses.ui import heard

register = template.Library()


@register.simple_tag(takes_context=True)
def left_guest(context: Mapping[str, Any]) -> Guest | None:
    """Return the guest who spoke in this browser before whoever is signed in came."""
    request = context.get("request")
    return becoming.left_over(request) if hasattr(request, "session") else None


@register.simple_tag(takes_context=True)
def guest_here(context: Mapping[str, Any]) -> acting.Actor | None:
    """Return the guest whom this browser keeps, with a name or without; None for anybody else."""
    request = context.get("request")
    actor = acting.of(request) if hasattr(request, "session") else acting.NOBODY
    return actor if actor.is_guest else None


@register.simple_tag(takes_context=True)
def muted_here(context: Mapping[str, Any]) -> str:
    """Return the marks, in a project, of those whom the reader muted; empty for a passer-by."""
    request, project = context.get("request"), context.get("project")
    if not isinstance(project, Project):
        return ""
    shunned = shunning.shunned_by(acting_voice(request))
    return " ".join(sorted(heard.mark(project, one) for one in shunned))


@register.inclusion_tag("ui/unhurried.html", takes_context=True)
def unhurried_by(
    context: Mapping[str, Any], name: str, *, is_for_one: bool = False
) -> dict[str, Any]:
    """Ask, in a form for whoever gives a name, for what shows that a person fills it in.

    On a page made for one alone the hour is there at once; on one that all share a script asks for
    it. `name` tells the forms of a page apart.
    """
    request = context.get("request")
    is_answer = getattr(request, "method", "GET") == "POST"
    is_for_one = is_for_one or is_answer or bool(acting_voice(request))
    return {"name": name, "touched": unhurried.touched() if is_for_one else ""}


def acting_voice(request: Any) -> str:
    """Return by which voice somebody reads; empty for a passer-by."""
    return acting.of(request).voice if hasattr(request, "session") else ""
