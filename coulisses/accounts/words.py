"""What the library wants to say, in our words."""

from django.utils.translation import gettext_lazy as _

# Nothing here tells whether an address has an account: it is said to whoever asks.
REFUSED = {
    "account_inactive": _("This account is closed. Ask the host of this house."),
    "cannot_remove_primary_email": _("This is the address you come in with. It stays."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": _("This address and this password do not open the door together."),
    "email_taken": _("This address cannot be used here. Take another, or come in with it."),
    "enter_current_password": _("Type the password that you have now."),
    "incorrect_code": _("That is not the code. Take it from the newest letter."),
    "incorrect_password": _("That is not the password."),
    "invalid_or_expired_key": _("This opens nothing any more. Ask for a new one."),
    "invalid_login": _("This does not open the door."),
    "too_many_login_attempts": _("Those were too many tries. Wait a few minutes, then try again."),
    "rate_limited": _("That was very fast. Wait a moment, then try again."),
    "same_as_current": _("That is what it is already."),
    "unverified_primary_email": _("Confirm your address first."),
}

# What was done, where the page itself doesn't show it.
DONE = {
    "email_confirmed": _("Your address is confirmed."),
    "email_deleted": _("The address is gone."),
    "password_changed": _("Your password is changed. Other devices have to come in anew."),
    "password_set": _("You have a password now."),
    "totp_activated": _("From now on, coming in also asks for the code of your app."),
    "totp_deactivated": _("The app is no longer asked for."),
    "webauthn_added": _("The passkey is yours."),
    "webauthn_removed": _("The passkey is gone."),
}

# What somebody is written after a change: if it was not they, they have to know.
CHANGED = {
    "email_changed": _("Your address was changed."),
    "email_deleted": _("An address was taken out."),
    "password_changed": _("Your password was changed."),
    "password_reset": _("Your password was replaced, after a letter with a code."),
    "password_set": _("You were given a password."),
    "totp_activated": _("An app with codes was added as a second factor."),
    "totp_deactivated": _("The app with codes was taken out."),
    "webauthn_added": _("A passkey was added."),
    "webauthn_removed": _("A passkey was taken out."),
    "recovery_codes_generated": _("New recovery codes were made."),
}
