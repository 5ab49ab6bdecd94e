"""The forms by which somebody reports or writes; what a machine fills in is given back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from coulisses.lib import mailboxes
from coulisses.reports.models import Outcome, Reason
from coulisses.reports.rules import LONGEST

QUICKEST = timedelta(seconds=3)  # in which nobody has read the form
LONGEST_OPEN = timedelta(days=2)
SALT = "coulisses.reports"


def opened() -> str:
    """Return a signed word of when a form was opened."""
    return signing.TimestampSigner(salt=SALT).sign("form")


class AddressField(forms.EmailField):
    """An address to which a letter can be sent."""

    def clean(self, value: Any) -> str:
        """Return the address as mail servers are told it."""
        typed: str = super().clean(value)
        spelled = mailboxes.spelled(typed)
        if typed and not spelled:
            raise forms.ValidationError(
                _("No letter arrives at this address. Is it spelled right?")
            )
        return spelled


class _ByPeople(forms.Form):
    """A form that people fill in: one field that they don't see, and a moment to read it."""

    website = forms.CharField(required=False, max_length=200)
    opened = forms.CharField(max_length=100)

    def clean(self) -> dict[str, Any]:
        """Refuse what only a machine would send; nothing typed is lost."""
        said = super().clean() or {}
        if said.get("website") or not self._was_read(said.get("opened", "")):
            raise forms.ValidationError(_("That was quick. Look it over once more, then send it."))
        return said

    def _was_read(self, opened: str) -> bool:
        signer = signing.TimestampSigner(salt=SALT)
        try:
            signer.unsign(opened, max_age=LONGEST_OPEN)
        except signing.BadSignature:
            return False
        try:
            signer.unsign(opened, max_age=QUICKEST)
        except signing.SignatureExpired:
            return True
        return False


class ReportForm(_ByPeople):
    """What is wrong, in a word and a few more; an address to hear from again, if one likes."""

    reason = forms.ChoiceField(choices=[one for one in Reason.choices if one[0] != Reason.LETTER])
    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea)
    address = AddressField(required=False, max_length=mailboxes.LONGEST)


class LetterForm(_ByPeople):
    """A letter, and an address to answer to."""

    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea)
    address = AddressField(required=False, max_length=mailboxes.LONGEST)


class ClosingForm(forms.Form):
    """What became of a report, and why."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    statement = forms.CharField(max_length=LONGEST, widget=forms.Textarea)
