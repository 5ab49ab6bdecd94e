"""Whether whoever asks has just come in: a browser left open takes and ends nothing."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coulisses.accounts.models import Device
from coulisses.lib import calm
from coulisses.lib.refusals import Refusal, require
from coulisses.people.models import Account

FRESH_FOR = timedelta(minutes=15)
MOST_TRIES = 10  # passwords that may be tried in FRESH_FOR
CAME_IN = "account_authentication_methods"  # where a session says how and when somebody came in


class FreshSignInNeeded(Refusal):
    """Somebody who has no password came in too long ago for what they ask."""

    status = 403
    sentence = _(
        "You came in a while ago. Leave, come in again, and ask within a quarter of an hour: "
        "so nobody does this on a screen that you left open."
    )


class PasswordForm(forms.Form):
    """The password, once more."""

    password = forms.CharField(max_length=200, strip=False, widget=forms.PasswordInput)

    def __init__(self, *given: object, account: Account, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._account = account
        self.is_shut = not account.has_usable_password()

    def clean_password(self) -> str:
        """Return the password where it is right."""
        said: str = self.cleaned_data["password"]
        calm.require(f"password:{self._account.pk}", most=MOST_TRIES, within=FRESH_FOR)
        if not self._account.check_password(said):
            raise forms.ValidationError(_("That is not your password."))
        return said


def form(request: HttpRequest, account: Account, *, at: datetime) -> PasswordForm | None:
    """Return what has to be filled in first: None for whoever has just come in.

    Its `is_shut` says that it can't be: there is no password, so one has to come in anew.
    """
    if _came_in(request, account) > at - FRESH_FOR:
        return None
    return PasswordForm(request.POST or None, account=account)


def require_one(request: HttpRequest, account: Account, *, at: datetime) -> PasswordForm | None:
    """Return the form where it was filled in wrongly, None where one may go on.

    Raises FreshSignInNeeded for whoever has no password to fill in.
    """
    asked = form(request, account, at=at)
    if asked is None:
        return None
    require(not asked.is_shut, FreshSignInNeeded)
    return None if asked.is_valid() else asked


def _came_in(request: HttpRequest, account: Account) -> datetime:
    said = request.session.get(CAME_IN) or []
    times = [one["at"] for one in said if isinstance(one, dict) and "at" in one]
    if times:
        return datetime.fromtimestamp(max(times), UTC)
    # Whoever came by the printed link: that they came in elsewhere since says nothing of here.
    here = Device.objects.filter(session=request.session.session_key).first()
    known = account.last_login or account.created_at
    return min(known, here.began_at) if here else known
