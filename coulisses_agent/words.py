"""A commit's message, as it may be told."""

from coulisses_agent.git import names
from coulisses_readers import message
from coulisses_readers.message import Words


def told(raw: bytes) -> Words:
    """Return a commit's message without addresses and without the people in its trailers."""
    return message.told(names.words(raw))
