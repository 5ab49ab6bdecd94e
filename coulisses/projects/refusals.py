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


class StudioMoved(StudioNotFound):
    """A studio has another address by now; whoever asks is led there."""

    def __init__(self, was: str, now: str) -> None:
        super().__init__()
        self.was, self.now = f"@{was}", f"@{now}"


class ProjectMoved(ProjectNotFound):
    """A project that the asker may see has another address by now; whoever asks is led there."""

    def __init__(self, was: tuple[str, str], now: tuple[str, str]) -> None:
        super().__init__()
        self.was, self.now = "@{}/{}".format(*was), "@{}/{}".format(*now)
        self.studio, self.project = now


class TooManyAddresses(Refusal):
    """A studio or a project has had as many addresses as lead to it at once."""

    status = 409
    sentence = _(
        "%(count)s addresses lead here already. Let go of one that nobody needs, then try again."
    )


class AddressInUse(Refusal):
    """The address that a studio or a project has now is not one to let go of."""

    status = 409
    sentence = _("This address is the one in use. Choose another one first.")


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


class LastOwner(Refusal):
    """A studio would be left without an owner."""

    status = 409
    sentence = _("A studio needs an owner. Make somebody else one first.")


class AlreadyOfTheTeam(Refusal):
    """Somebody accepts an invitation into a team that they are in."""

    status = 409
    sentence = _("You are of this team already. The invitation is still good for somebody else.")


class TeammateNotFound(Refusal):
    """Nobody of this studio's team is meant."""

    status = 404
    sentence = _("Nobody of this studio’s team is at this address.")


class RoleUnknown(Refusal):
    """A role is none that a studio gives."""

    status = 422
    sentence = _("Choose a role: owner, maker or contributor.")


class TooManyStudios(Refusal):
    """An account owns as many studios as one may."""

    status = 409
    sentence = _("You own %(count)s studios already. Open the project in one of them.")


class TooManyInvitations(Refusal):
    """A studio has as many invitations open as it may."""

    status = 409
    sentence = _("%(count)s invitations are open already. Take one back first.")


class TeamTooLarge(Refusal):
    """A studio has as large a team as one may."""

    status = 409
    sentence = _("%(count)s people are of this team already: that is as large as one can be here.")


class WatchLinkClosed(Refusal):
    """A viewer's link was taken back, has expired, or never was."""

    status = 404
    sentence = _("This link opens nothing, or no longer. Ask whoever sent it for another one.")


class TooManyViewers(Refusal):
    """A project has as many viewers' links open as it may."""

    status = 409
    sentence = _("%(count)s links are open already. Take one back first.")


class TooManyTokens(Refusal):
    """Somebody has as many tokens in a studio as one may."""

    status = 409
    sentence = _("You have %(count)s tokens here already. Revoke one that nothing uses.")


class TokenNotFound(Refusal):
    """No such token in this studio, or it is somebody else's."""

    status = 404
    sentence = _("There is no such token, or it has been revoked already.")


class NeedsName(Refusal):
    """A studio, a project, a viewer or a token needs a name."""

    status = 422
    sentence = _("It needs a name.")


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


class CurtainHasFallen(Refusal):
    """The project is finished; nothing more is told until its owner reopens it."""

    status = 423  # so that an agent keeps what it has, and asks again later
    sentence = _(
        "The final curtain has fallen. Nothing is told until the owner reopens the project."
    )


class CurtainStillDown(Refusal):
    """A project in rehearsal has no final curtain."""

    status = 409
    sentence = _("A rehearsal has no final curtain: raise the first one before.")


class HandOverFirst(Refusal):
    """Somebody wants to leave who alone owns studios in which others work."""

    status = 409
    sentence = _(
        "Others work in %(studios)s, which only you own. Make one of them an owner first: "
        "what they made there stays whole, and somebody has to keep it."
    )


class StudioFull(Refusal):
    """A studio has filled the room that its host has given it.

    No 507, which an agent waits upon: what is only told goes on without its pictures.
    """

    status = 413
    sentence = _(
        "This studio has filled its room in this house (%(gib)s GiB). Let go of originals, or ask "
        "the host for more."
    )


class TokenExpired(Refusal):
    """The token was made to work until a time that is over."""

    status = 401
    sentence = _("This token has expired. Make a new one at the studio’s desk.")


class TokenAlreadyExpired(Refusal):
    """A token is to expire before it is made."""

    status = 422
    sentence = _("A token expires on a day that is still to come.")


class OnlyPractised(Refusal):
    """The curtain of a practice never rises."""

    status = 409
    sentence = _("This is a practice: nobody else ever sees it. Its curtain stays down.")


class RoomClosed(Refusal):
    """What is said in a room that is closed stays with those who may take part in it."""

    status = 403
    sentence = _(
        "What is said here stays with those who take part. The poster says how one comes in."
    )


class RoomNotOpen(Refusal):
    """A rehearsal has no room yet, and a withdrawn work has none any more."""

    status = 409
    sentence = _("Nothing can be said here while the curtain is down.")
