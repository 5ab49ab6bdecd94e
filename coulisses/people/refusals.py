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


class ExportNotReady(Refusal):
    """No such file to take home, not yet, or no longer."""

    status = 404
    sentence = _("There is nothing to take home at this address. Ask for it anew.")


class LastHost(Refusal):
    """A house is never left without a host."""

    status = 409
    sentence = _("Somebody has to keep this house. Make somebody else a host first.")


class SayWhoYouAre(Refusal):
    """To be heard one comes in, or gives a name as a guest."""

    status = 401
    sentence = _("Say who you are first: come in, or give a name as a guest.")


class NameNeeded(Refusal):
    """A guest gave no name."""

    status = 400
    sentence = _("Give a name, any by which people may call you.")


class NobodyWaits(Refusal):
    """This browser keeps no guest whose words could be somebody's."""

    status = 409
    sentence = _("Nobody spoke here as a guest in this browser, or it is settled already.")


class NobodyThere(Refusal):
    """There is no such voice here."""

    status = 404
    sentence = _("Nobody here speaks by that voice.")


class ThatIsYou(Refusal):
    """Nobody mutes or blocks themselves."""

    status = 409
    sentence = _("These are words of your own. You can take them back.")


class TooManyShunned(Refusal):
    """Somebody keeps away as many as the house can remember for them."""

    status = 409
    sentence = _("You keep %(most)s people away already. Hear one of them again first.")


class DeviceMalformed(Refusal):
    """A browser says of itself what no browser would."""

    status = 422
    sentence = _("This browser’s address for notices can’t be used. Follow by e-mail or by feed.")
