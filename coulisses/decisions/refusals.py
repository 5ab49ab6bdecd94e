"""What decisions refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class DecisionNotFound(Refusal):
    """No question was put to the vote at that place, or not for this reader."""

    status = 404
    sentence = _("No question was put to the vote here.")


class QuestionMissing(Refusal):
    """A decision has no question."""

    status = 422
    sentence = _("Ask a question, so that people know what they decide.")


class DecisionTooLong(Refusal):
    """A question, its words, an option or a reason is too long."""

    status = 422
    sentence = _("That is too long: at most %(most)s characters.")


class OptionsMissing(Refusal):
    """There is nothing to choose between, or too much."""

    status = 422
    sentence = _("Give at least two things to choose from, and at most %(most)s, all different.")


class MostMalformed(Refusal):
    """How many may be chosen is no number that there is."""

    status = 422
    sentence = _("Say how many may be chosen: at least two, and fewer than there are.")


class QuorumMalformed(Refusal):
    """A quorum is no number of ballots."""

    status = 422
    sentence = _("Say in digits how many have to vote; leave it empty for any number.")


class CloseMalformed(Refusal):
    """The day and the hour at which a vote closes cannot be read."""

    status = 422
    sentence = _("Say the day and the hour at which the vote closes.")


class CloseTooSoon(Refusal):
    """A vote would close before anybody could take part, or in the past."""

    status = 422
    sentence = _("Leave people at least five minutes: choose an hour that is still to come.")


class CloseTooFar(Refusal):
    """A vote would be open for too long."""

    status = 422
    sentence = _("That is too far away: a vote is open for a year at most.")


class CodeTooShort(Refusal):
    """The code that opens a vote is easily guessed."""

    status = 422
    sentence = _("Choose a code of 6 to 40 letters and digits: it opens the vote.")


class ChoiceUnknown(Refusal):
    """What a form chose is not among what there is to choose."""

    status = 422
    sentence = _("The house does not know that choice. Choose one of those shown.")


class TooManyOpen(Refusal):
    """As many questions are open as people can bear."""

    status = 422
    sentence = _("%(most)s questions are open already. Close or withdraw one of them first.")


class NothingChosen(Refusal):
    """A ballot chooses nothing."""

    status = 422
    sentence = _("Choose something first.")


class ChosenTooMany(Refusal):
    """A ballot chooses more than was said."""

    status = 422
    sentence = _("That is too many: leave some out, until %(most)s are left.")


class RankedTwice(Refusal):
    """Two options have the same place on a ballot, or one has two."""

    status = 422
    sentence = _("Give each place once: one first, one second, and so on.")


class VoteIsOver(Refusal):
    """A vote is closed, or its hour has come."""

    status = 409
    sentence = _("This vote is over: what was cast in time is counted.")


class VoteWithdrawn(Refusal):
    """The question was taken back."""

    status = 409
    sentence = _("The makers took this question back.")


class AlreadyVoted(Refusal):
    """A ballot stands, and the vote is one that cannot be changed."""

    status = 409
    sentence = _("You have voted already, and this vote can’t be changed. It is counted.")


class OnlyFollowers(Refusal):
    """Only those who follow the project vote here."""

    status = 403
    sentence = _("Those who follow this project decide here. Come in and follow it first.")


class OnlyMembers(Refusal):
    """Only members vote here."""

    status = 403
    sentence = _("The members of this project decide here.")


class OnlyWatching(Refusal):
    """Who was let watch a rehearsal watches."""

    status = 403
    sentence = _("You watch this rehearsal; its team decides.")


class CodeWrong(Refusal):
    """The code does not open this vote."""

    status = 403
    sentence = _("That is not the code of this vote. Look at it once more.")


class TooManyFromHere(Refusal):
    """More people without an account voted from one connection than a school has."""

    status = 429
    wait = 3600
    sentence = _(
        "Very many people have voted from your connection already. Come in with an account to vote."
    )


class NotClosedYet(Refusal):
    """A vote is answered once it is closed."""

    status = 409
    sentence = _("The vote is still open. Answer it once it is closed.")


class AlreadyAnswered(Refusal):
    """The makers have answered."""

    status = 409
    sentence = _("This vote has been answered already.")


class NotAnsweredYet(Refusal):
    """What is done of a vote shows once it is said what is done."""

    status = 409
    sentence = _("Answer the vote first: say what you do, and why.")


class NothingThatShows(Refusal):
    """What was decided shows in an entry that came after the answer, for the same readers."""

    status = 422
    sentence = _(
        "Choose an entry of the work that came after your answer, and that those who voted may"
        " read."
    )


class AnswerMissing(Refusal):
    """Those who voted are owed a reason."""

    status = 422
    sentence = _("Say why, in a sentence at least: those who voted are owed it.")


class VoteBinds(Refusal):
    """The makers said before that the vote binds, and would do something else."""

    status = 409
    sentence = _("You said before that this vote binds. Do what was decided, and say how.")
