"""Who acts: somebody signed in, or a guest whose browser keeps by which name they came in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.lib.text import clean_name, shorten
from coulisses.people import crowds, rows, unhurried
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

    @property
    def is_nameless(self) -> bool:
        """Whether this is a passer-by, or somebody who took part without a name so far."""
        return self.account is None and not self.name

    def require(self) -> "Actor":
        """Return the actor. Raises SayWhoYouAre for whoever gave no name."""
        require(self.voice and not self.is_nameless, SayWhoYouAre)
        return self


NOBODY = Actor()


def of(request: Any) -> Actor:
    """Return who acts in a request; NOBODY for a passer-by. Found out once."""
    known: Actor | None = getattr(request, "actor", None)
    if known is None:
        known = request.actor = _find_out(request)
    return known


def _find_out(request: Any) -> Actor:
    if isinstance(request.user, Account):
        account = request.user
        return Actor(account.voice_id, account.voice.name, account=account)
    key = request.session.get(KEPT)
    guest = rows.guest(key) if key else None
    return Actor(guest.voice_id, guest.voice.name, guest=guest) if guest else NOBODY


@transaction.atomic
def come_in(request: Any, *, name: str, at: datetime) -> Actor:
    """Let a passer-by act as a guest under a name, from this browser. Raises NameNeeded, TooOften.

    Who took part without a name gives it to what they did already.
    """
    if not of(request).voice:
        crowds.require_few(request)
    name = shorten(clean_name(name), LONGEST_NAME)
    require(name, NameNeeded)
    known, is_hurried = of(request).guest, not unhurried.is_unhurried(request.POST)
    if known is None or known.voice.name:
        return _let_in(request, Voice(name=name, is_named=True), at, is_hurried=is_hurried)
    Voice.objects.filter(pk=known.voice_id).update(name=name, is_named=True)
    Guest.objects.filter(pk=known.pk).update(is_hurried=is_hurried)
    request.actor = Actor(known.voice_id, name, guest=known)
    return of(request)


def slip_in(request: Any, *, at: datetime) -> Actor:
    """Return who acts; a passer-by becomes a guest without a name, whom this browser remembers."""
    known = of(request)
    return known if known.voice else _let_in(request, Voice(), at)


@transaction.atomic
def _let_in(request: Any, voice: Voice, at: datetime, *, is_hurried: bool = False) -> Actor:
    voice.save(force_insert=True)
    guest = Guest.objects.create(voice=voice, created_at=at, is_hurried=is_hurried)
    return remember(request, guest)


def remember(request: Any, guest: Guest) -> Actor:
    """Have a browser's session know a guest from now on."""
    if request.session.session_key:
        request.session.cycle_key()  # one that somebody planted in this browser is theirs alone
    request.session[KEPT] = guest.pk
    request.session.set_expiry(STAYS)
    request.actor = Actor(guest.voice_id, guest.voice.name, guest=guest)
    return of(request)
