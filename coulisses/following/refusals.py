"""What is refused to those who follow, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class FollowingNotFound(Refusal):
    """A token that was never made, or whose following was forgotten."""

    status = 404
    sentence = _(
        "This link leads nowhere any more. Go to the project’s page and leave your address again."
    )


class NoLettersHere(Refusal):
    """A house that sends no letters is asked for some."""

    status = 409
    sentence = _("This house sends no letters. Follow by feed, or by notices on this device.")


class NotConfirmed(Refusal):
    """Something is to change of letters that were not confirmed."""

    status = 409
    sentence = _("Confirm first that you want these letters.")
