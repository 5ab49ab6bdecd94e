"""What capture refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class CaptureTooLong(Refusal):
    """One capture's content passes the limit; its differences should be excerpts."""

    status = 413
    sentence = _("The capture %(once)s is too long: at most %(kib)s KiB each.")


class PreviewNotAccepted(Refusal):
    """A preview is not what it should be: still WebP, MP3, both without metadata, or UTF-8 text."""

    status = 422
    sentence = _(
        "The preview “%(variant)s” cannot be kept (%(reason)s): pictures are WebP of at most 1600 "
        "pixels a side and 8 MiB, sounds MP3 of at most 20 minutes and 20 MiB, both without "
        "metadata; texts are UTF-8 of at most 1 MiB."
    )


class FactsNotAccepted(Refusal):
    """What is said of a version is not an object of a few short facts."""

    status = 422
    sentence = _("The facts of a version are one JSON object with a reader, of at most 4 KiB.")


class LinkNotAccepted(Refusal):
    """A link is not an address of the web."""

    status = 422
    sentence = _("That is no address of the web: it begins with https:// and has no password.")


class PieceNotFound(Refusal):
    """No file had that path, or none that this reader may know of."""

    status = 404
    sentence = _("No file of that name is shown in this project.")


class WaitingNotFound(Refusal):
    """No such capture waits: it was released, dropped, or never there."""

    status = 404
    sentence = _("That no longer waits: it was released or dropped meanwhile.")


class DroppedForGood(Refusal):
    """What was dropped can be taken back for an hour, which is over."""

    status = 410
    sentence = _("That was dropped more than an hour ago: it is gone for good.")


class PreviewStands(Refusal):
    """A contributor's program sends what a version looks like, and that is known already."""

    status = 409
    sentence = _("What this version looks like is known already, and only a maker can replace it.")


class HookNotFound(Refusal):
    """No forge was told this address, or its hook was taken away."""

    status = 404
    sentence = _("No hook has this address. Make a new one on the project's page.")


class ForgeUnknown(Refusal):
    """A hook is for GitHub, GitLab or Forgejo, and a project has a handful of them."""

    status = 422
    sentence = _("There is no further hook for “%(forge)s” here: github, gitlab or forgejo.")


class SignatureWrong(Refusal):
    """Who sent this does not know the hook's secret."""

    status = 403
    sentence = _("The signature is wrong: the forge and the house have different secrets.")


class PushNotUnderstood(Refusal):
    """A push is not the JSON that its forge sends."""

    status = 422
    sentence = _("This push could not be read. Its content type has to be application/json.")


class PushTooLong(Refusal):
    """A push passes the limit."""

    status = 413
    sentence = _("A push may have at most %(mib)s MiB; push fewer commits at a time.")


class NothingMoves(Refusal):
    """A film needs two pictures that everybody may see."""

    status = 422
    sentence = _("A time-lapse needs at least two versions that everybody may see.")


class ShapeUnknown(Refusal):
    """A film is landscape, square or vertical."""

    status = 422
    sentence = _("A time-lapse is landscape, square or vertical.")


class ReelNotFound(Refusal):
    """No such film is ready."""

    status = 404
    sentence = _("There is no such time-lapse, or not yet.")


class OriginalsNotKept(Refusal):
    """The project leaves the files themselves with their maker."""

    status = 422
    sentence = _("This project keeps no originals: they stay with their maker.")


class OriginalsWouldGo(Refusal):
    """Those that are kept would be deleted, and nobody has said that they may."""

    status = 409
    sentence = _("%(count)s originals are kept. Say that they may be deleted.")


class OriginalNotFound(Refusal):
    """The file itself isn't kept, or not for this reader."""

    status = 404
    sentence = _("The original is not kept here, or not for you.")


class ArrivalNotFound(Refusal):
    """No body arrives at this address: it was used, let go of, expired, or never announced."""

    status = 404
    sentence = _(
        "Nothing arrives here any more. Announce it again, and send it from its beginning."
    )


class ArrivalNotOver(Refusal):
    """A body is asked for of which a part is still on its way."""

    status = 409
    sentence = _("Not all of it has arrived yet.")


class ArrivalTooLong(Refusal):
    """A body passes the limit, or what was announced, or comes in too many pieces."""

    status = 413
    sentence = _("That is longer than was announced, or than the %(mib)s MiB that may arrive.")


class TooMuchArriving(Refusal):
    """A studio has more on its way than a house keeps for one."""

    status = 429
    wait = 60
    sentence = _(
        "More than %(mib)s MiB, or %(count)s bodies, are on their way in this studio. "
        "Try again later."
    )


class OffsetWrong(Refusal):
    """A piece does not begin where the last one ended."""

    status = 409
    sentence = _("Go on from byte %(offset)s: that is how much has arrived.")
