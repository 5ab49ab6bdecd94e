"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NoSuchFeed(Refusal):
    """No feed has this address: an archive that is not full yet, a kind that nobody tells."""

    status = 404
    sentence = _("There is no such feed. A project’s own stands on its stage.")
