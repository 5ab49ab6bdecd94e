"""Guests of many browsers at once: whom their sessions keep, in two queries."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from coulisses.people import rows
from coulisses.people.acting import KEPT, Actor

COLUMNS = ("session_key", "session_data")
EXPIRY = "_session_expiry"  # Django's own key, beside the guest

_beside = {EXPIRY}


def may_stand_beside(key: str) -> str:
    """Have sessions that keep this, too, be those of guests; return it.

    It must open nothing that a guest's voice alone doesn't.
    """
    _beside.add(key)
    return key


def read(sessions: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """Return what each of these sessions keeps, of those that are open; one query."""
    store = SessionStore()
    open_ones = Session.objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    return {key: store.decode(data) for key, data in open_ones.values_list(*COLUMNS)}


def guests(sessions: Collection[str]) -> dict[str, Actor]:
    """Return the guests of those sessions that keep one and no more than may stand beside it.

    Whoever is signed in, or may watch a rehearsal, is not among them.
    """
    keys = {
        key: kept[KEPT] for key, kept in read(sessions).items() if kept.keys() - _beside == {KEPT}
    }
    known = rows.guests(set(keys.values()))
    return {
        key: Actor(known[guest].voice_id, known[guest].voice.name, guest=known[guest])
        for key, guest in keys.items()
        if guest in known
    }
