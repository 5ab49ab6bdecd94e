"""The page of a desk from which a project is taken home."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.people import exports
from coulisses.people import rules as people
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.transfers import answers, form, rules


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Say what an export holds, and have one packed."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    now = timezone.now()
    if request.method == "POST":
        account, language = people.require_account(request.user), get_language() or "en"
        is_whole = request.POST.get("kind") == form.WHOLE
        rules.ask(found, is_whole=is_whole, by=account, language=language, at=now)
        return redirect(f"{found.desk}export/#{form.WHOLE if is_whole else form.PUBLIC}")
    said = {"parcels": rules.of(found, at=now), "days": exports.KEPT_FOR.days}
    context = {"studio": found.studio, "project": found, "sight": seen, "here": "export", **said}
    return render(request, "transfers/export.html", context)


@require_safe
def take_home(request: HttpRequest, studio: str, project: str, parcel: str) -> HttpResponseBase:
    """The file, for the owners of the studio and nobody else."""
    found = _owned(request, studio, project)
    return answers.file(request, rules.find(found, parcel, at=timezone.now()))


@require_POST
def let_go(request: HttpRequest, studio: str, project: str, parcel: str) -> HttpResponse:
    """Have an export deleted before its time."""
    found = _owned(request, studio, project)
    rules.drop(rules.find(found, parcel, at=timezone.now()))
    return redirect(f"{found.desk}export/")


def _owned(request: HttpRequest, studio: str, project: str) -> Project:
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    return found
