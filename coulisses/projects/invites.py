"""What an entry invites to: what a doubt asks for decides what those who read it are offered."""

from typing import TypedDict

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry


class Offers(TypedDict):
    """Whether leads, words and cheers are offered under an entry."""

    leads: bool
    words: bool
    cheers: bool


class AsksOnlyToBeHeard(Refusal):
    """A doubt asks for somebody who listens: it is answered by courage alone."""

    status = 409
    sentence = _("This doubt asks to be heard, nothing more. Courage is welcome; words can wait.")


def offers(entry: Entry) -> Offers:
    """Return what an entry invites to, by what it asks for.

    Advice invites leads, eyes words at places, courage cheers; who just wants to be heard gets
    courage alone. What is no doubt, and a doubt that doesn't say, invites words and cheers.
    """
    asks = getattr(entry.fact, "asks", "") if entry.topic == "doubt" else ""
    return {"leads": asks == "advice", "words": asks != "listening", "cheers": True}


def require_words(entry: Entry) -> None:
    """Raise AsksOnlyToBeHeard where an entry invites to no words."""
    require(offers(entry)["words"], AsksOnlyToBeHeard)
