"""An entry has one form as JSON, whichever way it leaves the house."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from coulisses.api.tests.programs import Program
from coulisses.live import frames
from coulisses.log import ledger
from coulisses.log.models import Log
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.ui.entries import render
from coulisses.webhooks import rules, saying
from coulisses.webhooks.models import Delivery

pytestmark = pytest.mark.django_db

BASE = "http://testserver"


@dataclass(frozen=True)
class Stream:
    """A stream of objects, of a project's work."""

    project: Project
    log: Log
    is_room: bool = False
    flavour: str = frames.JSON
    render: frames.Render = render
    base: str = BASE


@pytest.fixture
def boat(settings) -> Project:
    """A project in which all was told, one thing anew and one for members."""
    settings.PUBLIC_URL = BASE
    project, ana = told.everything("boat"), given.ana().voice_id
    said: Any = {"by": ana, "happened_at": given.NOON, "told_at": given.NOON}
    anew = moments.tell(project, kind="doubt", title="Is it lowd?", asks="eyes", **said)
    moments.amend(project, anew.position, title="", body="Is it loud?", by=ana, at=given.NOON)
    tier = given.tier(project, given.cleo())
    moments.tell(project, kind="note", title="A canary", audience=tier.pk, teaser="soon", **said)
    moments.tell(project, kind="note", title="Last", **said)
    return project


def known(project):
    return ledger.read(project.work, audiences=ledger.OUTSIDE, at=given.NOON)


def whole(position):
    return Program().get(f"atelier/boat/entries/{position}").json()


def test_streams_and_lists_have_the_same_objects_and_whole_ones_hold_them(boat):
    listed = Program().get("atelier/boat/entries?limit=200").json()["entries"]
    entries = [one for one in known(boat) if not getattr(one, "past", False)]
    sent = frames.entries(Stream(boat, boat.work), entries)
    streamed = [json.loads(one.data.partition(b"data: ")[2]) for one in sent]
    assert streamed == [one for one in listed if one["position"] in {e.position for e in entries}]
    for one in listed:
        found = whole(one["position"])
        is_anew = found["title"] == "Is it loud?"
        assert {name: found[name] for name in one if name != "title" or not is_anew} == {
            name: one[name] for name in one if name != "title" or not is_anew
        }


def test_a_webhook_is_sent_what_the_api_answers(boat):
    words = {"label": "bot", "form": "coulisses", "topics": ["doubt"], "at": given.NOON}
    webhook = rules.add(boat, address="https://bot.example/x", **words)
    told = [one for one in known(boat) if not isinstance(one, ledger.Curtained)]
    assert len(told) > 5
    for one in told:
        delivery = Delivery(webhook=webhook, position=one.position, made_at=given.NOON)
        message = saying.message(delivery, at=given.NOON)
        found = whole(one.position)
        if found["is_shredded"]:
            assert message is None
            continue
        data = json.loads(message.body)["data"]
        assert data.pop("project")["url"] == f"{BASE}{boat.path}"
        assert data == found


def test_what_is_curtained_is_so_in_every_form(boat):
    hidden = [one for one in known(boat) if isinstance(one, ledger.Curtained)][-1]
    found = whole(hidden.position)
    assert (found["kind"], found["is_curtained"], found["title"]) == (
        "entry.curtained",
        True,
        "soon",
    )
    [frame] = frames.entries(Stream(boat, boat.work), [hidden])
    assert b"event: entry.curtained\n" in frame.data and b"canary" not in frame.data


def test_words_said_anew_keep_who_edits_them_right(boat):
    [anew] = [one for one in known(boat) if getattr(one, "topic", "") == "doubt"][-1:]
    found = whole(anew.position)
    assert (found["title"], found["is_titled"], found["body"]) == (
        "Is it loud?",
        False,
        "Is it loud?",
    )
    assert [one["title"] for one in found["earlier"]] == ["Is it lowd?"]
