"""What a password may be: Django's own judges, who speak in our words."""

from typing import Any

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 10


class LongEnough(django.MinimumLengthValidator):
    """Ten characters at least."""

    def __init__(self) -> None:
        super().__init__(SHORTEST)

    def get_error_message(self) -> str:
        """Say how long it has to be."""
        return _("That is short. Ten characters or more: a few words in a row do well.")

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Ten characters or more: a few words in a row do well.")


class NotWellKnown(django.CommonPasswordValidator):
    """None of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        """Say why it is no secret."""
        return _("Everybody tries this one first. Take another.")

    def get_help_text(self) -> str:
        """Say nothing beforehand: one rule is enough to read."""
        return ""


class NotTheAddress:
    """Nothing that stands in one's own address."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where it is the address, or what stands before its @."""
        address = (getattr(user, "email", None) or "").lower()
        if address and password.lower() in {address, address.partition("@")[0]}:
            raise ValidationError(self.get_error_message())

    def get_error_message(self) -> str:
        """Say what it is too near to."""
        return _("That is your address. Take something that nobody reads there.")

    def get_help_text(self) -> str:
        """Say nothing beforehand."""
        return ""
