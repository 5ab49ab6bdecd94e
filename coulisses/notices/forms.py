"""What somebody says of how they wish to hear, and what a browser says of itself."""

from typing import Any

from django import forms
from django.conf import settings

from coulisses.notices.models import Choice, Mail


class ChoiceForm(forms.Form):
    """How letters come, when it is quiet, and in which language; what is not said stays."""

    mail = forms.ChoiceField(choices=Mail.choices, required=False)
    quiet_from = forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"])
    quiet_until = forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"])
    zone = forms.CharField(max_length=64, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES)

    def said(self, known: Choice) -> dict[str, Any]:
        """Return what was said, with the letters as they are where nothing is said of them."""
        said = dict(self.cleaned_data)
        return {**said, "mail": said["mail"] or known.mail}


class DeviceForm(forms.Form):
    """What a browser says of itself when it agrees to show notices."""

    endpoint = forms.CharField(max_length=1000)
    public_key = forms.CharField(max_length=120)
    secret = forms.CharField(max_length=40)
