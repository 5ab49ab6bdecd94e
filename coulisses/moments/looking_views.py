"""Before a moment is told: how others will see it, and what a teammate says to it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.media import ranges, store
from coulisses.moments import drafts, forms, previews, proposals
from coulisses.moments.models import Draft
from coulisses.moments.refusals import ChangedMeanwhile
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import pictures, words


@require_safe
def preview(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """A moment as others will see it, for its author and who is asked to look."""
    found, seen, draft = _find(request, studio, project, draft_id)
    return _preview(request, found, seen, draft)


@require_safe
def shown(
    request: HttpRequest,
    studio: str,
    project: str,
    draft_id: str,
    index: int,
    side: str,
    variant: str,
) -> HttpResponseBase:
    """What a draft shows of a file, for who may see the draft; no cache keeps it."""
    found, _seen, draft = _find(request, studio, project, draft_id)
    version = pictures.version_at(drafts.fact_of(draft), index, side)
    require(version, store.PreviewNotFound)
    one = store.open_preview(found.work, str(version), variant)
    kind = "text/plain; charset=utf-8" if variant == "text" else one.mime
    response = ranges.send(request, store.kept(one), kind=kind, tag=one.sha256[:32])
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def tell(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """Tell one's own draft as it was looked at; a contributor's waits for a maker."""
    found, seen = sight.at_desk(request.user, studio, project)
    draft = drafts.find(cast(Account, request.user), found, draft_id)
    require(draft.revision == _looked(request)["revision"], ChangedMeanwhile)
    if seen.is_maker:
        return redirect(f"{found.path}{proposals.tell(draft, at=timezone.now()).position}")
    proposals.ask(draft, at=timezone.now())
    messages.success(request, _("It waits for a maker’s look. Until then only your team sees it."))
    return redirect(f"{found.desk}tell/")


@require_POST
def release(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """Let exactly the version that was looked at be told."""
    found, _seen, draft = _find(request, studio, project, draft_id)
    became = proposals.release(draft, **_looked(request), at=timezone.now())
    if isinstance(became, Entry):
        return redirect(f"{found.path}{became.position}")
    assert became.due_at
    when = words.moment(became.due_at)
    messages.success(request, _("It will be told by itself: %(when)s.") % {"when": when})
    return redirect(f"{found.desk}tell/")


@require_POST
def give_back(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """Give a version back with a word."""
    found, _seen, draft = _find(request, studio, project, draft_id)
    proposals.give_back(draft, **_looked(request), word=request.POST.get("word", ""))
    messages.success(request, _("It is back with who wrote it, and your word with it."))
    return redirect(f"{found.desk}tell/")


@require_POST
def take_up(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """Take back what waits or has its hour: it is a draft again."""
    found, _seen, draft = _find(request, studio, project, draft_id)
    taken = proposals.take_up(draft)
    messages.success(request, _("It is a draft again, and told by nobody."))
    is_mine = taken.account_id == cast(Account, request.user).pk
    return redirect(taken.desk if is_mine else f"{found.desk}tell/")


def _find(
    request: HttpRequest, studio: str, project: str, draft_id: str
) -> tuple[Project, Sight, Draft]:
    found, seen = sight.at_desk(request.user, studio, project)
    return found, seen, proposals.find(cast(Account, request.user), found, draft_id)


def _looked(request: HttpRequest) -> dict[str, Any]:
    revision = forms.whole(request.POST.get("revision", ""))
    return {"revision": revision, "by": cast(Account, request.user)}


def _preview(request: HttpRequest, project: Project, seen: Sight, draft: Draft) -> HttpResponse:
    said = {
        "studio": project.studio,
        "project": project,
        "sight": seen,
        "here": "tell",
        "draft": draft,
        "is_mine": draft.account_id == cast(Account, request.user).pk,
        "cards": previews.of(draft, at=timezone.now()),
    }
    response = render(request, "moments/preview.html", said)
    response["Cache-Control"] = "private, no-store"
    return response
