"""Privacy: what is kept of people, why and how long; the host may add words of their own."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coulisses.house import rules as house
from coulisses.pages.queries import privacy as kept
from coulisses.people import exports, leaving
from coulisses.people import rules as people


@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """What is so, for all; sent by the host, their own words."""
    if request.method == "POST":
        people.require_host(request.user)
        house.say_of_privacy(request.POST.get("words", ""))
        messages.success(request, _("Your words stand on the page."))
        return redirect("/privacy")
    said = {
        "house": house.current(),
        "kept": kept.kept(),
        "cookies": kept.cookies(),
        "longest": house.LONGEST,
        "grace": leaving.GRACE,
        "home": exports.KEPT_FOR,
        "keeps_offline": settings.KEEPS_OFFLINE,
    }
    return render(request, "pages/privacy.html", said)
