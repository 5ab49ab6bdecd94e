"""What moments refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class MomentKindUnknown(Refusal):
    """A moment is one of the seven kinds."""

    status = 422
    sentence = _("“%(kind)s” is not a kind of moment. The kinds are: %(kinds)s.")


class NothingToTell(Refusal):
    """A moment without title, words or pictures."""

    status = 422
    sentence = _("There is nothing to tell yet: write a few words, or add a picture.")


class TitleTooLong(Refusal):
    """A moment's title is one line."""

    status = 422
    sentence = _("A title has at most %(most)s characters. The rest can go below it.")


class WordsTooLong(Refusal):
    """A moment's words pass the limit."""

    status = 422
    sentence = _("That is too long for one moment: at most %(most)s characters.")


class TeaserTooLong(Refusal):
    """A teaser is a sentence."""

    status = 422
    sentence = _("A teaser has at most %(most)s characters.")


class TooManyPictures(Refusal):
    """A moment shows a handful of pictures."""

    status = 422
    sentence = _("A moment holds at most %(most)s pictures.")


class PictureTooLarge(Refusal):
    """A picture's file passes the limit."""

    status = 413
    sentence = _("“%(name)s” is too large: a picture has at most %(mib)s MiB.")


class PictureUnreadable(Refusal):
    """A file is not a picture that the house can read."""

    status = 422
    sentence = _(
        "“%(name)s” cannot be read as a picture. PNG, JPEG, WebP, AVIF, GIF, TIFF and SVG can."
    )


class PictureUnknown(Refusal):
    """A version that no preview was kept of."""

    status = 422
    sentence = _("No picture “%(version)s” is kept in this project.")


class OnlyMomentsAreAmended(Refusal):
    """Captures and what projects say of themselves are not reworded."""

    status = 422
    sentence = _("Only a moment can be put into other words.")


class MomentShredded(Refusal):
    """A shredded moment has no words left to amend."""

    status = 409
    sentence = _("This moment has been shredded; it cannot be put into other words.")


class AlreadyToldOtherwise(Refusal):
    """An idempotency key is used again for other words."""

    status = 422
    sentence = _("This Idempotency-Key was used for another moment. Use a new key for new words.")


class OnlyWorkIsTakenBack(Refusal):
    """Curtains, pins and the like are not unsaid."""

    status = 422
    sentence = _("Only a moment or a save can be taken back.")


class TooLateToTakeBack(Refusal):
    """The first minute is over: others may have been sent word of it."""

    status = 409
    sentence = _("Its first minute is over. It can still be shredded, with a reason.")


class NothingToTellIn(Refusal):
    """Somebody shares to the house who makes nothing here."""

    status = 403
    sentence = _("You make nothing in this house yet, so there is no project to show this in.")


class DraftNotFound(Refusal):
    """No such draft, or it is somebody else's."""

    status = 404
    sentence = _("There is no such draft any more: it was told, or thrown away.")


class TooManyDrafts(Refusal):
    """Somebody keeps more drafts than a project holds for one."""

    status = 409
    sentence = _("You keep %(most)s drafts here already. Tell some, or throw some away.")


class TooManyFiles(Refusal):
    """A moment shows a file or two."""

    status = 422
    sentence = _("A moment holds at most %(most)s files beside its pictures.")


class FileTooLarge(Refusal):
    """A file passes the limit."""

    status = 413
    sentence = _("“%(name)s” is too large: a file has at most %(mib)s MiB.")


class SoundTooLarge(Refusal):
    """A sound's file passes the limit."""

    status = 413
    sentence = _("“%(name)s” is too large: a sound note has at most %(mib)s MiB.")


class SoundTooLong(Refusal):
    """A sound note is no concert."""

    status = 422
    sentence = _("A sound note lasts at most %(minutes)s minutes.")


class SoundUnreadable(Refusal):
    """A file is no sound that the house can read."""

    status = 422
    sentence = _("“%(name)s” cannot be heard here. WAV, FLAC, MP3, Ogg, Opus, WebM and M4A can.")


class SoundUnknown(Refusal):
    """A version that no sound was kept of."""

    status = 422
    sentence = _("No sound “%(version)s” is kept in this project.")


class AskUnknown(Refusal):
    """A doubt asks for one of four things."""

    status = 422
    sentence = _("“%(asks)s” is nothing that a doubt asks for. It may ask for: %(known)s.")


class OnlyDoubtsAsk(Refusal):
    """Another kind of moment says what it asks for."""

    status = 422
    sentence = _("Only a doubt says what it asks for.")


class OnlyFailuresTeach(Refusal):
    """Another kind of moment says what was learnt."""

    status = 422
    sentence = _("Only a failure says what it taught.")


class HourLongPassed(Refusal):
    """A moment is to be told at an hour of another day or year: a slip of the hand."""

    status = 422
    sentence = _("That hour has passed. Choose one that is still to come.")


class TimeUnreadable(Refusal):
    """A time that is none."""

    status = 422
    sentence = _("Say a day and an hour at which it is to be told.")


class NobodyToLook(Refusal):
    """Somebody works alone, and asks for a look."""

    status = 409
    sentence = _("Nobody else in this studio may release a moment yet: tell it yourself.")


class NotWaiting(Refusal):
    """What one wants to release or give back waits for nobody: it was told, or taken up again."""

    status = 409
    sentence = _("It no longer waits: it was told, given back, or its author took it up again.")


class ChangedMeanwhile(Refusal):
    """What was looked at is not the version that stands now."""

    status = 409
    sentence = _("It has changed since you looked. Look at what it says now.")


class LookAtOnesOwn(Refusal):
    """Somebody releases what they wrote themselves and asked others to look at."""

    status = 403
    sentence = _("Somebody else has to look at it. You can take it up again instead.")


class WordMissing(Refusal):
    """A moment is given back without a word."""

    status = 422
    sentence = _("Say in a word why you give it back.")


class OnlyMakersTellThePast(Refusal):
    """A contributor tells of the past, which no door announces and no maker would look at."""

    status = 403
    sentence = _("Only a maker tells of the past. What you propose now waits for a maker.")


class NothingUnder(Refusal):
    """A sentence is to lie over captures, and none was chosen."""

    status = 422
    sentence = _("Choose the steps first that the sentence is to lie over.")


class TooManyUnder(Refusal):
    """A sentence lies over as many captures as a sitting has at most."""

    status = 422
    sentence = _("A sentence lies over at most %(most)s steps.")


class OnlyCapturesGoUnder(Refusal):
    """A sentence lies over captures that have their words."""

    status = 422
    sentence = _("A sentence lies over steps that were captured: %(position)s is none.")


class AlreadyUnder(Refusal):
    """A capture stands under one sentence at a time."""

    status = 409
    sentence = _("%(position)s stands under %(moment)s already. Unfold that first.")


class UnderDifferentEyes(Refusal):
    """What stands under one sentence is for the same people."""

    status = 422
    sentence = _("These steps are not for the same people: each circle has its own sentence.")


class NothingFolded(Refusal):
    """No captures stand under this entry."""

    status = 409
    sentence = _("No steps stand under this entry.")


class AttachmentNotFound(Refusal):
    """A file that is to go with a moment is not here, or goes with another one."""

    status = 404
    sentence = _("A file that is to go with it is not here any more. Send it again.")
