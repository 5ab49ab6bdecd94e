"""Coming in by the printed link, and leaving."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.accounts.refusals import NobodyFollowedIt
from coulisses.lib.refusals import require
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects.models import Project

BACKEND = "coulisses.accounts.backends.ByAddress"


@require_http_methods(["GET", "POST"])  # no HEAD: who only checks a link must not use it up
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The printed link: signs in, once. Led here by another site, one is asked first."""
    require("prefetch" not in request.headers.get("Sec-Purpose", ""), NobodyFollowedIt)
    if request.method == "GET" and request.headers.get("Sec-Fetch-Site", "none") != "none":
        account = people.whom_it_lets_in(token, at=timezone.now())
        return render(request, "account/enter_as.html", {"account": account})
    account = people.enter(token, at=timezone.now())
    auth.login(request, account, backend=BACKEND)
    return redirect(_home(request, account))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    auth.logout(request)
    return redirect("/")


def _home(request: HttpRequest, account: Account) -> str:
    """Return where somebody who comes in was going, or the project of theirs that stirred last."""
    wanted = request.GET.get("next", "")
    if wanted:
        is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
        return wanted if is_ours and wanted.startswith("/") else "/"
    studios = account.roles.values("studio")
    theirs = Project.objects.filter(studio__in=studios).select_related("studio")
    latest = theirs.order_by("-stirred_at").first()
    return latest.path if latest else "/"
