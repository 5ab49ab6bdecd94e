"""The pages by which a project is brought from another house: sent, looked at, confirmed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib import places
from coulisses.lib.refusals import Refusal, require
from coulisses.people import rules as people
from coulisses.projects.refusals import OnlyTheOwner
from coulisses.transfers import crates
from coulisses.transfers.models import Crate
from coulisses.transfers.refusals import CrateTooLarge, PublicAtOnce

SLICE = 8 << 20  # bytes that a browser sends at once
WORDS = 64 << 10  # bytes of a request beside them


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Choose the file and the studio; without script it comes with the form, else in pieces."""
    people.require_account(request.user)
    if request.method != "POST":
        return _page(request)
    try:
        made = _announce(request)
    except Refusal as refusal:
        if _is_script(request):
            return JsonResponse({"detail": str(refusal)}, status=refusal.status)
        return _page(request, refusal)
    return JsonResponse({"page": made.path}) if _is_script(request) else redirect(made.path)


@require_safe
def crate(request: HttpRequest, crate: str) -> HttpResponse:
    """What was found in it, for its owner to confirm; how far it is; where it is now."""
    return _crate(request, _found(request, crate))


@require_POST
def piece(request: HttpRequest, crate: str) -> HttpResponse:
    """Take the next bytes of it."""
    found, sent = _found(request, crate), request.FILES.get("file")
    try:
        if sent is None:
            raise CrateTooLarge(gib=crates.LARGEST >> 30)
        at_offset = places.position(request.POST.get("offset", "0")) or 0
        crates.append(found, sent.chunks(), length=sent.size or 0, at_offset=at_offset)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)
    return JsonResponse({"page": found.path})


@require_POST
def confirm(request: HttpRequest, crate: str) -> HttpResponse:
    """Have it brought in."""
    found = _found(request, crate)
    try:
        crates.confirm(found, is_sure=request.POST.get("sure") == "yes")
    except PublicAtOnce as refusal:
        return _crate(request, found, refusal)
    return redirect(found.path)


@require_POST
def let_go(request: HttpRequest, crate: str) -> HttpResponse:
    """Forget what was sent."""
    crates.drop(_found(request, crate))
    messages.success(request, _("Let go: nothing of it was kept."))
    return redirect("/desk/new/arrival/")


def _announce(request: HttpRequest) -> Crate:
    account, sent = people.require_account(request.user), request.FILES.get("file")
    asked = request.POST.get("studio", "")
    studio = next((one for one in crates.studios_of(account) if one.pk == asked), None)
    require(studio, OnlyTheOwner)
    assert studio
    length = places.position(request.POST.get("length", "0")) or 0
    made = crates.announce(
        studio,
        name=(sent.name or "") if sent else request.POST.get("name", ""),
        length=(sent.size or 0) if sent else length,
        by=account,
        language=get_language() or "en",
        at=timezone.now(),
    )
    if sent:
        crates.append(made, sent.chunks(), length=made.length, at_offset=0)
    return made


def _found(request: HttpRequest, crate: str) -> Crate:
    return crates.find(people.require_account(request.user), crate, at=timezone.now())


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("accept") == "application/json"


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    account = people.require_account(request.user)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    context: dict[str, Any] = {
        "studios": crates.studios_of(account),
        "crates": crates.of(account, at=timezone.now()),
        "chosen": request.POST.get("studio", request.GET.get("studio", "")),
        "most": most,
        "largest": crates.LARGEST,
        "slice": max(WORDS, min(SLICE, most - WORDS)),
        "refusal": refusal,
    }
    return render(request, "transfers/arrival.html", context, status=_status(refusal))


def _crate(request: HttpRequest, found: Crate, refusal: Refusal | None = None) -> HttpResponse:
    context = {"crate": found, "refusal": refusal, "project": None, "studio": found.studio}
    return render(request, "transfers/crate.html", context, status=_status(refusal))


def _status(refusal: Refusal | None) -> int:
    return refusal.status if refusal else 200
