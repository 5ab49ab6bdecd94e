"""Who acts: somebody signed in, or a guest whose browser keeps by which name they came in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.lib.text import clean_name, shorten
from coulisses.people.models import Account, Guest, Voice
from coulisses.people.refusals import NameNeeded, SayWhoYouAre

KEPT = "guest"  # the session's key
LONGEST_NAME = 60
STAYS = 365 * 24 * 3600  # seconds for which a browser knows its guest


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a voice, and whose it is. Neither account nor guest is a passer-by."""

    voice: str = ""
    name: str = ""
    account: Account | None = None
    guest: Guest | None = None

    @property
    def is_guest(self) -> bool:
        """Whether this is somebody without an account."""
        return self.guest is not None

    def require(self) -> "Actor":
        """Return the actor. Raises SayWhoYouAre for a passer-by."""
        require(self.voice, SayWhoYouAre)
        return self


NOBODY = Actor()


def of(request: Any) -> Actor:
    """Return who acts in a request; NOBODY for a passer-by."""
    if isinstance(request.user, Account):
        account = request.user
        return Actor(account.voice_id, account.voice.name, account=account)
    key = request.session.get(KEPT)
    guest = Guest.objects.select_related("voice").filter(pk=key).first() if key else None
    if guest is None or guest.voice.erased_at:
        return NOBODY
    return Actor(guest.voice_id, guest.voice.name, guest=guest)


@transaction.atomic
def come_in(request: Any, *, name: str, at: datetime) -> Actor:
    """Let a passer-by act as a guest under a name, from this browser. Raises NameNeeded."""
    name = shorten(clean_name(name), LONGEST_NAME)
    require(name, NameNeeded)
    voice = Voice.objects.create(name=name, is_named=True)
    guest = Guest.objects.create(voice=voice, created_at=at)
    request.session.cycle_key()  # a session that somebody planted in this browser is theirs alone
    request.session[KEPT] = guest.pk
    request.session.set_expiry(STAYS)
    return Actor(voice.pk, name, guest=guest)
