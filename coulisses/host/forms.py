"""The host's forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coulisses.house.models import House, SignUp
from coulisses.projects.room import GIBIBYTE

MOST_GIBIBYTES = 1_000_000


class FirstForm(forms.Form):
    """Who begins to keep the house."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(required=False)


class HouseForm(forms.ModelForm):
    """What the host settles."""

    class Meta:
        model = House
        fields = ["name", "contact", "sign_up"]

    ways = {
        SignUp.OPEN: (_("Open"), _("Whoever likes makes an account.")),
        SignUp.INVITED: (_("By invitation"), _("Whoever was given an invitation.")),
        SignUp.CLOSED: (_("Closed"), _("Nobody.")),
    }

    def choices(self) -> list[tuple[str, Any, Any, bool]]:
        """Return the ways to sign up: value, name, what it means, whether it is chosen."""
        chosen = self["sign_up"].value()
        return [(way.value, *words, way.value == chosen) for way, words in self.ways.items()]


class RoomForm(forms.Form):
    """How much a studio may fill, in GiB: nothing said is what the house says of all."""

    gib = forms.DecimalField(
        required=False, min_value=0, max_value=MOST_GIBIBYTES, max_digits=12, decimal_places=3
    )

    def clean_gib(self) -> int | None:
        """Return bytes; None where nothing was said."""
        said = self.cleaned_data["gib"]
        return None if said is None else int(said * GIBIBYTE)


class InvitationForm(forms.Form):
    """Whom an invitation is meant for, in the host's words."""

    note = forms.CharField(max_length=200, required=False)
