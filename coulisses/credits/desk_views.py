"""The makers' side: what waits for a word, who is thanked by hand, for whom a place is held."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.credits import handing, naming, queries, rules, words
from coulisses.credits.models import LONGEST_NAME, LONGEST_WORDS
from coulisses.lib import places
from coulisses.lib.refusals import Refusal
from coulisses.log import ledger
from coulisses.people import rows as voices
from coulisses.people.models import Account
from coulisses.projects import heard, keeping, sight, waiting
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import addresses
from coulisses.ui.sent_here import sent_here

LONGEST_ANSWER = 1_000  # characters, in a row; a room may take more where it is read
A_PAGE = 40  # of what waits; the rest comes as these are answered
ACTS = {"out": rules.take_out, "back": rules.put_back}


class ThanksForm(forms.Form):
    """Whom to thank, what they did, and a few words for what."""

    name = forms.CharField(max_length=LONGEST_NAME)
    role = forms.ChoiceField(choices=list(words.TITLES.items()), initial="test")
    words = forms.CharField(max_length=LONGEST_WORDS, required=False)


@require_safe
def who_waits(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What waits for a word of the team, oldest first; most is answered there and then."""
    found, seen = sight.at_desk(request.user, studio, project)
    return _waiting(request, found, seen)


@require_POST
def answered(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Answer what waits in a `room` by its `key`: `act` is one of that room's ways."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    room, key, act, words = (request.POST.get(one, "") for one in ("room", "key", "act", "words"))
    by = cast(Account, request.user).voice_id
    try:
        waiting.answer(found, seen, room, key, act, words=words, by=by, at=timezone.now())
    except Refusal as refusal:
        typed = {"room": room, "key": key, "words": words, "refusal": refusal}
        return _waiting(request, found, seen, status=refusal.status, typed=typed)
    messages.success(request, _("Answered. They are told."))
    return redirect(f"{found.desk}voices/")


def _waiting(
    request: HttpRequest, found: Project, seen: Sight, *, status: int = 200, **said: Any
) -> HttpResponse:
    rows = waiting.oldest(found, limit=A_PAGE + 1)
    names = naming.names(found, {one.voice for _label, one in rows if one.voice})
    shown = [
        (label, one, names.get(one.voice, ""), waiting.ways(one.room) if seen.is_maker else {})
        for label, one in rows[:A_PAGE]
    ]
    said |= {"waiting": shown, "has_more": len(rows) > A_PAGE, "now": timezone.now()}
    said |= {"longest": LONGEST_ANSWER, "unheard": keeping.hands().count_waiting(found)}
    context = _said(found, seen, "voices") | said
    return render(request, "credits/voices.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Who is thanked by hand, and which lines were taken out."""
    found, seen = sight.at_desk(request.user, studio, project)
    form = ThanksForm(request.POST or None)
    if request.method == "POST":
        seen.require_maker()
        if form.is_valid():
            by = cast(Account, request.user).voice_id
            rules.add(found, **form.cleaned_data, by=by, at=timezone.now())
            messages.success(request, _("Thanked: the name stands in the credits."))
            return redirect(f"{found.desk}credits/")
    more = {"form": form, "roles": words.TITLES, "out": queries.taken_out(found)}
    status = 422 if form.is_bound else 200
    return render(
        request, "credits/thanks.html", _said(found, seen, "credits") | more, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, studio: str, project: str, number: int) -> HttpResponse:
    """One line of the credits, and what may be decided of it: taken `out`, or put `back`."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    one = queries.find(found, number)
    if request.method == "POST":
        act = ACTS["back" if request.POST.get("act") == "back" else "out"]
        act(one, by=cast(Account, request.user).voice_id, at=timezone.now())
        messages.success(request, _("Decided. It holds from now on."))
        return redirect(f"{found.path}credits/")
    voice, now = one.voice_id or "", timezone.now()
    more = {
        "line": one,
        "name": one.alias or naming.names(found, {voice}).get(voice, ""),
        "held": queries.place_held(found, voice, at=now),
        "can_be_held": seen.is_owner and bool(voice) and handing.can_be_held(found, voice),
    }
    return render(request, "credits/line.html", _said(found, seen, "credits") | more)


@require_POST
def hold(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Hold a place in the team for a `voice`, or with `undo` no longer."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    voice, now = request.POST.get("voice", "").replace("\0", "")[:26], timezone.now()
    if "undo" in request.POST:
        handing.take_back(found, voice, at=now)
        messages.success(request, _("Taken back. No place is held any more."))
    else:
        _hold(request, found, voice)
    return redirect(f"{found.desk}voices/")


@sent_here
@require_POST
def hold_from_a_word(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """Hold a place in the team for whoever said something, from where it is read."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    word = ledger.find(found.room, min(said, places.GREATEST))
    _hold(request, found, voices.whole(word.by))
    return redirect(f"{found.path}{heard.place(word)}")


def _hold(request: HttpRequest, found: Project, voice: str) -> None:
    held = handing.hold(found, voice, by=cast(Account, request.user), at=timezone.now())
    handing.tell(held, base=addresses.base(request), language=get_language() or "en")
    messages.success(request, _("A place is held. They are told when they come back."))


def _said(project: Project, seen: Sight, here: str) -> dict[str, Any]:
    return {"studio": project.studio, "project": project, "sight": seen, "here": here}
