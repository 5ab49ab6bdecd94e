"""The forms by which studios and projects are made and named. Nothing typed is lost."""

from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.lib import slugs
from coulisses.lib.refusals import Refusal
from coulisses.people import handles
from coulisses.people.handles import SlugTaken
from coulisses.people.models import Account
from coulisses.projects import addresses, opening, scopes
from coulisses.projects.models import Studio

NEW = "new"  # the choice of a studio that is not there yet


class OpeningForm(forms.Form):
    """A project, and the studio it is made in; addresses left empty are made from the names."""

    title = forms.CharField(max_length=200)
    line = forms.CharField(max_length=300, required=False)
    studio = forms.ChoiceField(required=False)
    name = forms.CharField(max_length=200, required=False)
    studio_slug = forms.CharField(max_length=slugs.LONGEST, required=False)
    slug = forms.CharField(max_length=slugs.LONGEST, required=False)

    def __init__(self, *given: Any, account: Account, **named: Any) -> None:
        super().__init__(*given, **named)
        self.studios = {one.pk: one for one in opening.studios_of(account)}
        choices = [(one.pk, one.name) for one in self.studios.values()]
        self.fields["studio"].choices = [*choices, (NEW, _("A new studio"))]  # type: ignore[attr-defined]

    @property
    def first_studio(self) -> Studio | None:
        """The studio that stands first of those they make in, if there is one."""
        return next(iter(self.studios.values()), None)

    @property
    def chosen(self) -> Studio | None:
        """The studio that was chosen; None for a new one."""
        return self.studios.get(self.cleaned_data.get("studio", ""))

    def clean(self) -> dict[str, Any]:
        """Find an address for what has none, and say which one is free where one is taken."""
        said = self.cleaned_data
        if self.chosen is None:
            if not said.get("name", "").strip():
                self.add_error("name", _("A new studio needs a name."))
            else:
                self._settle("studio_slug", said["name"], None)
        if said.get("title"):
            self._settle("slug", said["title"], self.chosen)
        return said

    def answer(self) -> dict[str, Any]:
        """Return what was said as `opening.begin` takes it."""
        names = ("title", "line", "slug", "name", "studio_slug")
        return {**{one: self.cleaned_data[one] for one in names}, "studio": self.chosen}

    def _settle(self, field: str, name: str, studio: Studio | None) -> None:
        is_project = field == "slug"
        wanted = self.cleaned_data.get(field, "").strip().lower()
        if not wanted:
            free = addresses.propose_project(studio, name) if is_project else ""
            self.cleaned_data[field] = free or addresses.propose_studio(name)
            return
        self.cleaned_data[field] = wanted
        try:
            if is_project:
                addresses.require_free(studio, wanted)
            else:
                handles.require_free(wanted)
        except Refusal as refusal:
            offer(self, field, refusal)


class AddressForm(forms.Form):
    """Another address."""

    slug = forms.CharField(max_length=slugs.LONGEST)

    def clean_slug(self) -> str:
        """Return the address in lowercase letters: nobody means to shout in one."""
        return self.cleaned_data["slug"].strip().lower()


class StudioForm(forms.Form):
    """What a studio says of itself."""

    name = forms.CharField(max_length=200)
    line = forms.CharField(max_length=300, required=False)


class TokenForm(forms.Form):
    """What a token is for, what it may do, and until which day."""

    label = forms.CharField(max_length=100)
    can = forms.MultipleChoiceField(choices=list(scopes.OFFERED.items()), initial=scopes.DEFAULT)
    until = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}), input_formats=["%Y-%m-%d"]
    )

    @property
    def chosen(self) -> list[str]:
        """The scopes that are ticked: as sent, or those of most tokens."""
        return self.data.getlist("can") if isinstance(self.data, QueryDict) else [*scopes.DEFAULT]

    def answer(self) -> dict[str, Any]:
        """Return what was said as `rules.issue_token` takes it: to the end of its last day."""
        said = self.cleaned_data
        day = said["until"]
        end = datetime.combine(day, time.max, timezone.get_current_timezone()) if day else None
        return {"label": said["label"], "can": said["can"], "until": end}


def offer(form: forms.Form, field: str | None, refusal: Refusal) -> None:
    """Say why an address was refused; the one that is free stands in the field from now on."""
    form.add_error(field, str(refusal))
    if field and isinstance(refusal, SlugTaken):
        filled = cast(QueryDict, form.data).copy()
        filled[field] = refusal.details["free"]
        form.data = filled
