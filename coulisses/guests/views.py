"""Who one is without an account, and what becomes of it with one."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.guests import proving, rules
from coulisses.guests.models import Proof
from coulisses.guests.refusals import OnlyGuests
from coulisses.house import rules as house
from coulisses.house.models import SignUp
from coulisses.lib import calm, lines
from coulisses.lib.refusals import Refusal, require
from coulisses.people import acting, becoming, unhurried
from coulisses.people import rules as people
from coulisses.people.models import Guest
from coulisses.people.refusals import NobodyWaits

MOST_LETTERS = 60  # from one network address within an hour: two classes of a school
GONE = _("This browser doesn’t know you any more. Your words stay.")
ACTS = {
    "name": _("You go by that name now, wherever you said something."),
    "send": _("A letter with a code is on its way. Leave this page open."),
    "prove": _("Thank you. Now it is known that you are a person."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Who one is as a guest: another name, a code by letter, or forgotten here (`act`)."""
    guest = acting.of(request).guest
    require(guest, OnlyGuests)
    assert guest
    act, refusal = request.POST.get("act", ""), None
    try:
        if act == "leave":
            request.session.flush()
            messages.success(request, str(GONE))
            return redirect("/")
        if act in ACTS:
            _do(act, guest, request)
            messages.success(request, str(ACTS[act]))
            return redirect("/account/guest/")
    except Refusal as why:
        refusal = why
    return _page(request, guest, act, refusal)


@require_POST
def joining(request: HttpRequest) -> HttpResponse:
    """Whether what was said in this browser as a guest is whose who signed in (`answer=yes`)."""
    account = people.require_account(request.user)
    guest = becoming.left_over(request)
    require(guest, NobodyWaits)
    assert guest
    if request.POST.get("answer") == "yes":
        rules.join(account, guest, at=timezone.now())
        messages.success(request, str(_("What was given is yours, and stands under your name.")))
    del request.session[acting.KEPT]
    return redirect(_back(request))


@never_cache
@require_safe
def touched(request: HttpRequest) -> HttpResponse:
    """The hour, signed: a form of a page that all share asks for it when somebody touches it."""
    return HttpResponse(unhurried.touched(), content_type="text/plain")


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith("/") else "/account/"


def _do(act: str, guest: Guest, request: HttpRequest) -> None:
    said, now = request.POST, timezone.now()
    if act == "name":
        rules.rename(guest.voice, name=said.get("name", ""))
    elif act == "send":
        language = get_language() or "en"
        line = lines.of(request.META.get("REMOTE_ADDR", ""))
        calm.require(f"guest-letters:{line}", most=MOST_LETTERS, within=proving.AN_HOUR)
        proving.send(guest, email=said.get("email", ""), language=language, at=now)
    else:
        proving.prove(guest, code=said.get("code", ""), at=now)


def _page(request: HttpRequest, guest: Guest, act: str, refusal: Refusal | None) -> HttpResponse:
    live = Proof.objects.filter(guest=guest, expires_at__gt=timezone.now())
    said = {
        "guest": guest,
        "proof": live.filter(tries__lt=proving.MOST_TRIES).first(),
        "act": act,
        "refusal": refusal,
        "typed": request.POST,
        "sends_letters": settings.SENDS_LETTERS,
        "may_sign_up": house.current().sign_up == SignUp.OPEN,
    }
    return render(request, "guests/me.html", said, status=refusal.status if refusal else 200)
