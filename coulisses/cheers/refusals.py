"""What is refused to those who cheer, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NothingToCheer(Refusal):
    """Only what makers told of their work is cheered, and only once the curtain is up."""

    status = 409
    sentence = _("There is nothing to cheer here.")


class WordUnknown(Refusal):
    """A cheer with a word that this project doesn't have."""

    status = 422
    sentence = _("This project has other words now. Load the page again.")


class OnlySixWords(Refusal):
    """A project is to have more words than people would read."""

    status = 422
    sentence = _("Six words at most.")


class WordTooLong(Refusal):
    """A word is to be longer than a button."""

    status = 422
    sentence = _("A word has %(longest)s characters at most.")


class ComeInToBeSeen(Refusal):
    """Only those are shown as being here whom the house knows."""

    status = 403
    sentence = _("Come in first: only those whom the house knows are shown as being here.")
