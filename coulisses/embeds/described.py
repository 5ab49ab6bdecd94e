"""oEmbed 1.0: what stands at an address of this house, so that another site can show it.

Only addresses of this house are understood, as its own pages spell them.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils import translation
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator

from coulisses.embeds import queries
from coulisses.embeds.refusals import NothingToEmbed
from coulisses.lib.refusals import require
from coulisses.lib.text import for_xml
from coulisses.log import ledger
from coulisses.projects.models import Project
from coulisses.ui import headlines, postcards, words

LONGEST = 500  # characters of an address
NARROWEST, WIDTH = 300, 640  # pixels
LOWEST, OF_A_LOG, OF_AN_ENTRY = 240, 600, 420
AGE = 300  # seconds for which a description may be kept
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"

_page = re.compile(
    r"/@([a-z0-9-]+)/([a-z0-9-]+)(?:/|/([0-9]{1,18})|/sessions/[0-9]{1,9}/|/sittings/[0-9]{1,18})?"
)


@dataclass(frozen=True)
class Place:
    """A page of this house: its project's address, and the entry's number where it is one's."""

    studio: str
    project: str
    position: int | None


def place(url: str, *, base: str) -> Place:
    """Return which page of the house at `base` an address is of. Raises NothingToEmbed."""
    require(len(url) <= LONGEST and url.isascii() and url.isprintable(), NothingToEmbed)
    try:
        asked, ours = urlsplit(url.strip()), urlsplit(base)
    except ValueError:
        raise NothingToEmbed from None
    # Compared whole: a name before an @, or another port, is another place.
    is_ours = asked.scheme in ("http", "https") and asked.netloc.lower() == ours.netloc.lower()
    found = _page.fullmatch(unquote(asked.path)) if is_ours and "%2f" not in url.lower() else None
    require(found, NothingToEmbed)
    assert found
    studio, project, position = found.groups()
    return Place(studio, project, int(position) if position else None)


def describe(
    place: Place, *, base: str, at: datetime, width: int | None, height: int | None
) -> dict[str, Any]:
    """Return the description of a page, its frame no larger than asked for, in pixels.

    Raises NothingToEmbed, NotForAll.
    """
    project = queries.followed(place.studio, place.project)
    position = place.position
    with translation.override(words.tongue(project)):
        title = _title(project, position, at=at)
    wide = max(NARROWEST, min(width or WIDTH, WIDTH))
    tall = OF_A_LOG if position is None else OF_AN_ENTRY
    high = max(LOWEST, min(height or tall, tall))
    said = {
        "type": "rich",
        "version": "1.0",
        "title": title,
        "author_name": project.studio.name,
        "author_url": f"{base}/@{project.studio.slug}/",
        "provider_name": "Coulisses",
        "provider_url": f"{base}/",
        "cache_age": AGE,
        "width": wide,
        "height": high,
        "html": frame(project, position, title=title, base=base, width=wide, height=high),
    }
    if _has_room(width, postcards.WIDTH) and _has_room(height, postcards.HEIGHT):
        below = f"{position}/" if position is not None else ""
        said["thumbnail_url"] = f"{base}{project.path}{below}card.jpg"
        said |= {"thumbnail_width": postcards.WIDTH, "thumbnail_height": postcards.HEIGHT}
    return said


def frame(
    project: Project,
    position: int | None,
    *,
    title: str,
    base: str,
    width: int | None = None,
    height: int = OF_A_LOG,
) -> str:
    """Return the HTML that shows a project's live log, or one entry, on another page.

    Without a `width` it is as wide as the page lets it.
    """
    below = f"{position}/embed" if position is not None else "embed"
    return format_html(
        '<iframe src="{}{}{}" width="{}" height="{}" title="{}" loading="lazy" sandbox="{}"'
        ' referrerpolicy="strict-origin" style="border:0;max-width:100%"></iframe>',
        *(base, project.path, below, width or "100%", height, title, SANDBOX),
    )


def as_xml(said: dict[str, Any]) -> str:
    """Return a description as XML."""
    out = StringIO()
    xml: Any = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", {})
    for name, value in said.items():
        xml.addQuickElement(name, for_xml(str(value)))
    xml.endElement("oembed")
    xml.endDocument()
    return out.getvalue()


def pixels(value: str) -> int | None:
    """Return a greatest width or height as it was asked for, None where it is no number."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else None


def _title(project: Project, position: int | None, *, at: datetime) -> str:
    if position is None:
        return project.title
    entry = queries.entry(project, position, at=at)
    lines = headlines.of(project, [entry], audiences=ledger.OUTSIDE, at=at)
    return f"{position} · {lines[0].words} · {project.title}" if lines else project.title


def _has_room(most: int | None, wanted: int) -> bool:
    return most is None or most >= wanted
