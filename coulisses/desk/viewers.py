"""Who watches a rehearsal by a link: made and closed at the desk, opened by whoever has it."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib.refusals import Refusal
from coulisses.people.models import Account
from coulisses.projects import sight, viewers
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import addresses

DAYS = {
    "": gettext_lazy("Until I close it"),
    "1": gettext_lazy("One day"),
    "7": gettext_lazy("One week"),
    "30": gettext_lazy("Thirty days"),
}


class ViewerForm(forms.Form):
    """Who is let watch, and for how long."""

    label = forms.CharField(max_length=100)
    days = forms.ChoiceField(choices=list(DAYS.items()), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Who is let watch; a new link is shown on the page that answers, once."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    form, link, refusal = ViewerForm(request.POST or None), "", None
    if request.method == "POST" and form.is_valid():
        try:
            link = _let_watch(request, found, form.cleaned_data)
            form = ViewerForm()
        except Refusal as why:
            refusal = why
            form.add_error(None, str(why))
    return _page(request, found, seen, form=form, link=link, refusal=refusal)


@require_POST
def close(request: HttpRequest, studio: str, project: str, viewer: str) -> HttpResponse:
    """Close a link, at once."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    viewers.revoke(found, viewer, at=timezone.now())
    messages.success(request, _("Closed. The link shows nothing any more."))
    return redirect(f"{found.desk}viewers/")


@require_safe
def watch(request: HttpRequest, secret: str) -> HttpResponse:
    """Open a link: the session keeps it, and its reader watches the rehearsal from now on.

    Of a room that has several pages for them `to` names one.
    """
    viewer = viewers.find(secret, at=timezone.now())
    front = viewers.front(viewer, request.GET.get("to", ""))
    if front or not viewer.project.is_raised:
        viewers.keep(request.session, viewer)
        if not isinstance(request.user, Account):
            request.session.cycle_key()  # a session that somebody else planted gains nothing
        viewers.note(viewer, at=timezone.now())
    response = redirect(front or viewer.project.path)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _let_watch(request: HttpRequest, project: Project, said: dict[str, Any]) -> str:
    now = timezone.now()
    until = now + timedelta(days=int(said["days"])) if said["days"] else None
    by = cast(Account, request.user)
    _viewer, secret = viewers.let_watch(project, label=said["label"], by=by, at=now, until=until)
    return f"{addresses.base(request)}/watch/{secret}"


def _page(
    request: HttpRequest,
    project: Project,
    seen: Sight,
    *,
    form: forms.Form,
    link: str,
    refusal: Refusal | None,
) -> HttpResponse:
    said = {"studio": project.studio, "project": project, "sight": seen, "here": "viewers"}
    shown = viewers.page(project, at=timezone.now())[0]
    more = {"form": form, "link": link, "viewers": shown, "lasting": DAYS}
    wrong = refusal.status if refusal else 422 if form.is_bound and form.errors else 0
    response = render(
        request, "desk/viewers.html", said | more, status=wrong or (201 if link else 200)
    )
    response["Cache-Control"] = "private, no-store"
    return response
