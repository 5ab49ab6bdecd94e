"""Announced sessions: what may be announced, changed, called off, and how one begins."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from coulisses.log.models import Entry
from coulisses.sessions import announcing, deriving, ending, hours, queries, rules
from coulisses.sessions.announcing import Plan
from coulisses.sessions.models import Session
from coulisses.sessions.refusals import (
    HourMalformed,
    HourSkipped,
    LengthMalformed,
    SessionInThePast,
    SessionIsOver,
    SessionLineTooLong,
    SessionTitleMissing,
    SessionTooFar,
    SessionWordsTooLong,
    TooManyAnnounced,
)
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases

STAGE, DESK = "/@atelier/boat/", "/desk/@atelier/boat/sessions/"
SOON = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%d")
TYPED = {"day": SOON, "hour": "18:00", "minutes": "90", "title": "Varnish", "about": "All"}


def plan(after=60.0, minutes=90, title="The varnish", about="Come and ask."):
    return Plan(given.minutes(after), minutes, title, about)


def announce(project, *given_plan, at=given.NOON, **said):
    what = given_plan[0] if given_plan else plan(**said)
    return announcing.announce(project, what, by=given.ana().voice_id, at=at)


def ana():
    client = Client()
    client.force_login(given.ana())
    return client


def kinds(project):
    told = Entry.objects.filter(log=project.work, kind__startswith="session.")
    return [one.kind.removeprefix("session.") for one in told.order_by("position")]


def test_ana_announces_a_session():
    project = given.project()
    session = announce(project)
    assert queries.upcoming(project, at=given.NOON) == [session]
    told = Entry.objects.get(log=project.work, kind="session.announced")
    assert (told.fact.title, told.fact.planned_at) == ("The varnish", "2026-05-03T13:00:00Z")
    assert queries.upcoming(project, at=given.minutes(149)) == [session]
    assert queries.upcoming(project, at=given.minutes(150)) == []
    assert queries.next_of([project.pk], at=given.NOON) == {project.pk: session}
    checked(project.work)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"title": " "}, SessionTitleMissing),
        ({"title": "x" * 121}, SessionLineTooLong),
        ({"about": "x" * 2001}, SessionWordsTooLong),
        ({"after": -1}, SessionInThePast),
        ({"after": 60 * 24 * 800}, SessionTooFar),
        ({"minutes": 4}, LengthMalformed),
        ({"minutes": 721}, LengthMalformed),
    ],
)
def test_what_nobody_could_come_to_is_not_announced(said, refused):
    project = given.project()
    with pytest.raises(refused):
        announce(project, **said)
    assert Session.objects.count() == 0


def test_so_many_and_no_more_are_announced(monkeypatch):
    monkeypatch.setattr(announcing, "MOST", 2)
    project = given.project()
    announce(project)
    announce(project)
    with pytest.raises(TooManyAnnounced):
        announce(project)


def test_a_change_is_told_and_counted_and_none_is_not():
    project = given.project()
    by = given.ana().voice_id
    number = announce(project).number
    announcing.change(project, number, plan(), by=by, at=given.minutes(1))
    announcing.change(project, number, plan(title="Oil"), by=by, at=given.minutes(2))
    moved = announcing.change(
        project, number, plan(after=90, title="Oil"), by=by, at=given.minutes(3)
    )
    assert (moved.sequence, moved.title, moved.planned_at) == (2, "Oil", given.minutes(90))
    said = Entry.objects.filter(log=project.work, kind="session.changed").order_by("position")
    assert [one.fact.is_moved for one in said] == [False, True]


def test_who_waits_is_told_that_it_is_called_off():
    project = given.project()
    by = given.ana().voice_id
    number = announce(project).number
    announcing.call_off(project, number, words="The varnish is late", by=by, at=given.minutes(1))
    assert queries.upcoming(project, at=given.NOON) == []
    page = Client().get(f"{STAGE}sessions/1/").content.decode()
    assert "called off" in page and "The varnish is late" in page and "count-down" not in page
    for again in (announcing.call_off, announcing.change):
        more = {"plan": plan()} if again is announcing.change else {}
        with pytest.raises(SessionIsOver):
            again(project, number, **more, by=by, at=given.minutes(2))
    assert kinds(project) == ["announced", "called_off"]


def test_who_works_at_about_its_hour_starts_what_was_announced():
    project = given.project()
    announce(project, after=300, title="Later")
    session = announce(project)
    begun = rules.start(project, words="Sanding", by=given.ana().voice_id, at=given.minutes(5))
    assert (begun.pk, begun.title, begun.words) == (session.pk, "The varnish", "Sanding")
    page = Client().get(f"{STAGE}sessions/{begun.number}/").content.decode()
    assert "is-live" in page and "The varnish" in page
    assert rules.end(project, by=given.ana().voice_id, at=given.minutes(50)).number == 2


@pytest.mark.parametrize("after", [-1, 150])
def test_far_from_its_hour_another_one_starts(after):
    project = given.project()
    session = announce(project, at=given.minutes(-60))
    begun = rules.start(project, by=given.ana().voice_id, at=given.minutes(after))
    assert begun.pk != session.pk


def test_the_maker_may_start_it_at_any_hour():
    project = given.project()
    session = announce(project, after=60 * 24 * 3)
    by = given.ana().voice_id
    begun = rules.start(project, by=by, at=given.NOON, number=session.number)
    assert begun.pk == session.pk
    rules.end(project, by=by, at=given.minutes(5))
    with pytest.raises(SessionIsOver):
        rules.start(project, by=by, at=given.minutes(6), number=session.number)


def test_an_announced_session_that_was_forgotten_ends_like_others():
    project = given.project()
    announce(project)
    begun = rules.start(project, by=given.ana().voice_id, at=given.minutes(60))
    assert ending.end_if_forgotten(begun, at=given.minutes(300))


def test_the_log_tells_announcements_again():
    project = given.project()
    by = given.ana().voice_id
    for number in (1, 2, 3):
        announce(project, after=60 * number)
    announcing.change(project, 2, plan(after=130, title="Oil"), by=by, at=given.minutes(1))
    announcing.call_off(project, 3, words="No", by=by, at=given.minutes(2))
    rules.start(project, words="Now", by=by, at=given.minutes(50))
    left_out = ("id", "changed_at")
    kept = list(Session.objects.order_by("number").values())
    deriving.replay(project)
    for was, now in zip(kept, Session.objects.order_by("number").values(), strict=True):
        assert {n: v for n, v in was.items() if n not in left_out} == {
            n: v for n, v in now.items() if n not in left_out
        }


def test_the_desk_keeps_what_was_typed_when_it_cannot_be():
    given.project()
    answer = ana().post(f"{DESK}announced", {**TYPED, "day": "2020-01-01", "title": "My varnish"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "That hour has passed" in page
    assert 'value="My varnish"' in page and 'value="2020-01-01"' in page
    answer = ana().post(f"{DESK}announced", TYPED)
    assert (answer.status_code, answer["Location"]) == (302, f"{STAGE}sessions/1/")
    answer = ana().post(f"{DESK}1/", {**TYPED, "minutes": "1e3"})
    assert answer.status_code == 422 and 'value="1e3"' in answer.content.decode()
    assert ana().post(f"{DESK}1/", {**TYPED, "hour": "19:00"}).status_code == 302
    assert 'value="19:00"' in ana().get(f"{DESK}1/").content.decode()
    assert ana().post(f"{DESK}1/calling-off", {"words": "Rain"}).status_code == 302
    assert ana().get(f"{DESK}1/").status_code == 404


def test_a_page_to_wait_on_says_when_and_what_of():
    project = given.project()
    now = timezone.now()
    announce(project, Plan(now + timedelta(hours=3), 90, "The varnish", "Come and ask."), at=now)
    page = Client().get(f"{STAGE}sessions/1/")
    said = page.content.decode()
    assert "count-down" in said and "Come and ask." in said and "session.ics" in said
    assert " waits>" in said and 'src="/@atelier/boat/live"' in said
    until = Session.objects.get().planned_until
    assert float(page["X-Coulisses-Until"]) == until.timestamp()
    for address in (STAGE, "/", f"{STAGE}sessions/"):
        answer = Client().get(address)
        assert "The varnish" in answer.content.decode()
        assert float(answer["X-Coulisses-Until"]) == until.timestamp()


def test_a_session_that_nobody_began_says_so():
    project = given.project()
    announce(project)
    assert "has not begun" in Client().get(f"{STAGE}sessions/1/").content.decode()
    assert "The varnish" not in Client().get(f"{STAGE}sessions/").content.decode()
    assert "its hour has passed" in ana().get(DESK).content.decode()


# Hours


@pytest.fixture
def paris(settings):
    settings.TIME_ZONE = "Europe/Paris"
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


def test_hours_are_those_of_the_houses_clock(paris):
    assert hours.read("2027-01-10", "18:00") == datetime(2027, 1, 10, 17, tzinfo=UTC)
    assert hours.read("2027-07-10", "18:00:00") == datetime(2027, 7, 10, 16, tzinfo=UTC)
    assert hours.spelled(datetime(2027, 7, 10, 16, tzinfo=UTC)) == ("2027-07-10", "18:00")
    assert hours.zone() == "Europe/Paris"


def test_an_hour_that_does_not_exist_is_refused(paris):
    with pytest.raises(HourSkipped):
        hours.read("2027-03-28", "02:30")
    assert hours.read("2027-03-28", "03:00") == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_of_an_hour_that_strikes_twice_the_first_is_meant(paris):
    assert hours.read("2027-10-31", "02:30") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", ["", "soon", "2027-02-30", "2027-1-1x", "0000-00-00"])
def test_what_is_no_day_is_refused(day):
    with pytest.raises(HourMalformed):
        hours.read(day, "18:00")


# Calendars


def event(address=f"{STAGE}sessions/1/session.ics", client=None):
    answer = (client or Client()).get(address)
    assert answer["Content-Type"].startswith("text/calendar"), answer.status_code
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_knows_the_same_event_whatever_happens_to_it():
    project = given.project()
    by = given.ana().voice_id
    announce(project)
    [first] = event()
    announcing.change(project, 1, plan(after=120), by=by, at=given.minutes(1))
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
    from coulisses.projects import rules as projects

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
