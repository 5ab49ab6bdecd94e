"""What leaving and arriving refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class StillRehearsed(Refusal):
    """A rehearsal has nothing that everybody may see."""

    status = 409
    sentence = _("Nobody outside may see a rehearsal: export it whole, for yourself.")


class PracticeStays(Refusal):
    """A practice holds made-up voices, and nothing to take along."""

    status = 409
    sentence = _("This is a practice: what made-up voices say stays here, and goes in the end.")


class PlaceTaken(Refusal):
    """Something stands where an export was to be put."""

    status = 409
    sentence = _("There is something at %(place)s already. Name a new folder or file.")


class BeingMade(Refusal):
    """Another process exports to the same place."""

    status = 409
    sentence = _("%(place)s is being made just now.")


class NoRoomToExport(Refusal):
    """The disk would be too full."""

    status = 507
    sentence = _("There is too little room on the disk for %(place)s.")


class PlaceUnwritable(Refusal):
    """An export cannot be written where it was to be put."""

    status = 500
    sentence = _("%(place)s cannot be written: %(reason)s.")


class NoFolderThere(Refusal):
    """There is neither a folder nor a ZIP."""

    status = 422
    sentence = _("%(place)s is no exported project: neither a folder nor a ZIP.")


class PackedTooTight(Refusal):
    """A ZIP swells to far more than its own length."""

    status = 422
    sentence = _("This ZIP swells to far more than an export does, so it was not unpacked.")


class FolderDamaged(Refusal):
    """A file of an export is missing, or is not as exports write it."""

    status = 422
    sentence = _("This export cannot be taken in: “%(name)s” is missing, or not as it should be.")


class FormTooNew(Refusal):
    """An export has a form that this house does not know."""

    status = 422
    sentence = _("This export has a newer form than this house knows. Bring the house up to date.")


class OnlyPublic(Refusal):
    """An export leaves out what members may read, so that nothing could be told on."""

    status = 422
    sentence = _(
        "This is what everybody may see of a project. Its owner exports the whole one "
        "(`coulisses export --whole`): only that can move in."
    )


class NotAsSigned(Refusal):
    """The entries of an export do not make what its checkpoint signs."""

    status = 422
    sentence = _("The log in this export is not the one that was signed: %(what)s.")


class SignedByAnother(Refusal):
    """An export is signed by another key than the one that was asked for."""

    status = 422
    sentence = _("This export is signed by another key than you said: %(vkey)s.")


class EntryUnread(Refusal):
    """An entry of an export says what this house cannot show."""

    status = 422
    sentence = _("Entry %(position)s says something that this house cannot read or show.")


class LogUnread(Refusal):
    """The entries of an export, taken together, make no project."""

    status = 422
    sentence = _("What the entries say, taken together, makes no project that this house can show.")


class FileDiffers(Refusal):
    """A file of an export is not what its list, or the signed log, says it is."""

    status = 422
    sentence = _("The file “%(name)s” is not what it is said to be, so nothing was taken in.")


class AlreadyHere(Refusal):
    """The log of an export stands in this house already."""

    status = 409
    sentence = _("This project is in this house already: a log has one place in a house.")


class VoiceOfAnother(Refusal):
    """Somebody of this house would be made to speak in an export."""

    status = 403
    sentence = _("Somebody of this house would be made to speak in it: nothing was taken in.")


class ParcelNotReady(Refusal):
    """There is no such export to take home, not yet or not any more."""

    status = 404
    sentence = _("There is no such export to take home. Ask for it at the desk of the project.")


class StudioNotOpened(Refusal):
    """The studio that a project is to move into is not there, nor was it said whose it is to be."""

    status = 404
    sentence = _(
        "There is no studio “%(slug)s” in this house. Say whose it is to be, by name or e-mail "
        "address (--owner), and it is opened."
    )


class OwnerUnknown(Refusal):
    """Nobody, or more than one, goes by a name."""

    status = 404
    sentence = _("Nobody, or more than one, has an account as %(who)s in this house.")


class CrateTooLarge(Refusal):
    """What is sent is nothing at all, or longer than was announced or than a house takes in."""

    status = 413
    sentence = _(
        "Choose the ZIP of a whole project, of %(gib)s GiB at most. Whoever runs this house can "
        "take in a longer one."
    )


class TooManyCrates(Refusal):
    """Somebody has several projects on their way in already."""

    status = 409
    sentence = _("%(count)s projects of yours are on their way in. Let go of one of them first.")


class CrateNotFound(Refusal):
    """Nothing of this account is on its way in under that name."""

    status = 404
    sentence = _("There is nothing of yours on its way in here. It is kept for three days.")


class CrateInHand(Refusal):
    """A project is being brought in just now."""

    status = 409
    sentence = _("It is being brought in just now. Wait until it is there.")


class NotLookedAt(Refusal):
    """A project was not looked at yet, or is on its way in already."""

    status = 409
    sentence = _("It was not looked at yet, or is on its way in already.")


class PublicAtOnce(Refusal):
    """The curtain of a project is up: its owner has to say that everybody may see it at once."""

    status = 409
    sentence = _("Its curtain is up, so that everybody sees it at once: say that you know.")
