"""What a form brings to this room: words, files, a place, and a passer-by's name."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.http import HttpRequest

from coulisses.lib import text
from coulisses.lib.refusals import Refusal
from coulisses.log.models import Entry
from coulisses.people import acting, crowds
from coulisses.people.acting import Actor
from coulisses.projects import giving
from coulisses.projects.gates import ProveFirst, Waits
from coulisses.voices import rules
from coulisses.voices.answers import Place
from coulisses.voices.files import Upload, Uploads
from coulisses.voices.models import Word

PLACE = ("file", "x", "y", "second", "line")


def say(request: HttpRequest, place: Place, *, at: datetime) -> Word:
    """Say what a form says; a passer-by comes in under the name they gave.

    Raises what `rules.require_open`, `rules.draft` and `rules.say` raise, NameNeeded, TooOften,
    SaidAnew.
    """
    rules.require_open(place.project, place.sight, place.entry)
    crowds.require_calm(request)
    said = request.POST
    giving.require_read(place.project, said.get("terms", ""))
    given = _uploads(request)
    fact = rules.draft(
        place.entry,
        words=said.get("words", ""),
        to=text.number(said.get("to", "")) or 0,
        at={name: said.get(f"at_{name}", "") for name in PLACE},
        has_files=bool(given),
    )
    actor, is_new = _actor(request, at)
    try:
        told: Entry = rules.say(
            place.project,
            place.entry,
            fact,
            by=actor.voice,
            at=at,
            role=place.sight.role,
            given=given,
        )
    except (Waits, ProveFirst):
        raise
    except Refusal:
        if is_new:
            _go(request, actor)
        raise
    return Word.objects.get(project=place.project, position=told.position)


def _uploads(request: HttpRequest) -> Uploads:
    pictures = [cast(Upload, one) for one in request.FILES.getlist("pictures")]
    alts = [request.POST.get("alt", "")] if len(pictures) == 1 else []
    attempt, sound = request.FILES.get("attempt"), request.FILES.get("sound")
    return Uploads(pictures, alts, cast("Upload | None", attempt), cast("Upload | None", sound))


def _actor(request: HttpRequest, at: datetime) -> tuple[Actor, bool]:
    """Return who speaks, and whether they just came in."""
    known = acting.of(request)
    if not known.is_nameless:
        return known, False
    named = acting.come_in(request, name=request.POST.get("name", ""), at=at)
    return named, not known.voice  # who cheered before without a name has done something here


@transaction.atomic
def _go(request: HttpRequest, actor: Actor) -> None:
    """Forget a guest who came in to say what was refused: nobody ever heard of them."""
    request.session.pop(acting.KEPT, None)
    request.actor = acting.NOBODY  # type: ignore[attr-defined]
    assert actor.guest
    voice = actor.guest.voice
    actor.guest.delete()
    voice.delete()
