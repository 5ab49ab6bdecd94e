"""The library's views, where they are to do a little more, and a sentence for each address."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from coulisses.accounts import policy

View = Callable[..., HttpResponseBase]


def said(view: View, sentence: str) -> View:
    """Return a view of the library's with a sentence for the reference of addresses."""

    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        response = view(request, *args, **options)
        response["Cache-Control"] = "private, no-store"  # not even for who goes back a page
        return response

    answer.__doc__ = sentence
    return answer


class _Anew:
    """Whoever comes back to a first step begins anew, instead of being led to the second."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        clear_login(request)


class Entrance(_Anew, account.LoginView):
    """Address and password."""


class SignUp(account.SignupView):
    """A name, an address and a password."""

    def get_context_data(self, **said: Any) -> dict[str, Any]:
        """Say by whom one is invited, if one is."""
        return super().get_context_data(**said, invitation=policy.invitation(self.request))


class AskForCode(_Anew, account.RequestLoginCodeView):
    """An address, to which a code is sent."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code; whom the host has made known by an address is so to the library too."""
        if form._user:
            sync_user_email_address(form._user)
        return super().form_valid(form)


class ForgottenPassword(account.PasswordResetView):
    """An address, to which a code is sent that replaces the password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code; whom the host has made known by an address is so to the library too."""
        for user in form.users:
            sync_user_email_address(user)
        return super().form_valid(form)
