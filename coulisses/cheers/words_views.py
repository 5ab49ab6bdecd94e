"""At the desk: which words a project's cheers say."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coulisses.cheers import words
from coulisses.cheers.models import LONGEST_WORD, MOST_WORDS
from coulisses.lib.refusals import Refusal
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import addresses, overlays

READS = require_http_methods(["GET", "HEAD", "POST"])


class WordsForm(forms.Form):
    """The words of a project's cheers, as many fields of one name as there may be words."""

    def __init__(self, project: Project, said: Any = None) -> None:
        super().__init__(said)
        known = words.of(project)
        typed = [known.says(key) for key in known.keys] if said is None else said.getlist("word")
        self.typed = typed[: MOST_WORDS + 1]
        self.are_chosen = known.are_chosen

    @property
    def fields_shown(self) -> list[tuple[int, str]]:
        """Return a number and what stands in it for each field."""
        padded = [*self.typed, *[""] * MOST_WORDS][:MOST_WORDS]
        return list(enumerate(padded, start=1))


@READS
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What cheers say here, to be changed."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    form = WordsForm(found, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, found, seen, form)
    try:
        words.choose(found, [] if "house" in request.POST else form.typed)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, seen, form, status=refusal.status)
    messages.success(request, _("Saved. What was given before keeps its words."))
    return redirect(f"{found.desk}cheers/")


def _page(
    request: HttpRequest, project: Project, seen: Sight, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    said = {"studio": project.studio, "project": project, "sight": seen, "here": "cheers"}
    said |= {"form": form, "longest": LONGEST_WORD, "most": MOST_WORDS}
    base = addresses.base(request)
    said["overlays"] = [
        (label, f"{base}{project.path}obs/?show={name}") for name, label in overlays.labels()
    ]
    return render(request, "cheers/words.html", said, status=status)
