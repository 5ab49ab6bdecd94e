"""The rules of the house, which hold in every room; the host writes them in both languages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coulisses.house import rules as house
from coulisses.people import rules as people


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """What holds in every room, for all; sent by the host, their own rules."""
    if request.method == "POST":
        people.require_host(request.user)
        house.say_the_rules(en=request.POST.get("en", ""), fr=request.POST.get("fr", ""))
        messages.success(request, _("Your rules stand on the page."))
        return redirect("/rules")
    written, spoken = house.rules_in(get_language() or "en")
    said = {
        "house": house.current(),
        "written": written,
        "spoken": spoken,
        "longest": house.LONGEST,
    }
    return render(request, "pages/rules.html", said)
