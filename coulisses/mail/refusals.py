"""What the outbox refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class LetterNotWaiting(Refusal):
    """A letter has left already, or never was."""

    status = 404
    sentence = _("This letter has left already, or it is forgotten.")


class NoWayIn(Refusal):
    """An address for what comes back, with a secret that is not the house's."""

    status = 404
    sentence = _("Nothing is taken here.")
