"""What people are refused, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class SignInFirst(Refusal):
    """Somebody unknown asks for what has an owner; a page asked for leads to the entrance."""

    status = 401
    sentence = _("Come in first. What you wanted is waiting behind the door.")


class OnlyTheHost(Refusal):
    """Only the host of the house may see or do that."""

    status = 403
    sentence = _("Only the host of this house may do that.")
