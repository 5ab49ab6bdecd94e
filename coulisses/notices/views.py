"""What concerns somebody, and how they wish to hear of it: for themselves alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coulisses.lib.refusals import require
from coulisses.notices import queries, rules, showing, slots
from coulisses.notices.people import Reader
from coulisses.people.refusals import SignInFirst
from coulisses.projects import sight
from coulisses.ui.sent_here import sent_here

View = Callable[..., HttpResponse]


def theirs(view: Callable[..., HttpResponse]) -> View:
    """Hand a view who asks. Raises SignInFirst for a passer-by; nothing of it is kept anywhere."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        reader = slots.reader(request)
        require(reader, SignInFirst)
        return view(request, reader, *given, **named)

    return answer


@require_safe
@theirs
def listed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What concerns one, the newest first, a page at a time."""
    page = queries.page(reader, after=request.GET.get("after", ""), at=timezone.now())
    return render(request, "notices/list.html", {"page": page})


@require_safe
@theirs
def count(request: HttpRequest, reader: Reader) -> HttpResponse:
    """How much is new, for the bell: JSON."""
    return JsonResponse({"count": len(showing.unread(reader, at=timezone.now()))})


@require_POST
@theirs
def read(request: HttpRequest, reader: Reader, notice: int) -> HttpResponse:
    """Note that one has read a notice."""
    rules.read(reader.voice, notice, at=timezone.now())
    return redirect("/notices/")


@require_POST
@theirs
def read_all(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Note that one has read all of them."""
    rules.read_all(reader.voice, at=timezone.now())
    return redirect("/notices/")


@require_POST
@theirs
def mute(request: HttpRequest, reader: Reader, notice: int) -> HttpResponse:
    """Hear nothing more of the thread that a notice is of."""
    rules.mute_of(reader.voice, notice, at=timezone.now())
    messages.success(request, _("You hear no more of this thread. It can be undone below."))
    return redirect("/notices/choice/#muted")


@sent_here
@require_POST
@theirs
def mute_here(request: HttpRequest, reader: Reader, studio: str, project: str) -> HttpResponse:
    """Hear nothing more of the thread on whose page one is, or hear of it again (`act=unmute`)."""
    found, _seen = sight.asked(request.user, studio, project)
    thread, place = queries.thread_of(request.POST.get("thread", ""))
    if request.POST.get("act") == "unmute":
        queries.muted(reader.voice).filter(project=found, thread=thread).delete()
    else:
        rules.mute(reader.voice, found, thread, place=place, at=timezone.now())
    return redirect(f"{found.path}{place}")


@require_POST
@theirs
def unmute(request: HttpRequest, reader: Reader, muted: int) -> HttpResponse:
    """Hear of a thread again."""
    rules.unmute(reader.voice, muted)
    messages.success(request, _("You hear of it again."))
    return redirect("/notices/choice/#muted")
