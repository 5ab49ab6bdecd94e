"""Who somebody is, by address and password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from coulisses.people.models import Account


class ByAddress(AuthenticationBackend):
    """Knows people by their address. Where it doesn't, nobody else is asked."""

    def get_user(self, user_id: Any) -> Account | None:
        """Return whom a session is of, with their voice: every page asks for both."""
        found = Account.objects.select_related("voice").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser:
        """Return whom address and password belong to. Raises PermissionDenied."""
        known = super().authenticate(request, **credentials)
        if known is None:
            raise PermissionDenied  # so that a password is hashed once, whether it is right or not
        return known
