"""What search engines and other sites are told of a page: absolute addresses, JSON-LD."""

import hashlib
import json
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString, mark_safe

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import billed, licences
from coulisses.projects.licences import Licence
from coulisses.projects.models import Project, Studio
from coulisses.ui import addresses, postcards
from coulisses.ui.pictures import Picture

register = template.Library()

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def house(context: RequestContext) -> str:
    """Return the house's own address, as the host has said it or as it was asked for."""
    return addresses.base(context["request"])


@register.simple_tag
def card_of(
    project: Project | None,
    entry: Entry | None,
    title: str,
    face: Picture | None,
    studio: Studio | None,
) -> dict[str, Any] | None:
    """Return the card that goes with the link of an entry, a project or a studio.

    None where nobody outside may see one. Its address changes with what the page shows, so that
    other sites fetch it anew.
    """
    if project:
        return _card(project, entry or None, title, face or None)
    return _sized(f"/@{studio.slug}/", (studio.name, studio.line), studio.name) if studio else None


def _card(
    project: Project, entry: Entry | None, title: str, face: Picture | None
) -> dict[str, Any] | None:
    if not project.is_raised or project.withdrawn_at:
        return None
    is_own = entry and not entry.is_shredded and entry.audience == ledger.PUBLIC
    path = f"{project.path}{entry.position}/" if entry and is_own else project.path
    more = [] if is_own else sorted(billed.on_card(project).items())
    seen = (title, project.title, project.studio.name, project.line, project.poster, *more)
    shown = face.large if face else project.cover_version
    alt = f"{title} · {project.title}" if is_own and title != project.title else project.title
    return _sized(path, (seen, shown), alt)


def _sized(path: str, shown: object, alt: str) -> dict[str, Any]:
    state = hashlib.sha256(repr(shown).encode()).hexdigest()[:8]
    address = f"{path}card.jpg?v={state}"
    return {
        "address": address,
        "alt": alt,
        "width": postcards.WIDTH,
        "height": postcards.HEIGHT,
    }


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
