"""Taking a brainstorm home: a page of the forms there are, and each of them."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coulisses.brainstorms import course, crowding, forms, picturing, pressing, sheets, taking
from coulisses.brainstorms.asked import inside, led_to_the_door
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.table_refusals import FormUnknown
from coulisses.lib.refusals import require
from coulisses.ui import addresses, mining

Made = bytes | str | Iterable[str]
FORMS: dict[str, tuple[str, Callable[[Brainstorm, str], Made]]] = {
    "pdf": ("application/pdf", lambda of, base: pressing.pdf(sheets.said(of, base=base))),
    "png": ("image/png", lambda of, base: _png(of)),
    "svg": ("image/svg+xml", lambda of, base: picturing.draw(of).svg),
    "csv": ("text/csv; charset=utf-8", lambda of, base: forms.as_csv(of)),
    "json": ("application/json", lambda of, base: forms.as_json(of, base=base)),
    "md": ("text/markdown; charset=utf-8", lambda of, base: forms.as_markdown(of, base=base)),
}


@require_safe
@led_to_the_door
def exports(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The forms in which a brainstorm can be taken home, with a line for each."""
    of, seen = inside(request, studio, project)
    may = seen.is_maker or of.phase == course.ENDED
    said = {"of": of, "project": of.project, "sight": seen, "may": may, "forms": list(FORMS)}
    return mining.marked(render(request, "brainstorms/exports.html", said), of.project)


@require_safe
def export(request: HttpRequest, studio: str, project: str, form: str) -> HttpResponseBase:
    """A brainstorm in one form, to take home: for all once it is over, for makers at any time."""
    of, seen = inside(request, studio, project)
    require(form in FORMS, FormUnknown)
    taking.require_may(of, seen)
    if not seen.is_maker:
        crowding.require_few_taken(request)
    kind, make = FORMS[form]
    made = make(of, addresses.base(request))
    whole = isinstance(made, (bytes, str))
    response = (HttpResponse if whole else StreamingHttpResponse)(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{of.project.slug}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return mining.marked(response, of.project)


def _png(of: Brainstorm) -> bytes:
    drawing = picturing.draw(of)
    return pressing.png(drawing.svg, size=drawing.size)
