"""What pages refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NothingToShow(Refusal):
    """An entry shows no such file."""

    status = 404
    sentence = _("This entry shows no such file, or its picture is still on its way.")
