"""Leaving the house: told plainly before it is asked for, and taken back by coming in again."""

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.accounts import mine_fresh as fresh
from coulisses.lib.refusals import Refusal
from coulisses.people import exports, holding, leaving
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import withdrawing


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, then the wish itself."""
    account, now = people.require_account(request.user), timezone.now()
    if request.method != "POST":
        return _page(request, account)
    if form := fresh.require_one(request, account, at=now):
        return _page(request, account, form=form, status=422)
    withdraws = request.POST.get("work") == "withdrawn"
    leaving.ask(account, withdraws=withdraws, language=get_language() or "en", at=now)
    auth.logout(request)
    said = _("You are out, and the house forgets you in %(days)s days, unless you come in again.")
    messages.success(request, said % {"days": leaving.GRACE.days})
    return redirect("/")


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Take it back without coming in again: another browser was still in."""
    leaving.stay(people.require_account(request.user))
    messages.success(request, _("You stay. Nothing was lost."))
    return redirect("/account/data/")


def _page(
    request: HttpRequest,
    account: Account,
    *,
    form: fresh.PasswordForm | None = None,
    status: int = 200,
) -> HttpResponse:
    said = {
        "form": form or fresh.form(request, account, at=timezone.now()),
        "departure": leaving.standing(account),
        "obstacle": _obstacle(account),
        "rehearsals": withdrawing.concerns(account, withdraws=False),
        "public": withdrawing.concerns(account, withdraws=True).exclude(curtain_raised_at=None),
        "chosen": request.POST.get("work", "kept"),
        "days": leaving.GRACE.days,
        "kept_days": exports.KEPT_FOR.days,
    }
    return render(request, "accounts/mine_deletion.html", said, status=status)


def _obstacle(account: Account) -> str:
    try:
        holding.require_free(account)
    except Refusal as refusal:
        return str(refusal)
    return ""
