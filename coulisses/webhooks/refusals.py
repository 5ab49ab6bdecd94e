"""What this room refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class WebhookNotFound(Refusal):
    """No such webhook in this project."""

    status = 404
    sentence = _("There is no such webhook here. It may have been removed.")


class TooManyWebhooks(Refusal):
    """A project speaks to enough addresses."""

    status = 409
    sentence = _("A project speaks to %(most)s addresses at most. Remove one first.")


class AddressNotPublic(Refusal):
    """The address is not on the public web, and the host has not let it through."""

    sentence = _(
        "This house sends nothing there: give a public address that begins with https:// or "
        "http://. To reach one in a private network, its host lists that network in "
        "COULISSES_REACHES."
    )


class NothingChosen(Refusal):
    """A webhook that would never say anything."""

    sentence = _("Choose at least one kind of entry to send.")


class TestOnItsWay(Refusal):
    """A test was asked for a moment ago."""

    status = 409
    sentence = _("A test is on its way already. Wait until it has ended.")
