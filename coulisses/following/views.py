"""Leave an address, and all that becomes of it; none of it needs an account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.following import notices, queries, rules, tokens
from coulisses.following.forms import DeviceForm, FollowForm, HowForm
from coulisses.following.models import Follower, Rhythm
from coulisses.lib import calm, lines
from coulisses.lib.refusals import require
from coulisses.people import postal, sealing
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.people.refusals import DeviceMalformed
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.refusals import ProjectNotFound

MOST = 60  # tries from one network address within an hour: a school has one for all its pupils
READS = require_http_methods(["GET", "HEAD", "POST"])


@READS
def follow(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Follow a project: by letters, by notices on this device, by feed."""
    found = _shown(request, studio, project)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, found, form)
    _require_calm(request)
    if not form.cleaned_data.pop("website"):
        begun = rules.ask(found, **form.cleaned_data, account=_who(request), at=timezone.now())
        if begun:
            messages.success(request, _("You follow this work now."))
            return redirect(tokens.path(begun))
    return redirect(f"{found.path}follow?asked")


@require_POST
def notice(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Show notices of a project on the device that asks."""
    found, form = _shown(request, studio, project), DeviceForm(request.POST)
    require(form.is_valid(), DeviceMalformed)
    _require_calm(request)
    said = {**form.cleaned_data, "language": get_language() or "en", "account": _who(request)}
    notices.begin(found, **said, at=timezone.now())
    return HttpResponse(status=204)


@require_POST
def end_notice(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Show no more notices on the device that asks; whoever has its address is that device."""
    notices.end(_shown(request, studio, project), endpoint=request.POST.get("endpoint", ""))
    return HttpResponse(status=204)


@READS
def following(request: HttpRequest, token: str) -> HttpResponse:
    """What a letter's link leads to: confirm, change the rhythm or the language, or end."""
    follower = tokens.find(token)
    form = HowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        rules.change(follower, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("From now on it is like this."))
        return redirect(tokens.path(follower))
    return _answered(request, follower, status=422 if form.is_bound else 200)


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Begin with the letters; a link that is only looked at, as scanners do, begins nothing."""
    follower = tokens.find(token)
    rules.confirm(follower, at=timezone.now())
    messages.success(request, _("You follow this work now."))
    return redirect(tokens.path(follower))


@csrf_exempt  # mail programs send it without cookies (RFC 8058); the token is what counts
@READS
def end(request: HttpRequest, token: str) -> HttpResponse:
    """End the letters: asked by a mail program with one click, or on a page with a button."""
    follower = tokens.find(token)
    if request.method == "POST":
        rules.end(follower, at=timezone.now())
        return _page(request, "ended", follower)
    return _page(request, "end", follower)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody follows, on their account's pages."""
    account = people.require_account(request.user)
    rows = [(one, tokens.path(one)) for one in queries.listed(account)]
    return _private(render(request, "following/mine.html", {"rows": rows}))


def _shown(request: HttpRequest, studio: str, project: str) -> Project:
    """Return a project that everybody sees: of others there is nothing to follow, for nobody."""
    found, _seen = sight.asked(request.user, studio, project)
    require(found.is_raised and found.withdrawn_at is None, ProjectNotFound)
    return found


def _require_calm(request: HttpRequest) -> None:
    line = lines.of(request.META.get("REMOTE_ADDR", ""))
    calm.require(f"follow:{line}", most=MOST, within=notices.AN_HOUR)


def _who(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def _form(request: HttpRequest, project: Project, form: FollowForm) -> HttpResponse:
    account = _who(request)
    own = postal.addresses_of(account)[:1] if account else []
    said: dict[str, Any] = {
        "project": project,
        "form": form,
        "own": own[0] if own else "",
        "is_asked": "asked" in request.GET and not form.is_bound,
        "sends_letters": postal.sends_letters(),
        "key": sealing.public_key(),
        "chosen": form["rhythm"].value() or Rhythm.DAILY,
    }
    status = 422 if form.is_bound else 200
    return _private(render(request, "following/follow.html", said, status=status))


def _answered(request: HttpRequest, follower: Follower, *, status: int = 200) -> HttpResponse:
    return _page(request, "following", follower, status=status)


def _page(
    request: HttpRequest, name: str, follower: Follower, *, status: int = 200
) -> HttpResponse:
    said = {
        "follower": follower,
        "project": follower.project,
        "path": tokens.path(follower),
        "rhythms": Rhythm.choices,
    }
    return _private(render(request, f"following/{name}.html", said, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    # Not "no-referrer": with it browsers send forms as from nowhere, and they are refused.
    response["Referrer-Policy"] = "same-origin"
    return response
