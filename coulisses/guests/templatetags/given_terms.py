"""The line that stands beside every form by which something is given."""

from collections.abc import Mapping
from typing import Any

from django import template

from coulisses.guests import terms
from coulisses.people.acting import NOBODY
from coulisses.projects.models import Project

register = template.Library()


@register.simple_tag(takes_context=True)
def terms_of(context: Mapping[str, Any], project: Project) -> dict[str, Any]:
    """Return what `given_terms` says: a page of many forms asks once, `as given`."""
    line, actor = terms.current(project), context.get("actor") or NOBODY
    says_it = getattr(context.get("sight"), "is_team", False)  # whoever says the terms reads none
    known = says_it or terms.is_accepted(project, actor.voice, line.version)
    return {"line": line, "is_known": known, "project": project}


@register.inclusion_tag("guests/_given.html", takes_context=True)
def given_terms(context: Mapping[str, Any], project: Project) -> dict[str, Any]:
    """Say what happens to what is given, to whoever has not given by these terms (`actor`)."""
    known: dict[str, Any] = context.get("given") or terms_of(context, project)
    return known
