"""What this room says no to."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class TermsUnknown(Refusal):
    """No such choice of what happens to what is given."""

    status = 400
    sentence = _("Choose one of these lines, or write your own.")


class LineNeeded(Refusal):
    """The team's own line about what is given is empty."""

    status = 422
    sentence = _("Write the line, or choose one of the others.")


class CodeUnknown(Refusal):
    """A code leads nowhere, or no longer."""

    status = 404
    sentence = _("This code leads nowhere, or no longer. Look at it again: six letters.")


class CodeNeedsStage(Refusal):
    """A code would lead to what nobody sees yet."""

    status = 409
    sentence = _("Raise the curtain first: the code leads to your stage.")


class NotAGuestHere(Refusal):
    """Only a guest who gave something here can be said to be a person."""

    status = 404
    sentence = _("No guest of that name has given anything here.")


class OnlyGuests(Refusal):
    """This page is for whoever takes part without an account."""

    status = 404
    sentence = _("In this browser nobody takes part as a guest. Say something, and you do.")


class NameOfTheTeam(Refusal):
    """A guest would go by a name that looks like that of a maker where they spoke."""

    status = 409
    sentence = _(
        "That name looks like the one of somebody who makes things where you spoke. Choose another"
        " one, or add to it."
    )


class AddressNeeded(Refusal):
    """That is no e-mail address."""

    status = 422
    sentence = _("Give an e-mail address that you can read.")


class WrongCode(Refusal):
    """That is not the code that was sent, or it was tried too often, or too late."""

    status = 422
    sentence = _(
        "That is not the code, or it is too old. After five tries a new one has to be sent."
    )
