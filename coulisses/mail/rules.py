"""What a host may do with letters: verbs."""

from datetime import datetime

from coulisses.lib.refusals import require
from coulisses.mail.models import Letter
from coulisses.mail.refusals import LetterNotWaiting


def try_again(letter: int, *, at: datetime) -> None:
    """Have a letter that is not sent be tried at once. Raises LetterNotWaiting."""
    unsent = Letter.objects.filter(pk=letter, sent_at=None)
    require(unsent.update(due_at=at, given_up_at=None), LetterNotWaiting)
