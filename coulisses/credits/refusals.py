"""What credits refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class WordUnknown(Refusal):
    """Nobody said anything at that number of the room, or it was taken back."""

    status = 422
    sentence = _("Nothing was said under that number. Paste the link of what was said.")


class WayUnknown(Refusal):
    """What was given shaped an entry or corrected it; there is no third way by hand."""

    status = 422
    sentence = _("Say how: it corrected this, or it shaped it.")


class NothingToTie(Refusal):
    """An entry without words, or one that only speaks of another, came from nothing."""

    status = 422
    sentence = _("This entry shows nothing that could come from somebody’s words.")


class CreditUnnamed(Refusal):
    """Whoever is added to the credits has a name."""

    status = 422
    sentence = _("Whom do you thank? Write a name.")


class RoleOfCreditUnknown(Refusal):
    """Nobody takes part in such a role."""

    status = 422
    sentence = _("Choose what they did.")


class CreditNotFound(Refusal):
    """No such line stands in the credits."""

    status = 404
    sentence = _("There is no such line in these credits, or it was taken out.")


class NamingUnknown(Refusal):
    """One is named by one’s name, by another, or not at all."""

    status = 422
    sentence = _("Choose how you are named. For another name, write it.")


class PlaceNotHeld(Refusal):
    """No place is held for whoever asks: it was taken, taken back, or has waited too long."""

    status = 410
    sentence = _("No place is held for you here, or no longer. Ask whoever offered it.")


class NobodyThere(Refusal):
    """A place is held for somebody who gave something here, is not of the team, and can be told."""

    status = 422
    sentence = _("A place can be held for somebody who gave something here and can still be told.")
