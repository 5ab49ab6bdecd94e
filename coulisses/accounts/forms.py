"""Forms that differ from the library's: a password is typed once, a key is a passkey."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from coulisses.accounts.named import NameField


class Rename(forms.Form):
    """How one wants to be called."""

    name = NameField()


class _Once(forms.Form):
    """Asks for the new password once: whoever mistypes it has other ways in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]


class ChangePassword(_Once, account.ChangePasswordForm):
    """Another password."""


class SetPassword(_Once, account.SetPasswordForm):
    """A first password."""


class NewPassword(_Once, account.ResetPasswordKeyForm):
    """A password instead of one that is forgotten."""


class AddPasskey(webauthn.AddWebAuthnForm):
    """A passkey: it opens by itself, so it has to know whose hand holds it."""

    def clean(self) -> dict[str, Any]:
        """Have it be one that signs in without a password."""
        self.cleaned_data["passwordless"] = True
        return super().clean()
