"""Where a maker lands, and what each project has for today."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coulisses.desk import queries
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import followed, sight


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The desk: what one works on, and how to begin."""
    account = people.require_account(request.user)
    found = queries.landing(account, after=request.GET.get("after", ""), at=timezone.now())
    return render(request, "desk/landing.html", {"landing": found})


@require_safe
def today(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's desk: what waits for a hand, and what to do next."""
    found, seen = sight.at_desk(request.user, studio, project)
    account = cast(Account, request.user)
    now = queries.today(found, account, seen, at=timezone.now())
    said = {"studio": found.studio, "project": found, "sight": seen, "here": "today"}
    return render(request, "desk/today.html", {**said, **vars(now)})


@require_safe
def beyond(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What reaches beyond the house: links, followers, feeds, programs, and the way out."""
    found, seen = sight.at_desk(request.user, studio, project)
    said = {"studio": found.studio, "project": found, "sight": seen, "here": "beyond"}
    return render(request, "desk/beyond.html", {**said, "followed": followed.counts(found)})
