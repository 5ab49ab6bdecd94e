"""The forms by which a maker tells from the page. Nothing typed is lost when one is refused."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from coulisses.log import ledger
from coulisses.moments.kinds import TOPICS
from coulisses.moments.refusals import TooManyPictures
from coulisses.moments.rules import LONGEST_BODY, LONGEST_TEASER, LONGEST_TITLE, MOST_PICTURES
from coulisses.projects.models import Project

NAMES = {
    "progress": _("Progress"),
    "doubt": _("Doubt"),
    "failure": _("Failure"),
    "breakthrough": _("Breakthrough"),
    "question": _("Question"),
    "milestone": _("Milestone"),
    "note": _("Note"),
}


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class Pictures(forms.FileField):
    """Uploaded files, none to a handful."""

    widget = ManyFiles(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files as a list."""
        files = [super(Pictures, self).clean(one, initial) for one in data or []]
        if len(files) > MOST_PICTURES:
            raise forms.ValidationError(str(TooManyPictures(most=MOST_PICTURES)))
        return files


class MomentForm(forms.Form):
    """A moment: its kind, words, pictures, and who may see it."""

    kind = forms.ChoiceField(choices=[(topic, NAMES[topic]) for topic in TOPICS])
    title = forms.CharField(max_length=LONGEST_TITLE, required=False)
    body = forms.CharField(max_length=LONGEST_BODY, required=False, widget=forms.Textarea)
    pictures = Pictures(required=False)
    alts = forms.CharField(max_length=501 * MOST_PICTURES, required=False, widget=forms.Textarea)
    audience = forms.ChoiceField(required=False)
    teaser = forms.CharField(max_length=LONGEST_TEASER, required=False)

    def __init__(self, *given: Any, project: Project, **named: Any) -> None:
        super().__init__(*given, **named)
        tiers = [(tier.pk, tier.name) for tier in project.tiers.order_by("name")]
        self.fields["audience"].choices = [(ledger.PUBLIC, _("Everybody")), *tiers]  # type: ignore[attr-defined]

    def clean_alts(self) -> list[str]:
        """Return the words for each picture: one line each, in the order of the files."""
        return [line.strip() for line in self.cleaned_data["alts"].splitlines()][:MOST_PICTURES]

    def clean_audience(self) -> str:
        """Return everybody where nobody was chosen."""
        return self.cleaned_data["audience"] or ledger.PUBLIC


class AmendmentForm(forms.Form):
    """A moment's new words."""

    title = forms.CharField(max_length=LONGEST_TITLE, required=False)
    body = forms.CharField(max_length=LONGEST_BODY, required=False, widget=forms.Textarea)
