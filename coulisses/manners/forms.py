"""The forms by which a room is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coulisses.manners.models import LOOKS
from coulisses.manners.rules import LONGEST_RULES

NAMES = {
    "links": (_("Only links of newcomers"), _("everything else is heard at once")),
    "guests": (_("Guests"), _("whoever has no account, until you say that they are a person")),
    "newcomers": (_("Whoever speaks for the first time"), _("after that they are heard at once")),
    "everybody": (_("Everybody"), _("nothing is shown before somebody of the team has looked")),
}
SLOW = {
    0: _("As they like"),
    30: _("Every thirty seconds"),
    120: _("Every two minutes"),
    900: _("Every quarter of an hour"),
}
STOOD = {
    0: _("Whoever likes"),
    1: _("Only who has spoken here for a day, or has shown an address"),
    3: _("Only who has spoken here for three days, or has shown an address"),
    7: _("Only who has spoken here for a week, or has shown an address"),
    30: _("Only who has spoken here for a month, or has shown an address"),
}
HOURS = {
    "": _("No"),
    "1": _("For an hour"),
    "24": _("For a day"),
    "168": _("For a week"),
    "0": _("For good"),
}


class MannersForm(forms.Form):
    """Whose words wait, how slowly one speaks, by which rules."""

    looks_at = forms.ChoiceField(choices=[(one, NAMES[one][0]) for one in LOOKS])
    slow = forms.TypedChoiceField(choices=list(SLOW.items()), coerce=int)
    established_days = forms.TypedChoiceField(
        choices=list(STOOD.items()),
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know only of texts
    )
    rules = forms.CharField(max_length=LONGEST_RULES, required=False)

    @property
    def looks(self) -> list[dict[str, Any]]:
        """Whose words may wait, with what each choice means."""
        chosen = self["looks_at"].value()
        return [
            {"value": one, "name": NAMES[one][0], "hint": NAMES[one][1], "is_chosen": chosen == one}
            for one in LOOKS
        ]

    @property
    def paces(self) -> list[dict[str, Any]]:
        """How slowly one may speak."""
        return self._listed("slow", SLOW)

    @property
    def speakers(self) -> list[dict[str, Any]]:
        """Who may speak."""
        return self._listed("established_days", STOOD)

    def _listed(self, name: str, choices: dict[int, Any]) -> list[dict[str, Any]]:
        chosen = str(self[name].value())
        return [
            {"value": value, "name": words, "is_chosen": chosen == str(value)}
            for value, words in choices.items()
        ]


class HidingForm(forms.Form):
    """Why words are hidden, and whether whoever said them is asked to rest."""

    reason = forms.CharField(max_length=300, required=False)
    hours = forms.ChoiceField(choices=list(HOURS.items()), required=False)
