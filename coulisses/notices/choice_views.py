"""How one wishes to hear: letters, quiet hours, this device, threads that are muted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.lib import calm
from coulisses.lib.refusals import Refusal, require
from coulisses.notices import clock, queries, rules
from coulisses.notices.forms import ChoiceForm, DeviceForm
from coulisses.notices.models import Mail
from coulisses.notices.people import Reader
from coulisses.notices.refusals import ChoiceUnknown
from coulisses.notices.views import theirs
from coulisses.people import postal, sealing
from coulisses.people.refusals import DeviceMalformed

MOST = 60  # devices that somebody says within an hour


@require_http_methods(["GET", "HEAD", "POST"])
@theirs
def choice(request: HttpRequest, reader: Reader) -> HttpResponse:
    """How one hears, and the form that changes it."""
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, reader)
    try:
        require(form.is_valid(), ChoiceUnknown)
        rules.choose(reader.voice, **form.said(queries.choice(reader.voice)), at=timezone.now())
    except Refusal as refusal:
        return _page(request, reader, form=form, refusal=refusal)
    messages.success(request, _("From now on it is like this."))
    return redirect("/notices/choice/")


@require_POST
@theirs
def device(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show one's notices in the browser that asks."""
    form = DeviceForm(request.POST)
    require(form.is_valid(), DeviceMalformed)
    calm.require(f"notices-device:{reader.voice}", most=MOST, within=clock.AN_HOUR)
    said = {**form.cleaned_data, "language": get_language() or "en", "at": timezone.now()}
    rules.begin_device(reader.voice, session=request.session.session_key or "", **said)
    return HttpResponse(status=204)


@require_POST
@theirs
def end_device(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show no more of one's notices in the browser that asks."""
    rules.end_device(reader.voice, endpoint=request.POST.get("endpoint", ""))
    return HttpResponse(status=204)


def _page(request: HttpRequest, reader: Reader, **wrong: Any) -> HttpResponse:
    known, refusal = queries.choice(reader.voice), wrong.get("refusal")
    said = {
        "choice": known,
        "mail": wrong["form"]["mail"].value() if refusal else known.mail,
        "zone": wrong["form"]["zone"].value() if refusal else known.zone,
        "language": known.language or get_language(),
        "rhythms": Mail.choices,
        "zones": sorted(one for one in clock.zones() if "/" in one and one[:4] != "Etc/"),
        "house_zone": timezone.get_default_timezone_name(),
        "box": postal.boxes([reader.voice]).get(reader.voice, ""),
        "sends_letters": postal.sends_letters(),
        "is_guest": reader.account is None,
        "whose": reader.voice[:12],
        "key": sealing.public_key(),
        "muted": queries.muted(reader.voice)[: queries.MOST_MUTED],
        **wrong,
    }
    return render(request, "notices/choice.html", said, status=refusal.status if refusal else 200)
