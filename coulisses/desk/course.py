"""How a project goes on: pause, resumption, the final curtain, reopening. Its owner's to decide."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.capture import queries as capture
from coulisses.desk.face import owned, said_of, who_and_when
from coulisses.lib.refusals import Refusal, require
from coulisses.projects import finishing
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainStillDown
from coulisses.projects.sight import Sight


class PauseForm(forms.Form):
    """Why the work rests, and until when."""

    words = forms.CharField(max_length=finishing.LONGEST_WHY, required=False)
    back_on = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}), input_formats=["%Y-%m-%d"]
    )


class EndForm(forms.Form):
    """The last words, and that one means it."""

    words = forms.CharField(
        max_length=finishing.LONGEST_LAST, required=False, widget=forms.Textarea
    )


@require_safe
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What a pause and an end mean, and the way to each."""
    found, seen = owned(request, studio, project)
    return _page(request, found, seen)


@require_POST
def pause(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Say that the work rests."""
    found, seen = owned(request, studio, project)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, seen, pausing=form, status=422)
    finishing.pause(found, **form.cleaned_data, **who_and_when(request))
    messages.success(request, _("The stage says that the work rests."))
    return redirect(f"{found.desk}end/")


@require_POST
def resume(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Say that the work goes on."""
    found, _seen = owned(request, studio, project)
    finishing.resume(found, **who_and_when(request))
    messages.success(request, _("The work goes on."))
    return redirect(f"{found.desk}end/")


@require_http_methods(["POST"])
def finish(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Ask once, with the last words as they will stand; then let the final curtain fall."""
    found, seen = owned(request, studio, project)
    require(found.is_raised, CurtainStillDown)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, found, seen, ending=form, status=422)
    words = form.cleaned_data["words"]
    if request.POST.get("sure") != "yes":
        said = {"words": words, "waiting": capture.count_waiting(found)}
        return render(request, "desk/end_sure.html", {**said_of(found, seen), **said})
    try:
        finishing.finish(found, words=words, **who_and_when(request))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, seen, ending=form, status=refusal.status)
    messages.success(request, _("The final curtain has fallen."))
    return redirect(found.path)


@require_POST
def reopen(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Let the project go on after all."""
    found, _seen = owned(request, studio, project)
    finishing.reopen(found, **who_and_when(request))
    messages.success(request, _("The project goes on."))
    return redirect(f"{found.desk}end/")


def _page(
    request: HttpRequest,
    project: Project,
    seen: Sight,
    *,
    pausing: PauseForm | None = None,
    ending: EndForm | None = None,
    status: int = 200,
) -> HttpResponse:
    said = {
        **said_of(project, seen),
        "pausing": pausing or PauseForm(),
        "ending": ending or EndForm(),
        "waiting": capture.count_waiting(project),
    }
    return render(request, "desk/end.html", said, status=status)
