"""A house that sends letters, a work that moves, and people who follow it."""

import re
from contextlib import contextmanager
from datetime import timedelta

from aiosmtpd.controller import Controller
from django.utils import timezone

from coulisses.capture.kinds import CaptureTaken
from coulisses.following import rounds, tokens
from coulisses.following.models import Follower, Round
from coulisses.mail import sending
from coulisses.moments import rules as moments
from coulisses.people import letters
from coulisses.projects import telling
from coulisses.testing import given
from coulisses.testing.programs import free_port

HOUSE = "https://house.example.org"
DAN = "dan@far.test"


def say(project, title, *, ago=5, kind="note", **more):
    """Tell something so many minutes ago."""
    at = timezone.now() - timedelta(minutes=ago)
    said = {"kind": kind, "title": title, "by": given.ana().voice_id, **more}
    return moments.tell(project, happened_at=at, told_at=at, **said)


def save(project, path, *, once, ago=5):
    """Tell a save that says nothing but its file."""
    at = timezone.now() - timedelta(minutes=ago)
    version = {"version": "0" * 64, "bytes": 1}
    change = {"path": path, "what": "added", "kind": "picture", "before": None, "after": version}
    fact = CaptureTaken(source="hull", revision=once, changes=[change])
    return telling.tell(project, fact, by=given.ana().voice_id, happened_at=at, told_at=at)


def follower(project, address=DAN, *, rhythm="each", language="en", position=None, **more):
    """Return somebody who follows a project from here on."""
    now = timezone.now()
    project.work.refresh_from_db()
    made = Follower.objects.create(
        project=project,
        address=address,
        rhythm=rhythm,
        language=language,
        position=project.work.size if position is None else position,
        **{"asked_at": now, "confirmed_at": now, **more},
    )
    rounds.prepare(project, rhythm, at=now - timedelta(hours=2))
    return made


def due():
    """Have the clock strike for every round, and write what is due."""
    Round.objects.filter(upto=None).update(due_at=timezone.now() - timedelta(seconds=1))
    while rounds.write():
        pass


def path(made):
    """Return the address of the page behind somebody's token."""
    return tokens.path(made)


class Postbox:
    """Takes letters, and refuses those for whom `refused` has words."""

    def __init__(self):
        self.taken, self.refused = [], {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope)
        return "250 Taken"


@contextmanager
def running(box):
    """Run a mail server that fills a postbox; yields its address."""
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield f"smtp://127.0.0.1:{port}"
    server.stop()


def leave():
    """Send all letters that wait."""
    while sending.send_due():
        pass


def link(text):
    """Return the path of the first link to a following in a letter's text."""
    return re.search(rf"{HOUSE}(/following/\S+/)", text)[1]


__all__ = ["DAN", "HOUSE", "Postbox", "due", "follower", "leave", "letters", "link", "path", "say"]
