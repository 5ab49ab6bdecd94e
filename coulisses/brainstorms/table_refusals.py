"""What is refused at the table, and of what is taken home from it."""

from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms.refusals import NotNow
from coulisses.lib.refusals import Refusal


class FamilyHoldsIdeas(Refusal):
    """A family that ideas are in is not let go."""

    status = 409
    sentence = _("There are ideas in this family: put them elsewhere first.")


class YourTeamNamedIt(Refusal):
    """No name of a family is left that others gave it."""

    status = 409
    sentence = _("Nobody but your team named this family: give it another name.")


class DotsMayLie(NotNow):
    """What says the same is merged before the vote: dots may lie on it now."""

    sentence = _(
        "While all vote, nothing is merged: dots may lie on it. Families can still be put in order."
    )


class NothingChosen(Refusal):
    """A gesture without an idea to make it with."""

    status = 422
    sentence = _("Choose the ideas first, then say where they go.")


class NotYoursToGather(Refusal):
    """The host has not let all put ideas together, or not now."""

    status = 403
    sentence = _("The host puts the ideas together here. You can watch how they do.")


class ProposalGone(Refusal):
    """What was proposed is accepted or dismissed by now."""

    status = 409
    sentence = _("Somebody has dealt with this proposal already.")


class NothingToUndo(Refusal):
    """Nothing was done at the table, or it was undone."""

    status = 409
    sentence = _("There is nothing of yours to undo.")


class NotOverYet(Refusal):
    """What is taken home is whole."""

    status = 403
    sentence = _("It isn’t over yet. Once it is, all of this can be taken home here.")


class FormUnknown(Refusal):
    """A form in which nothing is taken home."""

    status = 404
    sentence = _("A brainstorm isn’t taken home in this form.")


class TooManyPrints(Refusal):
    """More is to be printed at once than is, or it takes too long."""

    status = 503
    wait = 5
    sentence = _("The house is printing something else just now. Try again in a moment.")
