"""How the library of accounts behaves in this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from coulisses.accounts import devices, policy, words
from coulisses.people import invitations, letters
from coulisses.people import rules as people
from coulisses.people.models import Account

NOWHERE = "0.0.0.0"  # who asks by a socket that has no address


class Adapter(DefaultAccountAdapter):
    """Our accounts with their voices, our letters and our words."""

    error_messages = {**DefaultAccountAdapter.error_messages, **words.REFUSED}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether who asks may make an account."""
        return policy.may_sign_up(request)

    def save_user(
        self, request: HttpRequest, user: Any, form: forms.Form, commit: bool = True
    ) -> Account:
        """Make an account with its voice, and use the invitation up that brought somebody here.

        Raises InvitationNoLongerOpens where somebody else was faster.
        """
        given, now = form.cleaned_data, timezone.now()
        invited = policy.invitation(request)
        with transaction.atomic():
            account = people.welcome(name=given["name"], email=given["email"], at=now)
            account.set_password(given["password1"])
            account.save()
            if invited:
                invitations.use(invited, by=account, at=now)
        return account

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Change a password, and end whatever was open with the old one."""
        super().set_password(user, password)
        assert isinstance(user, Account)
        devices.end_all(user, but=self.request.session.session_key or "")

    def send_account_already_exists_mail(self, email: str) -> None:
        """Write to whom an address belongs already, which takes as long as a new account does."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether it is somebody's password, also where they have no address."""
        return bool(user.check_password(password))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter in our words, in the language of whoever asked for it."""
        name = template_prefix.rpartition("/")[2]
        what = words.CHANGED.get(name)
        said = {**context, "email": email, "what": what, "request": self.request}
        letters.write(
            email,
            "account_changed" if what else name,
            said,
            language=get_language() or "en",
            holds_code="code" in context,
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done, where it can't be seen by itself."""
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        sentence = message or words.DONE.get(name)
        if sentence:
            messages.add_message(request, level, str(sentence), extra_tags=extra_tags)

    def get_login_stages(self) -> list[str]:
        """Return what stands between a password and the house."""
        return [
            "allauth.account.stages.LoginByCodeStage",
            "coulisses.accounts.stages.AddressStage",
            "allauth.mfa.stages.AuthenticateStage",
        ]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return from where somebody asks."""
        return request.META.get("REMOTE_ADDR") or NOWHERE

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where one is after a change of password."""
        return "/account/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Return where one is after an address was confirmed."""
        return "/account/" if self.request.user.is_authenticated else "/desk/"
