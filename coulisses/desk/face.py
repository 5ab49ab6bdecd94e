"""A project's face: what its owner has it say of itself, and what stands for it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coulisses.desk.face_forms import CRAFTS, CoverForm, FaceForm
from coulisses.lib.refusals import Refusal
from coulisses.moments import covering
from coulisses.moments.covering import Choice
from coulisses.people.models import Account
from coulisses.projects import face, sight
from coulisses.projects.columns import FOCUSES, POSTERS
from coulisses.projects.face import Words
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import covers

BEFORE = "face-before"  # in the session: what the project last saved here said until then


def owned(request: HttpRequest, studio: str, project: str) -> tuple[Project, Sight]:
    """Return a project at its owner's desk. Raises SignInFirst, ProjectNotFound, OnlyTheOwner."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    return found, seen


@require_safe
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What a project says of itself."""
    found, seen = owned(request, studio, project)
    return _page(request, found, seen, FaceForm(face.words_of(found)))


@require_POST
def dress(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Have it say something else; the page that answers can undo it."""
    found, seen = owned(request, studio, project)
    form, before = FaceForm(face.words_of(found), request.POST), face.words_of(found)
    if not form.is_valid():
        return _page(request, found, seen, form, status=422)
    try:
        face.dress(found, form.words(), **who_and_when(request))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, seen, form, status=refusal.status)
    request.session[BEFORE] = {"project": found.pk, "words": vars(before)}
    messages.success(request, _("Saved. The stage says it from now on."))
    return redirect(f"{found.desk}face/")


@require_POST
def undo(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Say again what was said before the last change."""
    found, _seen = owned(request, studio, project)
    kept = request.session.pop(BEFORE, None)
    if kept and kept["project"] == found.pk:
        face.dress(found, Words(**kept["words"]), **who_and_when(request))
        messages.success(request, _("Undone: it says what it said before."))
    return redirect(f"{found.desk}face/")


@require_safe
def cover_page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What stands for a project, and what could."""
    found, seen = owned(request, studio, project)
    return _cover(request, found, seen, CoverForm())


@require_POST
def choose_cover(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Choose what stands for it."""
    found, seen = owned(request, studio, project)
    form = CoverForm(request.POST, request.FILES)
    if not form.is_valid():
        return _cover(request, found, seen, form, status=422)
    try:
        said = {name: form.cleaned_data[name] for name in ("cover", "place", "alt", "focus")}
        choice = Choice(**said, upload=form.cleaned_data["picture"])
        covering.choose(found, choice, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _cover(request, found, seen, form, status=refusal.status)
    messages.success(request, _("That is what stands for it now."))
    return redirect(f"{found.desk}face/cover/")


def who_and_when(request: HttpRequest) -> dict[str, Any]:
    """Return by whom and when something is done, as rules ask for it."""
    return {"by": cast(Account, request.user).voice_id, "at": timezone.now()}


def _page(
    request: HttpRequest, project: Project, seen: Sight, form: FaceForm, *, status: int = 200
) -> HttpResponse:
    kept = request.session.get(BEFORE)
    said = {
        **said_of(project, seen),
        "form": form,
        "crafts": CRAFTS,
        "may_undo": bool(kept and kept["project"] == project.pk),
    }
    return render(request, "desk/face.html", said, status=status)


def _cover(
    request: HttpRequest, project: Project, seen: Sight, form: CoverForm, *, status: int = 200
) -> HttpResponse:
    said = {
        **said_of(project, seen),
        "form": form,
        "told": covering.told(project, at=timezone.now()),
        "current": covers.of([project]).get(project.pk),
        "posters": range(POSTERS),
        "focuses": FOCUSES,
    }
    return render(request, "desk/cover.html", said, status=status)


def said_of(project: Project, seen: Sight) -> dict[str, Any]:
    """Return what the layout of every page of this part needs."""
    return {"studio": project.studio, "project": project, "sight": seen, "here": "face"}
