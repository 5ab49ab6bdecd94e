"""One's own account: what is known of one, and every way in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coulisses.accounts import devices, queries, rules
from coulisses.accounts.forms import Rename
from coulisses.people import rules as people
from coulisses.people.models import Account

MINE = (
    "/account/following/",
    "/notices/choice/",
    "/account/kept-away/",
    "/account/data/",
    "/account/deletion/",
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One's account on one page: name, address, password, passkeys, second factor, devices."""
    return _shown(request, people.require_account(request.user), Rename())


@require_POST
def rename(request: HttpRequest) -> HttpResponse:
    """Sign with another name from now on."""
    account, form = people.require_account(request.user), Rename(request.POST)
    if not form.is_valid():
        return _shown(request, account, form, status=422)
    rules.rename(account, name=form.cleaned_data["name"])
    messages.success(request, _("This is your name now, wherever you are named."))
    return redirect("/account/")


@require_POST
def end_device(request: HttpRequest, device: int) -> HttpResponse:
    """Sign one of one's browsers out."""
    devices.end(people.require_account(request.user), device)
    messages.success(request, _("Signed out there."))
    return redirect("/account/#devices")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign all of one's browsers out but this one."""
    devices.end_all(people.require_account(request.user), but=request.session.session_key or "")
    messages.success(request, _("Signed out everywhere else."))
    return redirect("/account/#devices")


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Leads to one's account: this page of the library's is a part of it."""
    return redirect("/account/")


def _shown(
    request: HttpRequest, account: Account, form: Rename, *, status: int = 200
) -> HttpResponse:
    mine = queries.ways_in(account, session=request.session.session_key or "")
    said: dict[str, Any] = {"mine": mine, "form": form, "links": list(filter(_answers, MINE))}
    response = render(request, "account/overview.html", said, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _answers(address: str) -> bool:
    try:
        return bool(resolve(address))
    except Resolver404:
        return False
