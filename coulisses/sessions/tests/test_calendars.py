"""Announced sessions in calendars: one event for ever, and nothing that words could forge."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from coulisses.projects import rules as projects
from coulisses.sessions import announcing, rules
from coulisses.sessions.announcing import Plan
from coulisses.testing import given

pytestmark = pytest.mark.django_db

STAGE = "/@atelier/boat/"


def announce(project, *given_plan, at=given.NOON, **said):
    plan = Plan(given.minutes(60), 90, **{"title": "The varnish", "about": "Come.", **said})
    what = given_plan[0] if given_plan else plan
    return announcing.announce(project, what, by=given.ana().voice_id, at=at)


def event(address=f"{STAGE}sessions/1/session.ics", client=None):
    answer = (client or Client()).get(address)
    assert answer["Content-Type"].startswith("text/calendar"), answer.status_code
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_knows_the_same_event_whatever_happens_to_it():
    project = given.project()
    by = given.ana().voice_id
    announce(project)
    [first] = event()
    later = Plan(given.minutes(120), 90, "The varnish", "Come.")
    announcing.change(project, 1, later, by=by, at=given.minutes(1))
    [moved] = event()
    announcing.call_off(project, 1, words="Rain", by=by, at=given.minutes(2))
    [gone] = event()
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert [one["SEQUENCE"] for one in (first, moved, gone)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (first, moved, gone)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]
    assert first.start == given.minutes(60) and moved.start == given.minutes(120)
    assert first.end - first.start == timedelta(minutes=90)
    assert str(first["URL"]) == "http://testserver/@atelier/boat/sessions/1/"
    assert "Rain" in str(gone["DESCRIPTION"])


def test_a_projects_calendar_holds_all_that_is_announced(settings):
    settings.PUBLIC_URL = "https://boats.test"
    project = given.project()
    now = timezone.now()
    for days in (1, 2, 3):
        announce(project, Plan(now + timedelta(days=days), 60, f"Coat {days}"), at=now)
    announcing.call_off(project, 2, by=given.ana().voice_id, at=now)
    rules.start(project, by=given.ana().voice_id, at=now)
    found = event(f"{STAGE}sessions/calendar.ics")
    assert [str(one["SUMMARY"]) for one in found] == [f"Coat {days} · Boat" for days in (1, 2, 3)]
    assert str(found[1]["STATUS"]) == "CANCELLED"
    assert str(found[0]["URL"]).startswith("https://boats.test/@atelier/boat/sessions/")


def test_words_cannot_write_lines_of_a_calendar():
    project = given.project()
    about = "Come.\nATTACH:file:///etc/passwd\r\nEND:VEVENT; , \\ é"
    announce(project, about=about)
    answer = Client().get(f"{STAGE}sessions/1/session.ics")
    lines = answer.content.decode().split("\r\n")
    assert not [line for line in lines if line.startswith("ATTACH")]
    assert lines.count("END:VEVENT") == 1
    assert max(len(line.encode()) for line in lines) <= 75
    [one] = event()
    assert "ATTACH:file:///etc/passwd\nEND:VEVENT; , \\ é" in str(one["DESCRIPTION"])


def test_what_nobody_announced_has_no_event():
    project = given.project()
    rules.start(project, by=given.ana().voice_id, at=given.NOON)
    assert Client().get(f"{STAGE}sessions/1/session.ics").status_code == 404


def test_a_shredded_announcement_leaves_pages_and_calendars():
    project = given.project()
    session = announce(project, title="My secret", about="My other secret")
    projects.shred(
        project,
        session.told_position,
        reason="too much",
        by=given.ana().voice_id,
        at=given.minutes(1),
    )
    for address in ("sessions/1/", "sessions/", "sessions/1/session.ics", "sessions/calendar.ics"):
        assert b"secret" not in Client().get(STAGE + address).content, address
