"""Whom one would rather not hear: from a word, and the list of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.people import acting, shunning
from coulisses.people import rows as voices
from coulisses.people.refusals import SayWhoYouAre
from coulisses.projects import heard, sight
from coulisses.projects.models import Project
from coulisses.ui.sent_here import sent_here

DONE = {
    "mute": _("Muted: their words fold away for you, wherever they speak. They are not told."),
    "block": _("Blocked: their words fold away for you, and they can’t answer you."),
    "hear": _("You hear them again."),
}
LIST = "/account/kept-away/"


@sent_here
@require_POST
def from_a_word(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """Mute whoever said something, block them, or hear them again (`act`)."""
    found, seen = sight.asked(request.user, studio, project)
    word = _readable(found, seen.audiences, said)
    _act(request, word.by)
    page = f"{found.path}{getattr(word.fact, 'cue', '')}"
    is_heard = request.POST.get("act") == "hear"
    return redirect(f"{page}#say-{word.position}" if is_heard else page)  # led to, a fold opens


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept_away(request: HttpRequest) -> HttpResponse:
    """Whom one muted or blocked; sent with a `voice`, it changes for that one."""
    voice = _voice(request)
    if request.method == "POST":
        _act(request, request.POST.get("voice", "").replace("\0", "")[:26])
        return redirect(LIST)
    known = shunning.kept_away(voice)
    names = voices.names({one.whom_id for one in known})
    rows = [(one, names.get(one.whom_id, "")) for one in known]
    return render(request, "manners/kept_away.html", {"rows": rows})


def _act(request: HttpRequest, whom: str) -> None:
    act, voice = request.POST.get("act", ""), _voice(request)
    if act == "hear":
        shunning.hear_again(voice, whom)
    elif act in DONE:
        shunning.shun(voice, whom, is_blocked=act == "block", at=timezone.now())
    if act in DONE:
        messages.success(request, str(DONE[act]))


def _voice(request: HttpRequest) -> str:
    """Return by which voice somebody acts; none is made for this. Raises SayWhoYouAre."""
    voice = acting.of(request).voice
    require(voice, SayWhoYouAre)
    return voice


def _readable(project: Project, audiences: frozenset[str], said: int) -> Entry:
    """Return what somebody said, for whoever may read it. Raises EntryNotFound."""
    asked = {
        "audiences": audiences,
        "at": timezone.now(),
        "positions": [min(said, places.GREATEST)],
    }
    found = heard.read(project, **asked) if project.is_raised else []  # type: ignore[arg-type]
    require(found and getattr(found[0].fact, "cue", 0), EntryNotFound)
    return found[0]
