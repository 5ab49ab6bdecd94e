"""What this room refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class PhaseUnknown(Refusal):
    """No phase that a host can begin."""

    status = 422
    sentence = _("A brainstorm has no such phase.")


class NotNow(Refusal):
    """Something that belongs to another phase."""

    status = 409
    sentence = _("This isn’t the moment for it: see what the host has begun.")


class TimeIsUp(Refusal):
    """The phase's clock has run out, and the host has not said how it goes on."""

    status = 409
    sentence = _("The time for this is up. What you wrote is still in the form.")


class StandsStill(Refusal):
    """The host has stopped the clock."""

    status = 409
    sentence = _("The host has stopped the clock. It goes on in a moment.")


class NoIdea(Refusal):
    """Nothing that can be seen."""

    status = 422
    sentence = _("There is nothing in it yet: one sentence, even a wobbly one.")


class IdeaTooLong(Refusal):
    """More than a sentence."""

    status = 422
    sentence = _("An idea is one sentence here: at most %(most)s characters.")


class IdeaUnknown(Refusal):
    """No idea stands there."""

    status = 404
    sentence = _("No such idea stands in this brainstorm.")


class FamilyUnknown(Refusal):
    """No family stands there."""

    status = 404
    sentence = _("No such family stands in this brainstorm.")


class NameOfAFamily(Refusal):
    """A family without a name that can be seen, or with one too long."""

    status = 422
    sentence = _("A family has a name of at most %(most)s characters.")


class NoDotsLeft(Refusal):
    """All dots are placed."""

    status = 409
    sentence = _("All your dots are placed. Take one back to place it elsewhere.")


class NoDotThere(Refusal):
    """Nothing to take back."""

    status = 409
    sentence = _("None of your dots is on this idea.")


class TooManyAtOnce(Refusal):
    """More ideas than one gesture moves."""

    status = 422
    sentence = _("At most %(most)s ideas move in one go.")


class NoNewIdeas(Refusal):
    """The host takes no more ideas for now."""

    status = 409
    sentence = _("No new ideas are taken for the moment. What you wrote is still in the form.")


class ScreenUnknown(Refusal):
    """Nothing that a big screen shows."""

    status = 422
    sentence = _("The big screen shows no such thing.")


class OnlyInPractice(Refusal):
    """Made-up voices speak in a practice, and there alone."""

    status = 409
    sentence = _("Made-up voices speak in a practice only: here people do.")


class NotHere(Refusal):
    """Something that a practice has no place for."""

    status = 409
    sentence = _("A practice is nobody else’s: nothing of it goes anywhere.")


class NoBrainstorm(Refusal):
    """A project that asks nothing of those who come."""

    status = 404
    sentence = _("This work is no brainstorm: it has no wall to throw ideas at.")


class WatchersListen(Refusal):
    """Who watches a rehearsal by a link reads, and does nothing."""

    status = 403
    sentence = _("By this link one watches, and throws nothing.")


class WrittenEnough(Refusal):
    """More in one silent round than anybody reads."""

    status = 409
    sentence = _("You have written %(most)s ideas in this round: that is plenty. Keep the best.")


class RoundIsFull(Refusal):
    """More of a brainstorm is unseen than anybody reads."""

    status = 429
    wait = 60
    sentence = _(
        "So much was written in this round that no more fits in. What you wrote is still in the"
        " form: throw it when the round is over."
    )


class PictureTooLarge(Refusal):
    """A picture passes the limit."""

    status = 413
    sentence = _("That picture is too large: at most %(mib)s MiB.")


class PictureUnreadable(Refusal):
    """A file is no picture that the house can read."""

    status = 422
    sentence = _("That file cannot be read as a picture. Your idea can go without it.")


class NoRoomForPictures(Refusal):
    """What is left of a studio's room is for its team, and for people whom the house knows."""

    status = 413
    sentence = _("There is little room left for pictures here. Your idea can go without it.")


class EnoughPictures(Refusal):
    """Of people whom nobody knows, so many pictures a day are looked at in a brainstorm."""

    status = 429
    wait = 360
    sentence = _("Many pictures have come here today. Your idea can go without one.")


class NoMask(Refusal):
    """Somebody throws under their name here, or has lifted their mask."""

    status = 404
    sentence = _("You wear no mask here: what you threw stands under your name.")


class NotYourIdea(Refusal):
    """Only whoever threw it takes it back."""

    status = 403
    sentence = _("Only whoever threw an idea can take it back.")


class OnlyFollowersCome(Refusal):
    """Only those who follow the project come in here."""

    status = 403
    sentence = _(
        "This brainstorm is for those who follow. Come in with an account, then follow it."
    )


class OnlyMembersCome(Refusal):
    """Only members come in here."""

    status = 403
    sentence = _(
        "This brainstorm is for members. Come in with your account; if you are none yet, its makers"
        " can let you in."
    )


class CodeFirst(Refusal):
    """Only who has the code comes in here."""

    status = 403
    sentence = _("This brainstorm opens by a code of six letters. Type it first: its host has it.")


class AgeFirst(Refusal):
    """Whoever takes part here says first that they are old enough."""

    status = 403
    sentence = _("One takes part here from %(youngest)s years on. Say first that you are.")


class CalledOff(Refusal):
    """The brainstorm will not be held."""

    status = 409
    sentence = _("This brainstorm is called off.")
