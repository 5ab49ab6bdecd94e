"""Whoever watches a rehearsal reads what is told in it, and nothing that a desk holds."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.capture.rules import take
from coulisses.capture.tests import saves
from coulisses.moments import rules as moments
from coulisses.moments.models import Draft, State
from coulisses.people.models import Departure
from coulisses.projects import rules, team, viewers, withdrawing
from coulisses.projects.models import Role, Viewer
from coulisses.testing import given
from tools import reference

pytestmark = pytest.mark.django_db
HELD = "hush"  # stands in all that a viewer must not read


@pytest.fixture
def boat():
    """A rehearsal with all that its desk may hold."""
    boat, at = (
        given.project("boat", is_raised=False),
        {"by": given.ana().voice_id, "at": given.NOON},
    )
    told = {"by": at["by"], "happened_at": given.NOON, "told_at": given.NOON}
    moments.tell(boat, kind="note", title="the keel is laid", **told)
    gone = moments.tell(boat, kind="note", title=f"{HELD} shredded", **told)
    moments.shred(boat, gone.position, reason="", **at)
    for state in (State.OPEN, State.WAITING, State.TIMED):
        due = given.NOON if state == State.TIMED else None
        Draft.objects.create(
            project=boat, account=given.ana(), body=f"{HELD} {state}", state=state, due_at=due,
            kept_at=given.NOON, audience="public",
        )  # fmt: skip
    waits = saves.save(1, saves.added(f"{HELD}.png", "1"), title=f"{HELD} save", policy="hold")
    take(boat, [waits], by_owner=at["by"], at=given.NOON)
    viewers.let_watch(boat, label=f"{HELD} client", by=given.ana(), at=given.NOON)
    team.invite(boat.studio, role="owner", whom=f"{HELD} partner", by=given.ana(), at=given.NOON)
    rules.issue_token(boat.studio, given.ana(), label=f"{HELD} laptop", at=given.NOON)
    given.project("oar", is_raised=False, title=f"{HELD} oar")
    return boat


def watching(project):
    client = Client()
    client.get(given.watch_link(project))
    return client


def filled(address, places):
    """Return an address with something in each of its places."""
    return re.sub(r"<(\w+)>", lambda one: places.get(one[1], "1"), address)


def everything(client, project="boat"):
    """Yield every address once, how it is answered, and what it says."""
    asked_already = set()
    for position in range(1, 7):
        places = {
            "studio": "atelier", "project": project, "position": str(position), "index": "0",
            "side": "after", "variant": "small", "first": "1", "path": f"{HELD}.png",
            "rest": "0/000", "number": "1", "waiting_id": "1",
        }  # fmt: skip
        for address in reference.addresses():
            asked = "/" + filled(address, places)
            if asked in asked_already:
                continue
            asked_already.add(asked)
            answer = client.get(asked)
            body = b"".join(answer) if answer.streaming else answer.content
            yield asked, answer.status_code, body.decode(errors="replace").replace(asked, "")


def test_a_viewer_reads_nothing_that_is_held(boat):
    seen = {asked: body for asked, status, body in everything(watching(boat)) if status == 200}
    assert "the keel is laid" in seen["/@atelier/boat/"]
    assert [asked for asked, body in seen.items() if HELD in body] == []


@pytest.mark.parametrize(
    "how", ["the curtain rises", "the link is closed", "the work is withdrawn"]
)
def test_a_viewer_whose_time_is_over_sees_what_anybody_sees(boat, how):
    circle, told = given.tier(boat), {"happened_at": given.NOON, "told_at": given.NOON}
    by = given.ana().voice_id
    moments.tell(boat, kind="note", title=f"{HELD} for members", audience=circle.pk, by=by, **told)
    guest = watching(boat)
    assert HELD in guest.get("/@atelier/boat/").content.decode()
    if how == "the curtain rises":
        rules.raise_curtain(boat, by=by, at=given.NOON)
    elif how == "the link is closed":
        for one in Viewer.objects.filter(project=boat):
            viewers.revoke(boat, one.pk, at=given.NOON)
    else:
        Role.objects.filter(account=given.bo()).delete()
        asked = Departure.objects.create(
            account=given.ana(), withdraws=True, asked_at=given.NOON, due_at=timezone.now()
        )
        while withdrawing.some(given.ana(), asked):
            pass
    seen = [(asked, status, HELD in body) for asked, status, body in everything(guest)]
    outside = [(asked, status, HELD in body) for asked, status, body in everything(Client())]
    assert seen == outside
    assert not any(is_held for _, _, is_held in seen)
