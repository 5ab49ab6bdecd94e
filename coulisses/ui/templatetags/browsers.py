"""What a browser keeps of whoever sits before it."""

from collections.abc import Mapping
from typing import Any

from django import template

from coulisses.people import acting, becoming, shunning
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
def muted_here(context: Mapping[str, Any]) -> str:
    """Return the marks, in a project, of those whom the reader muted; empty for a passer-by."""
    request, project = context.get("request"), context.get("project")
    if not isinstance(project, Project) or not hasattr(request, "session"):
        return ""
    voice = acting.of(request).voice
    return " ".join(sorted(heard.mark(project, one) for one in shunning.shunned_by(voice)))
