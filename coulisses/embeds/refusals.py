"""What may not be shown elsewhere."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NothingToEmbed(Refusal):
    """No page of this house that anybody sees has this address."""

    status = 404
    sentence = _("Nothing that everybody may see has this address.")


class NotForAll(Refusal):
    """The entry at this address is for members: it can be linked to, and not shown."""

    status = 401
    sentence = _("This entry is for members: link to it, it cannot be shown elsewhere.")


class FormNotSpoken(Refusal):
    """The answer is wanted in a form other than JSON and XML."""

    status = 501
    sentence = _("Descriptions of embeds come as json or xml.")
