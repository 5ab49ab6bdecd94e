"""Who one is without an account, and what becomes of it with one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coulisses.guests import rules
from coulisses.lib.refusals import require
from coulisses.people import acting, becoming
from coulisses.people import rules as people
from coulisses.people.refusals import NobodyWaits


@require_POST
def joining(request: HttpRequest) -> HttpResponse:
    """Whether what was said in this browser as a guest is whose who signed in (`answer=yes`)."""
    account = people.require_account(request.user)
    guest = becoming.left_over(request)
    require(guest, NobodyWaits)
    assert guest
    if request.POST.get("answer") == "yes":
        rules.join(account, guest)
        messages.success(request, _("They are yours, and stand under your name."))
    del request.session[acting.KEPT]
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith("/") else "/account/"
