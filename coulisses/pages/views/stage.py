"""A project's stage, its entries, sittings and files."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from coulisses.capture.reels import queries as reels
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.media import ranges, store
from coulisses.pages.queries import entry as one_entry
from coulisses.pages.queries import life as lives
from coulisses.pages.queries import page, shredding, sitting
from coulisses.pages.queries import stage as stages
from coulisses.pages.refusals import NothingToShow
from coulisses.pages.views import answers
from coulisses.recaps import cues as twelve
from coulisses.recaps import since as news
from coulisses.ui import live, mining, pictures, scene
from coulisses.ui.hearing import may_hear


@require_safe
def to_stage(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's address without its last stroke."""
    return redirect(f"/@{studio}/{project}/", permanent=True)


@require_safe
def stage(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The stage: poster, now, the strip, the log."""
    seen = scene.find(request, studio, project)
    before, after = scene.place(request, "before"), scene.place(request, "after")
    show = request.GET.get("show", "")
    whole = stages.read(seen, before=before, after=after, show=show if show in page.NAMES else "")
    air = stages.on_air(seen)
    said = {**vars(whole), **stages.for_the_team(seen), "air": air}
    said |= {"under": seen.under(whole.page.items), "beside": seen.beside()}
    said["on_stage"] = seen.on_poster()
    return answers.on_stage(request, "stage", seen, until=air.until, **said)


@require_safe
def cues(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The project in twelve cues, and how they were chosen."""
    seen = scene.find(request, studio, project)
    return answers.on_stage(request, "cues", seen, cues=twelve.read(seen))


@require_safe
def since(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """What happened since a number, in a few lines."""
    seen = scene.find(request, studio, project)
    require(position <= scene.GREATEST, EntryNotFound)
    return answers.on_stage(request, "since", seen, since=news.read(seen, position))


@require_safe
def since_lines(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """The same lines alone, for the stage to put in; empty where there is nothing new."""
    seen = scene.find(request, studio, project)
    require(position <= scene.GREATEST, EntryNotFound)
    return answers.on_stage(request, "_since", seen, since=news.read(seen, position))


@require_safe
def entry(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """One entry, whole."""
    seen = scene.find(request, studio, project)
    begins = live.now(seen.project, audiences=seen.sight.audiences, at=seen.at)
    whole = one_entry.read(seen, position)
    under = seen.under([whole.item], is_full=True)
    said = answers.on_stage(request, "entry", seen, **vars(whole), under=under, live=begins)
    return may_hear(said)


@require_safe
def shred(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """What shredding takes and what it leaves, before it is done."""
    seen = scene.find(request, studio, project)
    seen.sight.require_owner()
    whole = one_entry.read(seen, position)
    losing = shredding.read(seen, whole.entry) if whole.entry else None
    return answers.on_stage(request, "shred", seen, **vars(whole), losing=losing)


@require_safe
def one_sitting(request: HttpRequest, studio: str, project: str, first: int) -> HttpResponse:
    """A sitting, from its first entry to its last."""
    seen = scene.find(request, studio, project)
    whole = sitting.read(seen, first)
    items = [one for run in whole.runs for one in run.items]
    return answers.on_stage(request, "sitting", seen, **vars(whole), under=seen.under(items))


@require_safe
def file(request: HttpRequest, studio: str, project: str, path: str) -> HttpResponse:
    """A file's life."""
    seen = scene.find(request, studio, project)
    found = lives.read(seen, path, scene.place(request, "at"), request.GET.get("series", ""))
    films = reels.of(seen.project, found.piece, is_team=seen.sight.is_team)
    return answers.on_stage(request, "life", seen, life=found, reels=films)


@require_safe
def picture(
    request: HttpRequest,
    studio: str,
    project: str,
    position: int,
    index: int,
    side: str,
    variant: str,
) -> HttpResponseBase:
    """A preview, through the entry that shows it and nowhere else."""
    seen = scene.find(request, studio, project)
    shown = seen.entry(position)
    require(isinstance(shown, Entry), EntryNotFound)
    assert isinstance(shown, Entry)
    version = pictures.version_at(shown.fact, index, side)
    require(version, NothingToShow)
    return _sent(request, store.open_preview(seen.project.work, str(version), variant), seen)


@require_safe
def cover(request: HttpRequest, studio: str, project: str, variant: str) -> HttpResponseBase:
    """The picture that stands for a project, for whoever may see the project."""
    seen = scene.find(request, studio, project)
    require(seen.project.cover_version and variant in {"small", "large"}, NothingToShow)
    kept = store.open_preview(seen.project.work, seen.project.cover_version, variant)
    return _sent(request, kept, seen)


def _sent(request: HttpRequest, preview: store.Preview, seen: scene.Scene) -> HttpResponseBase:
    tag = preview.sha256[:32]
    response = ranges.send(request, store.kept(preview), kind=_mime(preview), tag=tag)
    # Kept for minutes only: what is shredded must not go on being shown from caches on the way.
    is_shared = seen.sight.is_outside and seen.account is None
    response["Cache-Control"] = "public, max-age=300" if is_shared else "private, no-cache"
    response["Vary"] = "Cookie"
    return mining.marked(response, seen.project)


def _mime(preview: store.Preview) -> str:
    return "text/plain; charset=utf-8" if preview.variant == "text" else preview.mime
