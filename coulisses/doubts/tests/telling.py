"""Doubts at hand: `told` tells one, `ana` speaks of it."""

from coulisses.moments import rules as moments
from coulisses.testing import given


def told(project, kind="doubt", title="Is the red too loud?", *, minute=1, **said):
    """Tell a moment; return its position."""
    at = given.minutes(minute)
    by = given.ana().voice_id
    entry = moments.tell(project, kind=kind, title=title, by=by, happened_at=at, told_at=at, **said)
    return entry.position


def ana(minute=5):
    """Ana's hand, and an hour."""
    return {"by": given.ana().voice_id, "at": given.minutes(minute)}


HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}  # what a browser says of a form of this house
