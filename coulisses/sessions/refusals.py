"""What sessions refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class SessionNotFound(Refusal):
    """No session of this project has that number."""

    status = 404
    sentence = _("This project has no such session.")


class SessionRuns(Refusal):
    """A session is running already."""

    status = 409
    sentence = _("A session is running already. Join it, or end it first.")


class NoSessionRuns(Refusal):
    """There is no running session to act on."""

    status = 409
    sentence = _("No session is running: it has ended already, or by itself.")


class AlreadyAtWork(Refusal):
    """Who joins is in the session already."""

    status = 409
    sentence = _("You are in this session already.")


class SessionIsOver(Refusal):
    """What has begun, is over or called off cannot be announced otherwise."""

    status = 409
    sentence = _("This session has begun already, or was called off.")


class SessionTitleMissing(Refusal):
    """An announced session has no title."""

    status = 422
    sentence = _("Give the session a title, so that people know what they come for.")


class SessionLineTooLong(Refusal):
    """A title, or what one is at, is longer than a line."""

    status = 422
    sentence = _("One line is enough here: at most %(most)s characters.")


class SessionWordsTooLong(Refusal):
    """The announcement's words are too long."""

    status = 422
    sentence = _("An announcement has at most %(most)s characters.")


class SessionInThePast(Refusal):
    """A session is announced for an hour that has passed."""

    status = 422
    sentence = _("That hour has passed. Choose one that is still to come.")


class SessionTooFar(Refusal):
    """A session is announced for a day too far away."""

    status = 422
    sentence = _("That is too far away. Announce a session within the next two years.")


class LengthMalformed(Refusal):
    """An expected length is nothing that a session can last."""

    status = 422
    sentence = _("A session is expected to last from %(least)s minutes to %(most)s hours.")


class TooManyAnnounced(Refusal):
    """A project has announced as many sessions as fit."""

    status = 422
    sentence = _("%(most)s sessions are announced already. Hold or call off one of them first.")
