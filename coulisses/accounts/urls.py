"""Addresses of one's account. The names are those that the library asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path

from coulisses.accounts.views import mine
from coulisses.accounts.views.library import AskForCode, ForgottenPassword, SignUp, View, said


def _library(address: str, view: View, name: str, sentence: str) -> URLPattern:
    return path(address, said(view, sentence), name=name)


urlpatterns = [
    path("", mine.overview, name="account"),
    path("name", mine.rename, name="account-name"),
    path("devices/end", mine.end_others, name="account-devices"),
    path("devices/<int:device>/end", mine.end_device, name="account-device"),
    path("factors/", mine.back, name="mfa_index"),
    path("passkeys/", mine.back, name="mfa_list_webauthn"),
    _library("signup/", SignUp.as_view(), "account_signup", "Make an account, where one may."),
    _library("closed/", account.account_inactive, "account_inactive", "Says that it is closed."),
    _library("again/", account.reauthenticate, "account_reauthenticate", "Say the password again."),
    _library("address/", account.email, "account_email", "Give an address, or change it."),
    _library(
        "address/code/",
        account.email_verification_sent,
        "account_email_verification_sent",
        "Confirm an address by the code that a letter brought.",
    ),
    _library(
        "password/", account.password_change, "account_change_password", "Change the password."
    ),
    _library("password/set/", account.password_set, "account_set_password", "Set a password."),
    _library(
        "password/forgotten/",
        ForgottenPassword.as_view(),
        "account_reset_password",
        "Ask for a code that replaces a password.",
    ),
    _library(
        "password/forgotten/code/",
        account.confirm_password_reset_code,
        "account_confirm_password_reset_code",
        "Type the code that replaces a password.",
    ),
    _library(
        "password/forgotten/new/",
        account.complete_password_reset,
        "account_complete_password_reset",
        "Choose the new password.",
    ),
    path("password/forgotten/done/", mine.back, name="account_password_reset_completed"),
    _library("code/", AskForCode.as_view(), "account_request_login_code", "Ask for a code."),
    _library(
        "code/typed/",
        account.confirm_login_code,
        "account_confirm_login_code",
        "Come in by the code that a letter brought.",
    ),
    _library(
        "factor/", factors.authenticate, "mfa_authenticate", "The second factor, on coming in."
    ),
    _library("factor/again/", factors.reauthenticate, "mfa_reauthenticate", "The factor, again."),
    _library(
        "passkeys/again/",
        passkeys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
        "The passkey, again.",
    ),
    _library("passkeys/enter/", passkeys.login_webauthn, "mfa_login_webauthn", "Use a passkey."),
    _library("passkeys/add/", passkeys.add_webauthn, "mfa_add_webauthn", "Add a passkey."),
    _library(
        "passkeys/<int:pk>/remove/",
        passkeys.remove_webauthn,
        "mfa_remove_webauthn",
        "Take a passkey out.",
    ),
    _library("app/", app.activate_totp, "mfa_activate_totp", "Have an app make codes."),
    _library("app/remove/", app.deactivate_totp, "mfa_deactivate_totp", "Take the app out."),
    _library(
        "recovery/",
        recovery.view_recovery_codes,
        "mfa_view_recovery_codes",
        "Recovery codes that are left.",
    ),
    _library(
        "recovery/new/",
        recovery.generate_recovery_codes,
        "mfa_generate_recovery_codes",
        "Make new recovery codes.",
    ),
    _library(
        "recovery/download/",
        recovery.download_recovery_codes,
        "mfa_download_recovery_codes",
        "Recovery codes as a file.",
    ),
]
