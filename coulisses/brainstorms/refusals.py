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
