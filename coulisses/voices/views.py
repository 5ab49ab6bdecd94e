"""What people do and read in this room."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib import places
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.media import ranges, store
from coulisses.media.store import PreviewNotFound
from coulisses.people import acting
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.ui import mining
from coulisses.ui.sent_here import sent_here
from coulisses.voices import answers, coming, reading, rules
from coulisses.voices.answers import Place
from coulisses.voices.kinds import VoiceSaid
from coulisses.voices.models import Word


@sent_here
@require_POST
def say(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Say something under an entry; a passer-by gives a name with it."""
    place = _place(request, studio, project, position)
    try:
        told = coming.say(request, place, at=place.at)
    except Refusal as refusal:
        return answers.refused(request, place, refusal)
    return answers.said(request, place, told)


@require_safe
def threads(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """The threads under an entry, a page at a time."""
    place = _place(request, studio, project, position)
    require(place.project.is_raised and not place.project.withdrawn_at, EntryNotFound)
    before = places.position(request.GET.get("before"))
    page = reading.threads(place.project, position, answers.reader(request, place), before=before)
    return answers.shown(request, "threads", place, page=page)


@require_safe
def thread(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """A thread from the first word that all answer, and its answers, a page at a time."""
    place, word = _word(request, studio, project, said)
    before = places.position(request.GET.get("before"))
    reader = answers.reader(request, place)
    page = reading.thread(place.project, word.thread, reader, before=before)
    earlier = answers.earlier(request, place, word) if word.position == said else []
    return answers.shown(request, "thread", place, page=page, to=word.thread, earlier=earlier)


@sent_here
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """Put what one said into other words."""
    place, word = _word(request, studio, project, said)
    by = acting.of(request).require().voice
    if request.method != "POST":
        return answers.amending(request, place, word, by=by)
    words = request.POST.get("words", "")
    try:
        role = place.sight.role
        rules.amend(place.project, word, words=words, by=by, at=place.at, role=role)
    except Refusal as refusal:
        return answers.amending(request, place, word, by=by, words=words, refusal=refusal)
    return redirect(answers.address(place.project, word))


@sent_here
@require_POST
def taking_back(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """Take back for good what one said; an owner of the studio takes out what anybody did."""
    place, word = _word(request, studio, project, said)
    by = acting.of(request).require().voice
    is_owner = place.sight.is_owner
    rules.take_back(place.project, word, by=by, at=place.at, is_owner=is_owner)
    return redirect(answers.address(place.project, word))


@require_safe
def file(
    request: HttpRequest, studio: str, project: str, said: int, index: int, variant: str
) -> HttpResponseBase:
    """A picture, a sound or an attempt, through the word that it came with and nowhere else."""
    place, word = _word(request, studio, project, said)
    require(not word.is_gone, PreviewNotFound)
    require(answers.may_read(request, place, word), PreviewNotFound)
    entry = ledger.find(place.project.room, said)
    shown = entry.fact.files() if isinstance(entry.fact, VoiceSaid) else []
    require(index < len(shown) and shown[index], PreviewNotFound)
    preview = store.open_preview(place.project.room, shown[index]["version"], variant)
    kind = "text/plain; charset=utf-8" if preview.variant == "text" else preview.mime
    response = ranges.send(request, store.kept(preview), kind=kind, tag=preview.sha256[:32])
    return mining.marked(response, place.project)


def _place(request: HttpRequest, studio: str, slug: str, position: int) -> Place:
    """Return the entry of the work that is spoken of, as the asker sees it."""
    found, seen = sight.asked(request.user, studio, slug)
    return _at(found, seen, position, timezone.now())


def _word(request: HttpRequest, studio: str, slug: str, said: int) -> tuple[Place, Word]:
    found, seen, word = rules.asked(request.user, studio, slug, said)
    return _at(found, seen, word.cue, timezone.now()), word


def _at(project: Project, seen: Any, position: int, at: datetime) -> Place:
    require(position <= places.GREATEST, EntryNotFound)
    known = ledger.read(project.work, audiences=seen.audiences, at=at, positions=[position])
    entry = next((one for one in known if isinstance(one, Entry)), None)
    require(entry, EntryNotFound)
    assert entry
    return Place(project, seen, entry, at)
