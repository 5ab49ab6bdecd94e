"""What every card looks up, written out: through the ORM it costs three times as much."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from coulisses.lib import once
from coulisses.people.models import Guest, Voice

GUEST = """
    select guest.*, voice.name, voice.is_named from people_guest as guest
        join people_voice as voice on voice.id = guest.voice_id and voice.erased_at is null
    where guest.id in ({places})"""
SHUNNED = """
    select shun.whom_id, whom.became_id from people_shun as shun
        join people_voice as whom on whom.id = shun.whom_id where shun.voice_id = %s"""
WHOLE = "select coalesce(became_id, id) from people_voice where id = %s"
NAMES = """select one.id, coalesce(whole.name, one.name) from people_voice one
    left join people_voice whole on whole.id = one.became_id
    where coalesce(whole.is_named, one.is_named) and one.id in ({places})"""

KNOWN = """select one.id from people_voice one
    join people_voice whole on whole.id = coalesce(one.became_id, one.id)
    where one.id in ({places}) and (
        exists (select 1 from people_account where voice_id = whole.id)
        or exists (select 1 from people_guest
            where voice_id = whole.id and verified_at is not null))"""


def names(voices: Collection[str]) -> dict[str, str]:
    """Return the names of those voices that let theirs be shown; a guest's that they became."""
    if not voices:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMES.format(places=", ".join(["%s"] * len(voices))), [*voices])
        return dict(cursor.fetchall())


def shunned(voice: str) -> set[str]:
    """Return whom somebody would rather not hear, as what they became."""
    with connection.cursor() as cursor:
        cursor.execute(SHUNNED, [voice])
        return {became or whom for whom, became in cursor.fetchall()}


def known(voices: Collection[str]) -> set[str]:
    """Return those voices that the house knows: of accounts, and of guests who are verified."""
    if not voices:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN.format(places=", ".join(["%s"] * len(voices))), [*voices])
        return {one for (one,) in cursor.fetchall()}


@once.asked
def whole(voice: str, *, is_held: bool = False) -> str:
    """Return the voice by which somebody goes now: what a guest's became, or the same.

    Held, a guest who makes an account meanwhile does so before this transaction or after it. On
    SQLite every one that writes is alone already.
    """
    needs_lock = is_held and connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(f"{WHOLE} for share" if needs_lock else WHOLE, [voice])
        found = cursor.fetchone()
    return str(found[0]) if found else voice


def guest(key: str) -> Guest | None:
    """Return a guest with their voice; None where there is none whose name was left standing."""
    return guests([key]).get(key)


def guests(keys: Collection[str]) -> dict[str, Guest]:
    """Return those guests whose name was left standing, with their voices, by their keys."""
    known: dict[str, Guest] = {}
    asked = GUEST.format(places=", ".join(["%s"] * len(keys)))
    found: Any
    for found in Guest.objects.raw(asked, [*keys]) if keys else ():
        said = [found.voice_id, found.name, found.is_named, None]
        found.voice = Voice.from_db(connection.alias, ["id", "name", "is_named", "erased_at"], said)
        known[found.pk] = found
    return known
