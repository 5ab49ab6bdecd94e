"""What a maker does on the page with moments that are told."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.lib.refusals import Refusal
from coulisses.moments import amending, composing, laying, rules
from coulisses.moments.amending import Whole
from coulisses.moments.composing import Desk
from coulisses.moments.forms import AmendmentForm
from coulisses.people.models import Account
from coulisses.projects import sight


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Put a moment into other words, the earlier ones beside; pictures stay."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    desk = Desk(found, seen, cast(Account, request.user))
    whole = amending.read(found, position, at=timezone.now())
    if request.method != "POST":
        return _amending(request, desk, whole, AmendmentForm(initial=vars(whole.current)))
    form = AmendmentForm(request.POST)
    if not form.is_valid():
        return _amending(request, desk, whole, form, 422)
    try:
        rules.amend(found, position, **form.cleaned_data, **_who_and_when(request))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _amending(request, desk, whole, form, refusal.status)
    return redirect(f"{found.path}{position}")


@require_POST
def learn(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Say what a failure taught."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    words = request.POST.get("words", "")
    rules.learn(found, position, words=words, **_who_and_when(request))
    return redirect(f"{found.path}{position}")


@require_POST
def shred(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Take an entry's words and files out for good."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    reason = request.POST.get("reason", "")
    rules.shred(found, position, reason=reason, **_who_and_when(request))
    return redirect(f"{found.path}{position}")


@require_POST
def unfold(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Let the steps under a sentence stand by themselves again."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    laying.unfold(found, position, **_who_and_when(request))
    return redirect(f"{found.path}{position}")


@require_POST
def take_back(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Take out what has just been told, in one tap."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    rules.take_back(found, position, **_who_and_when(request))
    messages.success(request, _("%(position)s is taken back.") % {"position": position})
    return redirect(found.path)


def _who_and_when(request: HttpRequest) -> dict[str, Any]:
    return {"by": cast(Account, request.user).voice_id, "at": timezone.now()}


def _amending(
    request: HttpRequest, desk: Desk, whole: Whole, form: AmendmentForm, status: int = 200
) -> HttpResponse:
    """Show a moment's words to change; what was typed comes back."""
    said = {**composing.around(desk), "whole": whole, "form": form}
    return render(request, "moments/amendment.html", said, status=status)
