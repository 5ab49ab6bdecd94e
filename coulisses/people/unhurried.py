"""Whether somebody took the time that a person takes: a field that nobody sees, and a signed hour.

Pages for passers-by are kept as bytes that all share, so that no hour stands in them: the page
asks for one when somebody first touches the form (`touched`). One made for one person brings it.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core import signing

LONGEST = timedelta(days=2)  # for which an hour is believed
UNSEEN = "website"  # the field that people don't see
TOUCHED = "touched"  # the field with the signed hour
_signer = signing.TimestampSigner(salt="coulisses.people.unhurried")


def touched() -> str:
    """Return a signed word of this moment, for a form that somebody begins to fill in."""
    return _signer.sign("form")


def is_unhurried(said: Mapping[str, str]) -> bool:
    """Return whether a form was sent as by a person, who reads it and types."""
    shortest = settings.UNHURRIED_SECONDS
    if said.get(UNSEEN):
        return False
    if not shortest:
        return True
    word = said.get(TOUCHED, "")[:200]
    return _is_within(word, LONGEST) and not _is_within(word, timedelta(seconds=shortest))


def _is_within(word: str, age: timedelta) -> bool:
    try:
        _signer.unsign(word, max_age=age)
    except signing.BadSignature:  # an old one is one, too
        return False
    return True
