"""What is refused around notices, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NoticeNotFound(Refusal):
    """A notice that is not there, or another's: nobody learns which."""

    status = 404
    sentence = _("There is no such notice for you. It may be gone: they are kept some months.")


class ChoiceUnknown(Refusal):
    """A rhythm, an hour, a zone or a language that there is not."""

    status = 422
    sentence = _("That can’t be chosen. Take one of the answers that are offered.")


class QuietHalfSaid(Refusal):
    """Quiet hours with a beginning and no end, or the other way round."""

    status = 422
    sentence = _("Say from when and until when it should be quiet, or leave both empty.")


class NoAddressShown(Refusal):
    """Letters are asked for where nobody has shown an address to be theirs."""

    status = 409
    sentence = _("No letter can reach you yet: confirm an address first.")


class NothingToMute(Refusal):
    """A notice of no thread, or a thread that is no thread."""

    status = 404
    sentence = _("There is no such thread to be quiet about.")


class TooManyDevices(Refusal):
    """More browsers than somebody uses."""

    status = 409
    sentence = _("Notices come to twenty of your browsers already. End them on one of those first.")


class LinkLeadsNowhere(Refusal):
    """A token of a letter that was never made, or whose reader is gone or has another address."""

    status = 404
    sentence = _("This link leads nowhere any more. On your own page of notices you can choose.")


class TooMuchMuted(Refusal):
    """More threads than anybody is in."""

    status = 409
    sentence = _("You have muted a thousand threads. Hear of some again first.")
