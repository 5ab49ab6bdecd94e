"""The forms of whoever follows."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coulisses.following.models import Rhythm
from coulisses.lib import mailboxes


class HowForm(forms.Form):
    """How often somebody is written to, and in which language."""

    rhythm = forms.ChoiceField(choices=Rhythm.choices)
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class FollowForm(HowForm):
    """An address to leave; `website` is a field that people don't see."""

    address = forms.EmailField(max_length=mailboxes.LONGEST)
    website = forms.CharField(required=False, max_length=200)

    def clean_address(self) -> str:
        """Return the address in lower case, its domain as mail servers spell it."""
        spelled = mailboxes.spelled(self.cleaned_data["address"].lower())
        if not spelled:
            raise forms.ValidationError(
                _("No letter arrives at this address. Is it spelled right?")
            )
        return spelled


class DeviceForm(forms.Form):
    """What a browser says of itself when it agrees to show notices."""

    endpoint = forms.CharField(max_length=1000)
    public_key = forms.CharField(max_length=120)
    secret = forms.CharField(max_length=40)
