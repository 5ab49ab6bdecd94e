"""What the host's side refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class FirstLinkClosed(Refusal):
    """A first host's link is too old, was used, or the house has a host by now."""

    status = 410
    sentence = _(
        "This link no longer makes a host: it is too old, or the house has one already. "
        "`coulisses host` prints another one."
    )


class NameMissing(Refusal):
    """Somebody without a name cannot keep a house."""

    status = 422
    sentence = _("Say the name that you go by.")


class PersonNotFound(Refusal):
    """No such account."""

    status = 404
    sentence = _("There is no such account in this house.")


class PersonStopped(Refusal):
    """Somebody who was stopped cannot be let in by a link, or keep the house."""

    status = 409
    sentence = _("This account is stopped. Let them in again first.")


class ActUnknown(Refusal):
    """Nothing of that name can be done with an account."""

    status = 422
    sentence = _("That cannot be done with an account.")


class InvitationNotFound(Refusal):
    """No such invitation of the house."""

    status = 404
    sentence = _("There is no such invitation.")


class FilmNotFound(Refusal):
    """No film has failed under that number."""

    status = 404
    sentence = _("This time-lapse is no longer there, or it did not fail.")


class BackupNotFound(Refusal):
    """No such backup was made."""

    status = 404
    sentence = _("There is no such backup.")


class AddressTaken(Refusal):
    """An account has this address already."""

    status = 409
    sentence = _("Somebody here has this address already: `coulisses host --email` names them.")
