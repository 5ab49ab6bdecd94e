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
