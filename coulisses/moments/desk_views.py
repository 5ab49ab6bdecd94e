"""The composer: what a maker writes, kept as a draft, and told by one button."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.moments import composing, drafts
from coulisses.moments.composing import Desk
from coulisses.people.models import Account
from coulisses.projects import sight


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """An empty page for a moment, beside what is being written and what waits."""
    desk = _desk(request, studio, project)
    return _answer(request, desk)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """One draft of one's own; once it is told, its entry."""
    desk = _desk(request, studio, project)
    if told := drafts.became(desk.account, desk.project, draft_id):
        return redirect(f"{desk.project.path}{told.position}")
    desk = desk.with_draft(drafts.find(desk.account, desk.project, draft_id))
    return _answer(request, desk)


@require_POST
def remove(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """Throw a draft away; the page that follows can bring it back."""
    desk = _desk(request, studio, project)
    draft = drafts.find(desk.account, desk.project, draft_id)
    drafts.remove(draft, at=timezone.now())
    return redirect(f"{desk.project.desk}tell/?gone={draft.pk}")


@require_POST
def bring_back(request: HttpRequest, studio: str, project: str, draft_id: str) -> HttpResponse:
    """Bring back a draft that was thrown away."""
    desk = _desk(request, studio, project)
    draft = drafts.bring_back(desk.account, desk.project, draft_id, at=timezone.now())
    messages.success(request, _("It is back, with all that was attached."))
    return redirect(draft.desk)


def _answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    answer = composing.act if request.method == "POST" else composing.show
    return answer(request, desk)


def _desk(request: HttpRequest, studio: str, project: str) -> Desk:
    found, seen = sight.at_desk(request.user, studio, project)
    return Desk(found, seen, cast(Account, request.user))
