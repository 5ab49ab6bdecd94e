"""Second factors and passkeys, as the library is to speak of them here."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coulisses.house import rules as house


class Adapter(DefaultMFAAdapter):
    """Our words, and the house's name."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That did not open it. Try again with the one shown now."),
        "cannot_generate_recovery_codes": _("Recovery codes are for whoever has a second factor."),
    }

    def _get_site_name(self) -> str:
        return house.current().name or "Coulisses"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return a first name for a passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}
