"""Announced sessions: what may be announced, changed, called off, and how one begins."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.sessions import announcing, deriving, ending, queries, rules
from coulisses.sessions.announcing import Plan
from coulisses.sessions.models import Session
from coulisses.sessions.refusals import (
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
