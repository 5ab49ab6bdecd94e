"""What readers of a stage share is read once for each of its states, and its page is light."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.accounts import rules as accounts
from coulisses.cheers import here
from coulisses.cheers import rules as cheers
from coulisses.credits import gathering
from coulisses.credits import rules as credit
from coulisses.decisions import answering, closing, rules
from coulisses.decisions.tests.voting import plan
from coulisses.doubts import leads
from coulisses.doubts import rules as doubts
from coulisses.moments import rules as moments
from coulisses.people.acting import Actor
from coulisses.projects import heard, recent, team, trail
from coulisses.projects.credited import ROLES
from coulisses.sessions import announcing
from coulisses.sessions import rules as sessions
from coulisses.testing import given
from coulisses.voices import rules as voices

pytestmark = pytest.mark.django_db
HEAVIEST = 48_000  # bytes of a stage of thirty cards, uncompressed
MOST_ASKED = {"maker": 9, "guest": 9}  # of the database, by who reads the same stage again
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|data-(?:left|until)="[^"]*"')


def told(boat, kind="progress", title="A step", **more):
    now, by = timezone.now(), given.ana().voice_id
    return moments.tell(boat, kind=kind, title=title, by=by, happened_at=now, told_at=now, **more)


def page(client, boat):
    return TOKEN.sub("", client.get(boat.path).content.decode())


def acts(boat, at):
    """Yield what everybody does around a boat, one act after another, and what it is called."""
    ana, cleo = given.ana().voice_id, given.cleo()
    by = {"by": cleo.voice_id, "at": at}
    step, doubt = told(boat), told(boat, "doubt", "Is it round?", asks="advice")
    yield "told", None
    yield "cheer", cheers.give(boat, step, "courage", **by)
    yield "cheer of a doubt", cheers.give(boat, doubt, "courage", **by)
    yield "said", (word := voices.say(boat, step, voices.draft(step, words="Blue?"), **by))
    yield "lead", (lead := leads.offer(boat, doubt, words="Turn it over.", **by))
    yield "hidden", heard.hide(boat, word.position, reason="It hurts", at=at)
    yield "restored", heard.restore(boat, word.position)
    yield "kept", leads.keep(boat, doubt, lead.position, by=ana, at=at)
    yield (
        "settled",
        doubts.settle(boat, doubt.position, settled_by=told(boat).position, by=ana, at=at),
    )
    tie = {"voice": cleo.voice_id, "gave": word.position, "became": step.position}
    yield "tied", trail.tie(boat, **tie, how="shaped", at=at)
    yield "vote", (vote := rules.put(boat, plan(at=at), by=ana, at=at))
    yield "ballot", rules.cast(vote, ("a",), **by)
    yield "closed", (closed := closing.close(vote, by=ana, at=at))
    yield "answered", answering.answer(closed, words="Red.", chosen=["a"], by=ana, at=at)
    yield "failed", told(boat, "failure", "It sank")
    yield "gathered", gathering.gather(boat, at=at)
    yield "thanked", credit.add(boat, name="Gus", role=ROLES[-1], words="", by=ana, at=at)
    yield (
        "announced",
        announcing.announce(
            boat, announcing.Plan(at + timedelta(hours=2), 60, "Sanding"), by=ana, at=at
        ),
    )
    yield "at work", sessions.start(boat, by=ana, at=at)
    yield "over", sessions.end(boat, by=ana, at=at)
    yield "here", here.show(boat, Actor(cleo.voice_id, "Cleo", account=cleo), at=at)
    yield "renamed", accounts.rename(cleo, name="Clio")
    invited, _secret = team.invite(boat.studio, role="maker", whom="Cleo", by=given.ana(), at=at)
    yield "of the team", team.accept(invited, by=cleo, at=at)
    yield "gone", cheers.take_back(boat, step, "courage", **by)


def test_every_act_stands_on_the_next_page_of_everybody():
    boat, at = given.project(), timezone.now()
    readers = [given.come_in(Client(), who) for who in (given.ana(), given.guest())]
    moved = set()
    for name, _done in acts(boat, at):
        shown = [page(client, boat) for client in readers]
        recent.forget(boat)
        assert shown == [page(client, boat) for client in readers], name
        moved |= {*shown}
    assert len(moved) > 30  # they saw it move


@pytest.fixture
def thirty():
    boat = given.project()
    for number in range(30):
        told(boat, title=f"Step {number}")
    return boat


def test_thirty_cards_weigh_little(thirty):
    html = Client().get(thirty.path).content
    assert html.count(b"<article") == 30 and len(html) < HEAVIEST


def test_who_reads_a_stage_again_asks_little(thirty):
    for name, who in (("maker", given.ana()), ("guest", given.guest())):
        client = given.come_in(Client(), who)
        client.get(thirty.path)
        with CaptureQueriesContext(connection) as asked:
            client.get(thirty.path)
        said = "\n".join(one["sql"][:200] for one in asked.captured_queries)
        assert len(asked) <= MOST_ASKED[name], said
