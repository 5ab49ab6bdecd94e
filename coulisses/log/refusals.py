"""What the log refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class EntryTooLong(Refusal):
    """An entry's content passes the limit; files belong beside the log."""

    status = 413
    sentence = _("That is too long for one entry. Split it, or attach it as a file.")


class EntryNotFound(Refusal):
    """No entry stands at that position, or none that this reader may know of."""

    status = 404
    sentence = _("There is no such entry in this log.")


class HouseKeyUnreadable(Refusal):
    """The file of the house's key cannot be read, or holds no Ed25519 key."""

    status = 500
    sentence = _("This house cannot read the key that it signs with: its host has to look.")
