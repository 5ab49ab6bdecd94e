"""What pages refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NothingToShow(Refusal):
    """An entry shows no such file."""

    status = 404
    sentence = _("This entry shows no such file, or its picture is still on its way.")


class NobodyFollowedIt(Refusal):
    """A browser fetched a sign-in link ahead; nobody has clicked on it."""

    status = 425
    sentence = _("This link opens for whoever follows it, and for no browser that looks ahead.")
