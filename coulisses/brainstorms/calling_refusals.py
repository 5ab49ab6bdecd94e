"""What is refused of how a brainstorm is called, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class AlreadyCalled(Refusal):
    """The brainstorm has been called."""

    status = 409
    sentence = _("It is called already: everybody sees it.")


class NotCalledYet(Refusal):
    """The brainstorm is a rehearsal still."""

    status = 409
    sentence = _("It is not called yet: nobody but your team knows of it.")


class AlreadyBegun(Refusal):
    """The brainstorm has begun."""

    status = 409
    sentence = _("It has begun already. End it at its console instead.")


class SettingUnknown(Refusal):
    """Nothing that can be chosen for a brainstorm."""

    status = 422
    sentence = _("Choose one of what is offered.")


class QuestionTooLong(Refusal):
    """A question, its line or its context is too long."""

    status = 422
    sentence = _("A question has at most %(question)s characters, its context %(context)s.")


class DotsMalformed(Refusal):
    """No handful of dots."""

    status = 422
    sentence = _("Each has from 1 to %(most)s dots.")


class LastsMalformed(Refusal):
    """Nothing that a brainstorm can last."""

    status = 422
    sentence = _("A brainstorm lasts from %(least)s minutes to %(most)s days.")


class StartHasPassed(Refusal):
    """A brainstorm is called for an hour that has passed, or is too far away."""

    status = 422
    sentence = _("Choose an hour that is still to come, within the next two years.")


class KeepsMalformed(Refusal):
    """No day until which something can be kept."""

    status = 422
    sentence = _(
        "Choose a day after the brainstorm until which things are kept, or leave it empty."
    )


class KeepsLonger(Refusal):
    """What was promised to be let go is not kept longer."""

    status = 409
    sentence = _("People gave on the promise of that day: it can come sooner, never later.")


class NoCodeHere(Refusal):
    """No code leads in, or none that whoever asks is told."""

    status = 404
    sentence = _("No code is shown here.")


class NoHourYet(Refusal):
    """The hour of a brainstorm is not said."""

    status = 404
    sentence = _("Its hour is still to be said.")
