"""Where projects are opened, and the desk of a studio: its projects, its name, its tokens."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.desk.studios_forms import AddressForm, OpeningForm, StudioForm, TokenForm, offer
from coulisses.lib.refusals import Refusal
from coulisses.people import handles
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import addresses, arranged, opening, rules, sight
from coulisses.projects.models import Project, Studio
from coulisses.projects.refusals import TokenAlreadyExpired
from coulisses.projects.sight import Sight

PAGE = ["GET", "HEAD", "POST"]
A_PAGE = 48  # projects of a studio's desk at once
TOKENS_A_PAGE = 50


@require_http_methods(PAGE)
def new(request: HttpRequest) -> HttpResponse:
    """From nothing to a project, in one form."""
    account = people.require_account(request.user)
    wanted = {"studio": request.GET.get("studio", "")}
    form = OpeningForm(request.POST or None, initial=wanted, account=account)
    if request.method != "POST" or not form.is_valid():
        return _form(request, "new", form)
    try:
        project = opening.begin(**form.answer(), by=account, at=timezone.now())
    except Refusal as refusal:
        return _form(request, "new", form, refusal=refusal)
    messages.success(request, _("It is open, in rehearsal: only your team sees it."))
    return redirect(project.desk)


@require_http_methods(PAGE)
def desk(request: HttpRequest, studio: str) -> HttpResponse:
    """A studio's desk: its projects in their order, and what it says of itself."""
    found, seen = sight.studio_at_desk(request.user, studio)
    if request.method != "POST":
        return _desk(request, found, seen, StudioForm(initial=vars(found)))
    seen.require_owner()
    form = StudioForm(request.POST)
    if not form.is_valid():
        return _desk(request, found, seen, form)
    rules.describe_studio(found, **form.cleaned_data)
    messages.success(request, _("That is how the studio is called from now on."))
    return redirect(found.desk)


@require_POST
def order(request: HttpRequest, studio: str) -> HttpResponse:
    """Put one of a studio's projects a place higher or lower."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_maker()
    step = 1 if "down" in request.POST else -1
    moved = request.POST.get("down" if step > 0 else "up", "")
    rules.shift(found, moved, by=step)
    return redirect(f"{found.desk}#project-{moved}")


@require_http_methods(PAGE)
def address(request: HttpRequest, studio: str) -> HttpResponse:
    """A studio's address, and those that lead to it."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_owner()
    form = AddressForm(request.POST or None, initial={"slug": found.slug})
    if request.method == "POST" and form.is_valid():
        try:
            addresses.move_studio(found, form.cleaned_data["slug"])
        except Refusal as refusal:
            found.refresh_from_db()
            offer(form, "slug", refusal)
        else:
            messages.success(request, _("Moved. The old address leads here."))
            return redirect(f"{found.desk}address/")
    held = [one for one in handles.held_by(found.pk) if one != found.slug]
    return _form(request, "address", form, **_at(found, seen), here="address", held=held)


@require_POST
def let_go(request: HttpRequest, studio: str) -> HttpResponse:
    """Have an old address of a studio lead nowhere."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_owner()
    addresses.let_go_of_studio(found, request.POST.get("slug", ""))
    messages.success(request, _("Let go. It leads nowhere now."))
    return redirect(f"{found.desk}address/")


@require_http_methods(PAGE)
def tokens(request: HttpRequest, studio: str) -> HttpResponse:
    """The tokens by which programs tell; a new one is shown on the page that answers, once."""
    found, seen = sight.studio_at_desk(request.user, studio)
    account = cast(Account, request.user)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = rules.issue_token(found, account, **form.answer(), at=timezone.now())
            form = TokenForm()
        except Refusal as refusal:
            form.add_error(
                "until" if isinstance(refusal, TokenAlreadyExpired) else "label", str(refusal)
            )
    whose, after = None if seen.is_owner else account, request.GET.get("after", "")
    shown, older = rules.tokens(found, of=whose, after=after, limit=TOKENS_A_PAGE)
    said: dict[str, Any] = {
        "tokens": shown,
        "older": older,
        "secret": secret,
        "now": timezone.now(),
        "here": "tokens",
    }
    response = _form(request, "tokens", form, **_at(found, seen), **said)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def revoke(request: HttpRequest, studio: str) -> HttpResponse:
    """End a token: one's own, or as an owner anybody's."""
    found, seen = sight.studio_at_desk(request.user, studio)
    account = None if seen.is_owner else cast(Account, request.user)
    rules.revoke_token(found, request.POST.get("token", ""), of=account)
    messages.success(request, _("Revoked. Whatever used it tells nothing any more."))
    return redirect(f"{found.desk}tokens/")


def _desk(request: HttpRequest, studio: Studio, seen: Sight, form: StudioForm) -> HttpResponse:
    rows = Project.objects.filter(studio=studio)
    projects, older = arranged.page(rows, after=request.GET.get("after", ""), limit=A_PAGE)
    said: dict[str, Any] = {"projects": projects, "older": older, "here": "studio"}
    return _form(request, "studio", form, **_at(studio, seen), **said)


def _at(studio: Studio, seen: Sight) -> dict[str, Any]:
    return {"studio": studio, "sight": seen}


def _form(
    request: HttpRequest, name: str, form: Any, *, refusal: Refusal | None = None, **more: Any
) -> HttpResponse:
    """Return a page with a form; one that was sent comes back as it was filled."""
    if refusal:
        form.add_error(None, str(refusal))
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, f"desk/{name}.html", {"form": form, **more}, status=status)
