"""The house as its host sees it: what is to be done, settled, stored, and how it does."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.host import answers, beginning, checklist, health, jobs, secrecy, storage
from coulisses.host.answers import for_the_host
from coulisses.host.forms import FirstForm, HouseForm, RoomForm
from coulisses.host.refusals import AddressTaken, NameMissing
from coulisses.house import rules as house
from coulisses.projects import room


@require_http_methods(["GET", "POST"])  # no HEAD: nobody checks a link without looking
def first(request: HttpRequest, secret: str) -> HttpResponse:
    """The printed link of a house without a host: whoever opens it makes their account."""
    now = timezone.now()
    beginning.require_open(secret, at=now)
    form = FirstForm(request.POST or None)
    if form.is_valid():
        try:
            account = beginning.begin(secret, **form.cleaned_data, at=now)
        except (AddressTaken, NameMissing) as refusal:
            form.add_error("email" if isinstance(refusal, AddressTaken) else "name", str(refusal))
        else:
            auth.login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect("/house/")
    status = 422 if form.is_bound else 200
    return answers.page(request, "first", "first", form=form, status=status)


@require_safe
@for_the_host
def check_list(request: HttpRequest) -> HttpResponse:
    """What is to be done in this house."""
    items = checklist.items()
    left = sum(not item.is_done for item in items)
    return answers.page(request, "checklist", "", items=items, left=left)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_host
def settled(request: HttpRequest) -> HttpResponse:
    """What the host settles, and the settings that the house was started with."""
    form = HouseForm(request.POST or None, instance=house.current())
    if form.is_valid():
        form.save()
        messages.success(request, _("Settled."))
        return redirect("/house/settings/")
    shown = secrecy.settings_shown()
    status = 422 if form.is_bound else 200
    return answers.page(request, "settings", "settings", form=form, shown=shown, status=status)


@require_safe
@for_the_host
def stored(request: HttpRequest) -> HttpResponse:
    """How full the house is, by studio."""
    found = storage.studios(after=request.GET.get("after", ""))
    said: dict[str, Any] = {"totals": storage.totals(), "page": found, "most": room.most(None)}
    return answers.page(request, "storage", "storage", **said)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_host
def studio(request: HttpRequest, studio: str) -> HttpResponse:
    """How full a studio is, by project; and how much it may fill."""
    found = storage.find(studio)
    form = RoomForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        room.allow(found, form.cleaned_data["gib"])
        messages.success(request, _("Settled."))
        return redirect(request.path)
    page = storage.projects(found, after=request.GET.get("after", ""))
    said: dict[str, Any] = {"filled": room.of(found.pk), "page": page, "of": found, "form": form}
    said["gib"] = storage.allowed(found)
    status = 422 if form.is_bound else 200
    return answers.page(request, "studio", "storage", **said, status=status)


@require_safe
@for_the_host
def works(request: HttpRequest) -> HttpResponse:
    """What the house does by itself, and what came to nothing."""
    status, found = health.examine()
    said: dict[str, Any] = {"runs": jobs.runs(), "films": jobs.failed_films()}
    said |= {"is_well": status == HTTPStatus.OK, "health": jobs.in_words(found)}
    return answers.page(request, "jobs", "jobs", **said)


@require_POST
@for_the_host
def film(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a time-lapse again."""
    jobs.retry_film(pk, at=timezone.now())
    messages.success(request, _("It is tried again."))
    return redirect("/house/jobs/")
