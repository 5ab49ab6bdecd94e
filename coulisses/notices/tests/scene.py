"""A work that people speak around, and what they are told of it."""

import re
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from coulisses.mail import writing
from coulisses.mail.models import Letter
from coulisses.notices import mailing, people, pulling, showing
from coulisses.notices.models import Choice, Notice
from coulisses.testing import given
from coulisses.voices.tests import speaking

HOUSE = "https://house.example.org"


def proven(account, address=""):
    """Return an account whose address is confirmed."""
    address = address or f"{account.voice.name.lower()}@far.test"
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    return account


def told(boat, title="The hull is round", **said):
    """Return an entry that Ana told."""
    return speaking.told(boat, title=title, **said)


def say(boat, entry, words, *, by, to=0):
    """Say something under an entry; return its position in the room."""
    return speaking.say(boat, entry, words, by=by, to=to).position


def pull():
    """Have the house look until there is no more to tell."""
    while pulling.pull():
        pass


def reader(who):
    """Return somebody as a reader of notices."""
    return people.reader_of(who.voice_id)


def sentences(who):
    """Return what somebody is told and has not read, the newest first."""
    return [one.sentence for one in showing.unread(reader(who), at=timezone.now())]


def chooses(who, **said):
    """Have somebody choose how they hear, whatever the hour."""
    Choice.objects.update_or_create(voice_id=who.voice_id, defaults=said)


def due():
    """Have the clock strike for all that is due by letter, and address it."""
    waiting = Notice.objects.filter(mail_at__isnull=False)
    waiting.update(mail_at=timezone.now() - timedelta(seconds=1))
    while mailing.write():
        pass


def letters():
    """Return what the letters that wait say, by whom they go to."""
    found = list(Letter.objects.filter(written_by="notices").order_by("pk"))
    said = writing.words(found)
    return {one.to: said[one.pk] for one in found if one.pk in said}


def links(text, part):
    """Return the paths of a letter's links below `/notices/<part>/`."""
    return re.findall(rf"{HOUSE}(/notices/{part}/\S+/)", text)


def a_thread():
    """Return a work, and what Ana is asked there by Cleo, answered by Bo: told and looked at."""
    boat = given.project()
    entry = told(boat)
    first = say(boat, entry, "Is it oak?", by=given.cleo())
    say(boat, entry, "It is larch.", by=given.bo(), to=first)
    pull()
    return boat, entry, first
