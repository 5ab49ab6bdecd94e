"""What studios and projects refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class ProjectNotFound(Refusal):
    """No such project, or none that this reader may know of."""

    status = 404
    sentence = _("There is no such project in this house, or its curtain is still down.")


class StudioNotFound(Refusal):
    """No such studio."""

    status = 404
    sentence = _("There is no such studio in this house.")


class SlugMalformed(Refusal):
    """A slug holds something else than lowercase letters, digits and inner hyphens."""

    status = 422
    sentence = _("“%(slug)s” cannot be an address: use lowercase letters, digits and hyphens.")


class NotOfTheTeam(Refusal):
    """Only the studio's team may do that."""

    status = 403
    sentence = _("Only this studio’s team may do that.")


class OnlyMakers(Refusal):
    """A contributor tries what is the makers' to do."""

    status = 403
    sentence = _("Only the makers of this studio may do that. What you bring waits for their word.")


class OnlyTheOwner(Refusal):
    """Only an owner of the studio may do that."""

    status = 403
    sentence = _("Only the owner of this studio may do that.")


class AudienceUnknown(Refusal):
    """An audience is neither public nor a tier of this project."""

    status = 422
    sentence = _("“%(audience)s” is not an audience of this project.")


class CurtainAlreadyRaised(Refusal):
    """The curtain is up already."""

    status = 409
    sentence = _("The curtain is up already.")


class AlreadyShredded(Refusal):
    """The entry lost its words before."""

    status = 409
    sentence = _("This entry has been shredded already.")


class TokenUnknown(Refusal):
    """The bearer token opens nothing here."""

    status = 401
    sentence = _("This token opens nothing here. `coulisses token` prints a new one.")


class HandOverFirst(Refusal):
    """Somebody wants to leave who alone owns studios in which others work."""

    status = 409
    sentence = _(
        "Others work in %(studios)s, which only you own. Make one of them an owner first: "
        "what they made there stays whole, and somebody has to keep it."
    )
