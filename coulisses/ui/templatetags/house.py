"""What search engines and other sites are told of a page: absolute addresses, JSON-LD."""

import json
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString, mark_safe

from coulisses.log.models import Entry
from coulisses.projects import licences
from coulisses.projects.licences import Licence
from coulisses.projects.models import Project
from coulisses.ui import addresses
from coulisses.ui.pictures import Picture

register = template.Library()

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def house(context: RequestContext) -> str:
    """Return the house's own address, as the host has said it or as it was asked for."""
    return addresses.base(context["request"])


@register.filter
def licence(project: Project) -> Licence | None:
    """Return the licence that a project has chosen; None where it has said nothing."""
    return licences.named(project.licence)


@register.simple_tag
def json_ld(
    project: Project,
    base: str,
    entry: Entry | None = None,
    title: str = "",
    face: Picture | None = None,
) -> SafeString:
    """Return a project, or one of its entries, as schema.org says it: data, never run."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": project.title,
        "description": project.line,
        "url": f"{base}{project.path}",
        "creator": {"@type": "Organization", "name": project.studio.name},
        "creativeWorkStatus": "Completed" if project.is_finished else "InProgress",
    }
    if project.language:
        said["inLanguage"] = project.language
    if licence := licences.named(project.licence):
        said["license"] = licence.address or project.licence_words or str(licence.name)
    if addresses := [one["href"] for one in project.links if one["href"].startswith("http")]:
        said["sameAs"] = addresses
    if face and entry is None:
        said["image"] = f"{base}{face.large}"
    if entry is not None:
        said = {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": title or project.title,
            "datePublished": entry.happened_at.isoformat(),
            "url": f"{base}{project.path}{entry.position}",
            "position": entry.position,
            "isPartOf": said,
        }
        if face:
            said["image"] = f"{base}{face.large}"
    spelled = json.dumps(said, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{spelled}</script>')  # noqa: S308
