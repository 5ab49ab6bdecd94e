"""A project, elsewhere: pictures for links, descriptions for other sites, codes to scan."""

import io
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from coulisses.embeds import described, queries
from coulisses.embeds.refusals import FormNotSpoken, NothingToEmbed
from coulisses.lib.refusals import require
from coulisses.people.models import Account
from coulisses.projects.models import Project
from coulisses.ui import addresses, mining, postcards
from coulisses.ui.caching import cacheable
from coulisses.ui.postcards import Card
from coulisses_readers.look import Unreadable

PLAIN = "/static/ui/house.png"
FORMS = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
CODES = {"svg": "image/svg+xml", "png": "image/png"}
# For minutes only: what is taken out must not go on being shown from caches on the way.
FOR_MINUTES = f"public, max-age={described.AGE}"


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Describe a page of this house to another site (oEmbed 1.0)."""
    asked = request.GET
    form = asked.get("format", "json")
    if form not in FORMS:
        return _not_spoken()
    base = addresses.base(request)
    place = described.place(asked.get("url", ""), base=base)
    wide, high = (described.pixels(asked.get(name, "")) for name in ("maxwidth", "maxheight"))
    said = described.describe(place, base=base, at=timezone.now(), width=wide, height=high)
    response = HttpResponse(described.as_xml(said)) if form == "xml" else JsonResponse(said)
    response["Content-Type"], response["Cache-Control"] = FORMS[form], FOR_MINUTES
    return response


@require_safe
def entry_card(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """The picture of an entry that goes with its link."""
    found = queries.find(studio, project)
    card = queries.entry_card(found, position, at=timezone.now())
    return mining.marked(_drawn(request, card), found)


@require_safe
def project_card(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The picture of a project that goes with its link."""
    found = queries.find(studio, project)
    return mining.marked(_drawn(request, queries.project_card(found)), found)


@require_safe
def studio_card(request: HttpRequest, studio: str) -> HttpResponse:
    """The picture of a studio that goes with its link."""
    return _drawn(request, queries.studio_card(studio))


@require_safe
def share(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's addresses, its code to scan, and the code that shows it on another page."""
    found, base = queries.find(studio, project), addresses.base(request)
    code = described.frame(found, None, title=found.title, base=base)
    said = {"project": found, "base": base, "embed": code}
    response = mining.marked(render(request, "embeds/share.html", said), found)
    is_known = isinstance(request.user, Account) or "messages" in request.COOKIES
    return response if is_known else cacheable(response, found)


@require_safe
def code(request: HttpRequest, studio: str, project: str, form: str) -> HttpResponse:
    """A project's address as a QR code, to print or to put on a wall."""
    require(form in CODES, NothingToEmbed)
    found = queries.find(studio, project)
    response = HttpResponse(_code(request, found, form), content_type=CODES[form])
    return cacheable(response, found)


def _not_spoken() -> HttpResponse:
    said = HttpResponse(
        str(FormNotSpoken()), status=FormNotSpoken.status, content_type="text/plain"
    )
    # An answer as the specification has it, and no failure of ours: it is not worth a log's line.
    said._has_been_logged = True  # type: ignore[attr-defined]
    return said


def _code(request: HttpRequest, project: Project, form: str) -> bytes:
    out, drawn = io.BytesIO(), segno.make(f"{addresses.base(request)}{project.path}", error="m")
    how: dict[str, Any] = {"scale": 12} if form == "png" else {"omitsize": True, "svgclass": None}
    drawn.save(out, kind=form, border=4, light="#ffffff", **how)
    return out.getvalue()


def _drawn(request: HttpRequest, card: Card) -> HttpResponse:
    tag = f'"{card.state}"'
    known = get_conditional_response(request, etag=tag)
    try:
        response = known or HttpResponse(postcards.drawn(card), content_type="image/jpeg")
    except (postcards.TooManyDrawings, Unreadable):
        return redirect(PLAIN)  # whoever shows a link asks once: any picture beats none
    response["ETag"], response["Cache-Control"] = tag, FOR_MINUTES
    return response
