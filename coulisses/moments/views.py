"""What a maker does on the page with moments; every address takes POST only."""

from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coulisses.lib.refusals import Refusal
from coulisses.moments import laying, rules
from coulisses.moments.forms import AmendmentForm, MomentForm
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project


@require_POST
def tell(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Tell a moment; what is refused comes back filled, with the sentence."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    form = MomentForm(request.POST, request.FILES, project=found)
    if not form.is_valid():
        return _again(request, found, form, "moments/moment.html")
    try:
        told = rules.tell_with(found, **form.cleaned_data, **_who_and_when(request))
    except Refusal as refusal:
        return _again(request, found, form, "moments/moment.html", refusal)
    return redirect(f"{found.path}{told.position}")


@require_POST
def amend(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Put a moment into other words."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    form = AmendmentForm(request.POST)
    if not form.is_valid():
        return _again(request, found, form, "moments/amendment.html")
    try:
        rules.amend(found, position, **form.cleaned_data, **_who_and_when(request))
    except Refusal as refusal:
        return _again(request, found, form, "moments/amendment.html", refusal)
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


def _again(
    request: HttpRequest, project: Project, form: Form, page: str, refusal: Refusal | None = None
) -> HttpResponse:
    """Hand the form back as it was filled. The browser keeps no files: those are chosen again."""
    if refusal:
        form.add_error(None, str(refusal))
    status = refusal.status if refusal else 422
    return render(request, page, {"project": project, "form": form}, status=status)
