"""Verified once: a maker says that a guest is a person, or a code that was sent to them does."""

import re
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.crypto import constant_time_compare

from coulisses.guests.models import WORDS, Accepted, Proof
from coulisses.guests.refusals import AddressNeeded, NotAGuestHere, WrongCode
from coulisses.lib import calm
from coulisses.lib.refusals import require
from coulisses.people import letters
from coulisses.people.models import Guest
from coulisses.people.rules import digest
from coulisses.projects.models import Project

LIVES = timedelta(minutes=15)
MOST_TRIES = 5
MOST_LETTERS = 3  # to one address, or of one guest, within an hour
AN_HOUR = timedelta(hours=1)
LONGEST = 254

# Whoever types a name and an address sends a letter to a stranger: it shall lead nowhere.
_LINK = re.compile(r"\S*(?:://|www\.|@|\w\.\w)\S*", re.IGNORECASE)


def is_a_person(project: Project, voice: str, *, at: datetime) -> None:
    """Say that a guest who gave something to a project is a person. Raises NotAGuestHere."""
    require(_has_given(project, voice), NotAGuestHere)
    Guest.objects.filter(voice=voice, verified_at=None).update(verified_at=at)


def take_back(project: Project, voice: str) -> None:
    """Take back that a guest is a person: a hand slipped. Who showed an address stays known.

    Raises NotAGuestHere.
    """
    require(_has_given(project, voice), NotAGuestHere)
    Guest.objects.filter(voice=voice, email="").update(verified_at=None)


def send(guest: Guest, *, email: str, language: str, at: datetime) -> Proof:
    """Send a code of six digits to an address; the one before ends.

    Raises AddressNeeded, TooOften.
    """
    email = email.strip()
    require(len(email) <= LONGEST and _is_address(email), AddressNeeded)
    for name in (guest.pk, email.lower()):
        calm.require(f"guest-letter:{name}", most=MOST_LETTERS, within=AN_HOUR)
    code = f"{secrets.randbelow(10**6):06}"
    said = {"email": email, "digest": _digest(guest, code), "tries": 0, "at": at}
    said["expires_at"] = at + LIVES
    proof, _is_new = Proof.objects.update_or_create(guest=guest, defaults=said)
    context = {"code": code, "name": _LINK.sub("…", guest.voice.name)}
    letters.write(email, "guest_code", context, language=language, holds_code=True)
    return proof


def prove(guest: Guest, *, code: str, at: datetime) -> None:
    """Show that one reads what comes to an address. Raises WrongCode, after five tries for good."""
    live = Proof.objects.filter(guest=guest, expires_at__gt=at, tries__lt=MOST_TRIES)
    # Counted before it is looked at: tries at the same moment are each one of the five.
    require(live.update(tries=F("tries") + 1), WrongCode)
    proof = Proof.objects.get(guest=guest)
    typed = _digest(guest, "".join(one for one in code[:20] if one.isdigit()))
    require(constant_time_compare(proof.digest, typed), WrongCode)
    Guest.objects.filter(pk=guest.pk).update(email=proof.email, verified_at=at)
    proof.delete()


def _has_given(project: Project, voice: str) -> bool:
    gave = Accepted.objects.filter(project=project, voice=voice, what=WORDS).exists()
    return gave and Guest.objects.filter(voice=voice).exists()


def _digest(guest: Guest, code: str) -> str:
    return digest(f"{guest.pk}:{code}")


def _is_address(said: str) -> bool:
    try:
        validate_email(said)
    except ValidationError:
        return False
    return True
