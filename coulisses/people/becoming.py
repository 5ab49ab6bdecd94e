"""Guests who made an account: what they said before is theirs, by a voice that became their own."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ForeignObjectRel, Model

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people import acting, merging
from coulisses.people.models import Account, Guest, Handle, Voice
from coulisses.people.refusals import NobodyWaits

A_READ = 500
ITSELF = {"account", "guest"}  # what a voice is, not what it did


def voices_of(voice: str) -> list[str]:
    """Return a voice and those of guests that became it: all by which somebody ever spoke."""
    return [voice, *Voice.objects.filter(became=voice).order_by("pk").values_list("pk", flat=True)]


def wholes(voices: Collection[str]) -> dict[str, str]:
    """Return, of these voices, those that became others', and whose; a few hundred a query."""
    asked, found = sorted(voices), dict[str, str]()
    for start in range(0, len(asked), A_READ):
        some = asked[start : start + A_READ]
        rows = Voice.objects.filter(pk__in=some, became__isnull=False)
        found.update((pk, str(became)) for pk, became in rows.values_list("pk", "became"))
    return found


def is_theirs(voice: str, by: str) -> bool:
    """Return whether what a voice said is whose who acts by another, or by the same."""
    return voice == by or Voice.objects.filter(pk=voice, became=by).exists()


def left_over(request: Any) -> Guest | None:
    """Return the guest whom the browser of somebody signed in still keeps, if it keeps one."""
    key = request.session.get(acting.KEPT) if isinstance(request.user, Account) else None
    guest = Guest.objects.select_related("voice").filter(pk=key).first() if key else None
    return guest if guest and not guest.voice.erased_at else None


def did_nothing(voice: str) -> bool:
    """Return whether nothing in this house is by a voice, or of it, but its account or guest."""
    if ledger.logs_of(voice) or Handle.objects.filter(holder=voice).exists():
        return False
    return not any(
        model._default_manager.filter(**{field: voice}).exists() for model, field in _rooms()
    )


def _rooms() -> Iterator[tuple[type[Model], str]]:
    """Yield every table that knows of voices, and its column."""
    for one in Voice._meta.get_fields(include_hidden=True):
        if isinstance(one, ForeignObjectRel) and one.name not in ITSELF:
            yield one.related_model, one.field.name


@transaction.atomic
def join(account: Account, guest: Guest, *, at: datetime) -> str:
    """Have what a guest said be an account's, under its name; return the guest's voice.

    A new account takes the guest's voice for its own; else the guest's became the account's, and
    its name is kept beside what it said, shown to nobody, until the account's is taken out.
    Raises NobodyWaits.
    """
    whole = Account.objects.select_for_update().select_related("voice").get(pk=account.pk)
    known = Guest.objects.select_for_update().select_related("voice").filter(pk=guest.pk).first()
    require(known, NobodyWaits)
    assert known
    known.delete()
    taken, own = known.voice, whole.voice
    if whole.created_at >= known.created_at and did_nothing(own.pk):
        Voice.objects.filter(pk=taken.pk).update(name=own.name, is_named=own.is_named)
        Account.objects.filter(pk=whole.pk).update(voice=taken)
        own.delete()
    else:
        merging.merge(taken, own, at=at)
        Voice.objects.filter(pk=taken.pk).update(became=own, is_named=False)
    return taken.pk


@transaction.atomic
def sweep(*, before: datetime, at_most: int) -> bool:
    """Forget guests from before a time who never did anything; return whether there may be more.

    Each is looked at once: who did something by then is kept.
    """
    rows = Guest.objects.filter(created_at__lt=before, is_kept=False).select_related("voice")
    found = list(rows.order_by("created_at")[:at_most])
    for guest in found:
        if did_nothing(guest.voice_id):
            guest.delete()
            guest.voice.delete()
    kept = Guest.objects.filter(pk__in=[one.pk for one in found if one.pk])
    kept.update(is_kept=True)
    return len(found) == at_most
