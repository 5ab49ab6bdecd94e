"""What is somebody's own: all of it to take home, and the name that can be taken out."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.accounts import mine_fresh as fresh
from coulisses.accounts import mine_traces as traces
from coulisses.media import ranges
from coulisses.people import exports
from coulisses.people import rules as people
from coulisses.people.models import Account, Departure, Export


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What the house keeps of somebody, and what they may do with it."""
    account = people.require_account(request.user)
    return _page(request, account)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for all that is one's own; it is put together while one does something else."""
    account, now = people.require_account(request.user), timezone.now()
    if form := fresh.require_one(request, account, at=now):
        return _page(request, account, form=form, status=422)
    exports.ask(account, language=get_language() or "en", at=now)
    return redirect("/account/data/#export")


@require_safe
def take_home(request: HttpRequest, export: str) -> HttpResponseBase:
    """The file, for whoever it belongs to and nobody else."""
    found = exports.find(people.require_account(request.user), export, at=timezone.now())
    response = ranges.send(request, exports.kept(found), kind="application/zip", tag=found.pk)
    response["Content-Disposition"] = 'attachment; filename="coulisses.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Where one's name stands, before it is taken out and after."""
    account = people.require_account(request.user)
    found = traces.find(account)
    if request.method == "POST":
        was = account.voice.name
        also, now = "contributors" in request.POST, timezone.now()
        traces.take_name_out(account, and_contributors=also, at=now)
        said = {"traces": found, "was": was, "is_out": True}
        return render(request, "accounts/mine_name.html", said)
    return render(request, "accounts/mine_name.html", {"traces": found})


def _page(
    request: HttpRequest,
    account: Account,
    *,
    form: fresh.PasswordForm | None = None,
    status: int = 200,
) -> HttpResponse:
    said = {
        "export": Export.objects.filter(account=account).first(),
        "departure": Departure.objects.filter(account=account).first(),
        "form": form or fresh.form(request, account, at=timezone.now()),
        "kept_days": exports.KEPT_FOR.days,
    }
    return render(request, "accounts/mine_data.html", said, status=status)
