"""What a room that is kept says no to."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal
from coulisses.projects.gates import ProveFirst


class AskedToRest(Refusal):
    """The team has asked this voice to rest."""

    status = 403
    sentence = _(
        "The team has asked you to rest for a while: “%(reason)s”. You can read on, and your words"
        " stay in this form. You may appeal: “How this room is kept” leads there."
    )
    leads = _("What was done about you")


class ThreadIsClosed(Refusal):
    """Nothing more is said under this entry."""

    status = 409
    sentence = _("The makers have closed what is said here. You can read all of it.")


class OnlyEstablished(ProveFirst):
    """Only established voices speak in this room, and this one is none."""

    sentence = _(
        "In this room speaks whoever has shown an address, or whose words have stood here for"
        " %(days)s days. Show one on the page “You”, or ask the team; your words stay in this form."
    )
    leads = _("Show an address")


class NotWelcome(Refusal):
    """Whoever is answered has blocked this voice."""

    status = 403
    sentence = _(
        "Whoever you answer here would rather not hear from you. You can begin a thread of your"
        " own, or let it be."
    )


class TooSoon(Refusal):
    """The room is in slow mode."""

    status = 429
    wait = 30
    sentence = _(
        "This room takes its time: one word each %(seconds)s seconds. Yours can wait here."
    )


class TooManyAtOnce(Refusal):
    """A voice says more than a person would."""

    status = 429
    wait = 60
    sentence = _("That was a lot in a short time. Wait a minute; nothing you typed is lost.")


class EnoughWaits(Refusal):
    """Much of this voice waits for a look already."""

    status = 429
    wait = 3600
    sentence = _("Some of your words wait for a look already. Let the team read those first.")


class RoomIsFull(Refusal):
    """More waits for a look in a room than a team reads."""

    status = 429
    wait = 300
    sentence = _(
        "More waits for a look here than the team can read just now. Yours stays in this form: try"
        " again in a few minutes."
    )


class ReasonNeeded(Refusal):
    """An act of moderation needs a reason."""

    status = 400
    sentence = _("Say why, in a few words: whoever wrote it reads them.")


class NothingWaits(Refusal):
    """What was to be looked at is no longer there."""

    status = 404
    sentence = _("That waits no longer: somebody has looked at it already.")


class NotSaid(Refusal):
    """Only what a voice said can be hidden."""

    status = 409
    sentence = _("Only what a voice said can be hidden, and what is hidden shown again.")


class TeamSpeaksFreely(Refusal):
    """One of the team can't be asked to rest."""

    status = 409
    sentence = _("This is one of your team. Owners say who belongs to it.")


class RulesTooLong(Refusal):
    """The rules of a room are longer than anybody reads."""

    status = 422
    sentence = _("That is too long to be read before one speaks: %(most)s characters at most.")


class NothingToAppeal(Refusal):
    """No such act concerns whoever asks, or they have appealed already."""

    status = 409
    sentence = _("There is nothing here to appeal against, or you have appealed already.")


class AppealEmpty(Refusal):
    """An appeal says nothing."""

    status = 422
    sentence = _("Say in a sentence or two why you see it otherwise.")


class SomebodyElseAnswers(Refusal):
    """Whoever acted can't answer the appeal against it."""

    status = 403
    sentence = _("Somebody else answers this: another maker of the team, or the host of the house.")


class AppealAnsweredAlready(Refusal):
    """An appeal has an answer, or there is none."""

    status = 409
    sentence = _("This appeal has its answer already.")
