"""What happened since last time: a few lines, as much work however long ago."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coulisses.pages.tests import told
from coulisses.pins import rules as pins
from coulisses.projects import rules as projects
from coulisses.recaps import since
from coulisses.testing import given

pytestmark = pytest.mark.django_db

SINCE = "/@atelier/boat/since/"


def lines(after, client=None):
    """Return the lines since a number, without their tags."""
    html = (client or Client()).get(f"{SINCE}{after}/lines").content.decode()
    rows = re.findall(r"<li>(.*?)</li>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in rows]


@pytest.fixture
def boat():
    return told.everything("boat")


@pytest.mark.both_databases
def test_saves_are_counted_with_their_files_and_the_rest_is_named(boat):
    pins.pin(boat, 10, by=given.ana().voice_id, at=given.minutes(300))
    assert lines(4) == [
        "13 3 saves of 2 files",
        "5 progress A progress",
        "6 doubt A doubt",
        "7 failure A failure",
        "8 breakthrough A breakthrough",
        "9 question A question",
        "10 milestone A milestone pinned",
        "15 note The last plank",
    ]
    assert lines(10) == ["13 3 saves of 2 files", "15 note The last plank"]


def test_whoever_saw_it_all_is_told_nothing_and_the_page_says_so(boat):
    for after in (15, 10**18):
        answer = Client().get(f"{SINCE}{after}/lines")
        assert answer.status_code == 200 and not answer.content.strip()
        assert "You have seen it all." in Client().get(f"{SINCE}{after}").content.decode()
    assert Client().get(f"{SINCE}{10**30}").status_code == 404


def test_the_page_works_by_itself_and_has_the_same_lines(boat):
    page, part = (Client().get(f"{SINCE}4{one}").content.decode() for one in ("", "/lines"))
    rows = re.findall(r"<li>.*?</li>", part, re.DOTALL)
    assert len(rows) == 8 and all(one in page for one in rows) and "<html" not in part
    assert 'content="noindex"' in page


def test_what_is_long_ago_costs_no_more_and_is_said_roughly(monkeypatch, boat):
    def asked(after):
        with CaptureQueriesContext(connection) as queries:
            found = lines(after)
        return found, len(queries)

    monkeypatch.setattr(since, "NEAR", 20)
    near = asked(4)
    for number in range(40):
        told.save(boat, told.code(), title=f"Save {number}", at=given.minutes(3000 + number))
    far = asked(4)
    assert near[0][0] == "13 3 saves of 2 files" and far[0][0] == "55 51 numbers further"
    assert far[1] <= near[1]


def test_a_member_hears_what_members_are_told_and_eve_does_not(boat):
    assert not any(told.SECRET in one for one in lines(10))
    cleo, eve = Client(), Client()
    cleo.force_login(given.cleo())
    eve.force_login(given.eve())
    assert any(told.SECRET in one for one in lines(10, cleo))
    assert lines(10, eve) == lines(10)
    circle = boat.tiers.first().pk
    before = Client().get(f"{SINCE}15").content
    told.say(boat, "Hush", audience=circle, at=given.minutes(400))
    assert b"Hush" not in Client().get(f"{SINCE}15").content and lines(15) == []
    assert "Nothing new" in before.decode()


def test_shredded_words_are_told_no_more(boat):
    projects.shred(boat, 7, reason="in haste", by=given.ana().voice_id, at=given.minutes(300))
    assert not any("A failure" in one for one in lines(4))


def test_a_rehearsal_tells_nobody_outside_and_nothing_is_sent_here(boat):
    given.project("punt", is_raised=False)
    for client in (Client(), Client()):
        assert client.get("/@atelier/punt/since/1").status_code == 404
        assert client.get("/@atelier/punt/since/1/lines").status_code == 404
    assert Client().post(f"{SINCE}4").status_code == 405


def test_the_stage_has_a_place_for_it_and_an_older_page_has_none(boat):
    stage = Client().get("/@atelier/boat/").content.decode()
    assert f'<since-last project="{boat.work_id}" src="{SINCE}" position="15"' in stage
    assert "<since-last" not in Client().get("/@atelier/boat/?before=9").content.decode()
