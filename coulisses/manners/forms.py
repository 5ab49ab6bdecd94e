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
        chosen = str(self["slow"].value())
        return [
            {"value": value, "name": name, "is_chosen": chosen == str(value)}
            for value, name in SLOW.items()
        ]


class HidingForm(forms.Form):
    """Why words are hidden, and whether whoever said them is asked to rest."""

    reason = forms.CharField(max_length=300, required=False)
    hours = forms.ChoiceField(choices=list(HOURS.items()), required=False)
