"""How the composer answers: what came is kept first, then the button that was pressed is obeyed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from coulisses.lib.refusals import Refusal
from coulisses.log.models import Entry
from coulisses.moments import attachments, drafts, forms, hours, proposals, sharing
from coulisses.moments.drafts import Kept
from coulisses.moments.forms import MomentForm
from coulisses.moments.models import Draft
from coulisses.moments.parts import parts_of
from coulisses.moments.rules import MOST_PICTURES
from coulisses.moments.sounds import LONGEST_SECONDS
from coulisses.people.models import Account
from coulisses.projects import seeds
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import words
from coulisses.ui.hearing import may_hear


@dataclass(frozen=True)
class Desk:
    """Who writes, in which project, and which draft."""

    project: Project
    sight: Sight
    account: Account
    draft: Draft | None = None

    def with_draft(self, draft: Draft | None) -> "Desk":
        """Return the same with another draft."""
        return replace(self, draft=draft)

    @property
    def address(self) -> str:
        """Where its form is sent."""
        return self.draft.desk if self.draft else f"{self.project.desk}tell/"


def show(
    request: HttpRequest, desk: Desk, form: MomentForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the composer, filled with the draft or with what was typed."""
    seed = seeds.find(request.GET.get("seed", ""), desk.account)
    kind, words = request.GET.get("kind", ""), seed.words if seed else ""
    form = form or forms.filled(desk.draft, desk.project, kind=kind, words=words)
    said = {**_beside(request, desk), **_page(desk), "form": form}
    said["seed"] = request.GET["seed"] if seed else request.POST.get("seed", "")
    response = may_hear(render(request, "moments/composer.html", said, status=status))
    response["Cache-Control"] = "private, no-store"
    return response


def act(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what was sent, then do what its button says; what is refused comes back filled."""
    form = MomentForm(request.POST, project=desk.project)
    at = timezone.now()
    try:
        if not form.is_valid():
            return _refused(request, desk, form, 422)
        kept = _keep(request, desk, form, at)
        desk = desk.with_draft(kept.draft)
        if kept.is_apart or _is_program(request):
            return _kept(request, desk, kept)
        return _acts(request)(request, desk, form, at)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, desk, form, refusal.status)


def _keep(request: HttpRequest, desk: Desk, form: MomentForm, at: datetime) -> Kept:
    added = attachments.take(desk.project, forms.coming(request), at=at)
    try:
        said = forms.said_in(form, request.POST)
        knew = forms.whole(request.POST.get("knew", ""))
        return drafts.keep(
            desk.project, desk.account, desk.draft, said, knew=knew, added=added, at=at
        )
    except Refusal:
        attachments.forget(added)
        raise


def _kept(request: HttpRequest, desk: Desk, kept: Kept) -> HttpResponse:
    """Say where it is kept; to a script with the attachments as the page shows them."""
    draft = kept.draft
    note = _("This draft was changed on another device: yours is kept beside it.")
    if not _is_program(request):
        messages.warning(request, note)
        return redirect(draft.desk)
    shown = render_to_string("moments/_parts.html", _page(desk), request)
    said = {
        "address": draft.desk,
        "revision": draft.revision,
        "parts": shown,
        "note": note if kept.is_apart else "",
    }
    response = JsonResponse(said)
    response["Cache-Control"] = "private, no-store"
    return response


def _refused(request: HttpRequest, desk: Desk, form: MomentForm, status: int) -> HttpResponse:
    if _is_program(request):
        said = [str(one) for errors in form.errors.values() for one in errors]
        return JsonResponse({"wrong": " ".join(said)}, status=status)
    return show(request, desk, form, status)


def _tell(request: HttpRequest, desk: Desk, form: MomentForm, at: datetime) -> HttpResponse:
    assert desk.draft
    if not desk.sight.is_maker:
        return _ask(request, desk, form, at)
    return _told(request, desk, proposals.tell(desk.draft, at=at))


def _time(request: HttpRequest, desk: Desk, form: MomentForm, at: datetime) -> HttpResponse:
    assert desk.draft
    due = hours.read(form.cleaned_data["due"], at=at)
    return _told(request, desk, proposals.set_hour(desk.draft, due, at=at))


def _ask(request: HttpRequest, desk: Desk, form: MomentForm, at: datetime) -> HttpResponse:
    assert desk.draft
    due = form.cleaned_data["due"]
    proposals.ask(desk.draft, due_at=hours.read(due, at=at) if due else None, at=at)
    messages.success(request, _("It waits for a maker’s look. Until then only your team sees it."))
    return redirect(f"{desk.project.desk}tell/")


def _told(request: HttpRequest, desk: Desk, became: Entry | Draft) -> HttpResponse:
    if isinstance(became, Entry):
        return redirect(f"{desk.project.path}{became.position}")
    assert became.due_at
    when = words.moment(became.due_at)
    messages.success(request, _("It will be told by itself: %(when)s.") % {"when": when})
    return redirect(f"{desk.project.desk}tell/")


def _look(request: HttpRequest, desk: Desk, form: MomentForm, at: datetime) -> HttpResponse:
    assert desk.draft
    return redirect(f"{desk.draft.desk}preview/")


def _stay(request: HttpRequest, desk: Desk, form: MomentForm, at: datetime) -> HttpResponse:
    """Go on writing: in another project, where another was chosen."""
    assert desk.draft
    chosen = request.POST.get("project", desk.project.pk)
    mine = {one.pk: one for one in sharing.projects_of(desk.account)}
    if chosen != desk.project.pk and chosen in mine:
        return redirect(drafts.move(desk.draft, mine[chosen], at=at).desk)
    return redirect(desk.draft.desk)


Act = Callable[[HttpRequest, Desk, MomentForm, datetime], HttpResponse]
ACTS: dict[str, Act] = {"tell": _tell, "time": _time, "ask": _ask, "look": _look}


def _acts(request: HttpRequest) -> Act:
    return ACTS.get(request.POST.get("act", ""), _stay)


def _is_program(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def around(desk: Desk) -> dict[str, Any]:
    """Return what every page of the composer's shows around itself."""
    project = desk.project
    return {"studio": project.studio, "project": project, "sight": desk.sight, "here": "tell"}


def _page(desk: Desk) -> dict[str, Any]:
    """Return what the form itself shows beside the words."""
    return {
        **around(desk),
        "draft": desk.draft,
        "address": desk.address,
        "parts": parts_of(desk.draft) if desk.draft else [],
        "most_pictures": MOST_PICTURES,
        "longest_seconds": LONGEST_SECONDS,
        "zone": settings.TIME_ZONE,
    }


def _beside(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """Return what stands beside an empty page: drafts, what waits, what has its hour."""
    mine = sharing.projects_of(desk.account)
    if desk.draft:
        due = hours.written(desk.draft.due_at) if desk.draft.due_at else ""
        return {"projects": mine if len(mine) > 1 else [], "due": due}
    gone = request.GET.get("gone", "")
    is_gone = Draft.objects.filter(account=desk.account, project=desk.project, pk=gone[:26])
    return {
        "drafts": drafts.of_project(desk.account, desk.project),
        "waiting": _for_me(desk, proposals.waiting(desk.project)),
        "timed": _for_me(desk, proposals.timed(desk.project)),
        "gone": is_gone.exclude(gone_at=None).first() if gone else None,
    }


def _for_me(desk: Desk, rows: list[Draft]) -> list[Draft]:
    """Return what a maker may look at, or else only what is their own."""
    return [one for one in rows if desk.sight.is_maker or one.account_id == desk.account.pk]
