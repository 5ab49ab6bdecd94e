"""Guests of many browsers at once: whom their sessions keep, in two queries."""

from collections.abc import Collection

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from coulisses.people import rows
from coulisses.people.acting import KEPT, Actor

EXPIRY = "_session_expiry"  # Django's own key, beside the guest


def guests(sessions: Collection[str]) -> dict[str, Actor]:
    """Return the guests of those sessions that keep one and nothing else, by the session's key.

    Whoever is signed in, or may watch a rehearsal, is not among them.
    """
    store, keys = SessionStore(), {}
    open_ones = Session.objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    for key, data in open_ones.values_list("session_key", "session_data"):
        kept = store.decode(data)
        if kept.keys() - {EXPIRY} == {KEPT}:
            keys[key] = kept[KEPT]
    known = rows.guests(set(keys.values()))
    return {
        key: Actor(known[guest].voice_id, known[guest].voice.name, guest=known[guest])
        for key, guest in keys.items()
        if guest in known
    }
