"""What the entrance refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NobodyFollowedIt(Refusal):
    """A browser fetched a sign-in link ahead; nobody has clicked on it."""

    status = 425
    sentence = _("This link opens for whoever follows it, and for no browser that looks ahead.")
