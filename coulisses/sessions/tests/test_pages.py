"""What pages show of sessions: on the stage, on the bill, at the desk, on pages of their own."""

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.projects import rules as projects
from coulisses.sessions import queries, rules
from coulisses.sessions.models import Session
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

STAGE, DESK = "/@atelier/boat/", "/desk/@atelier/boat/sessions/"


def by(account):
    client = Client()
    if account:
        client.force_login(account)
    return client


def start(project, words="The keel", at=given.NOON):
    return rules.start(project, words=words, by=given.ana().voice_id, at=at)


def tell(project, minute, title="A plank", **also):
    at = given.minutes(minute)
    by_whom = given.ana().voice_id
    return moments.tell(
        project, kind="progress", title=title, by=by_whom, happened_at=at, told_at=at, **also
    )


def end(project, minute):
    return rules.end(project, by=given.ana().voice_id, at=given.minutes(minute))


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("place", ["stage", "desk"])
def test_ana_starts_with_one_tap_and_ends_with_another(place):
    project, ana = given.project(), by(given.ana())
    back = STAGE if place == "stage" else DESK
    assert "I’m working now" in read(ana, back)
    answer = ana.post(f"{DESK}running", {"words": "The keel", "from": place})
    assert (answer.status_code, answer["Location"]) == (302, back)
    page = read(ana, back)
    assert "The keel" in page and "End the session" in page and "I’m working now" not in page
    answer = ana.post(f"{DESK}running/words", {"words": "Sanding", "from": place})
    assert answer["Location"] == back
    assert queries.current(project).words == "Sanding"
    assert ana.post(f"{DESK}running/end")["Location"] == f"{STAGE}sessions/1/"
    assert queries.current(project) is None
    checked(project.work)


def test_bo_joins_from_the_stage():
    project = given.project()
    start(project, at=timezone.now())
    bo = by(given.bo())
    assert "I work on it too" in read(bo, STAGE)
    assert bo.post(f"{DESK}running/people", {"from": "stage"})["Location"] == STAGE
    assert "I work on it too" not in read(bo, STAGE) and "Ana, Bo" in read(bo, STAGE)


def test_dan_sees_the_cue_light_on_the_stage_and_on_the_bill():
    project, dan = given.project(), by(None)
    assert "is-live" not in read(dan, STAGE) + read(dan, "/")
    start(project)
    for address in (STAGE, "/", "/@atelier/"):
        page = read(dan, address)
        assert "is-live" in page and "The keel" in page, address
    end(project, 30)
    assert "is-live" not in read(dan, STAGE) + read(dan, "/")


def test_a_kept_page_follows_what_one_is_at():
    project = given.project()
    start(project)
    before = project.__class__.objects.get(pk=project.pk).revision
    rules.note(project, words="Sanding", by=given.ana().voice_id, at=given.minutes(1))
    assert project.__class__.objects.get(pk=project.pk).revision > before
    assert project.work_id in by(None).get(STAGE)["X-Coulisses-Cache"].split(",")


def test_a_page_replays_what_came_in_the_order_of_its_hours():
    project = given.project()
    tell(project, -5, "Too early")
    start(project)
    tell(project, 20, "Second")
    tell(project, 10, "First")
    end(project, 30)
    tell(project, 31, "Too late")
    page = read(by(None), f"{STAGE}sessions/1/")
    assert page.index("First") < page.index("Second")
    assert "Too early" not in page and "Too late" not in page
    assert 'data-seconds="600"' in page and 'seconds="1800"' in page
    assert "<log-scrubber" in page and "30 min" in page


def test_what_happened_during_it_and_is_told_later_belongs_to_it():
    project = given.project()
    start(project)
    end(project, 30)
    at, late = given.minutes(12), given.minutes(400)
    moments.tell(
        project,
        kind="note",
        title="Found again",
        by=given.ana().voice_id,
        happened_at=at,
        told_at=late,
    )
    assert "Found again" in read(by(None), f"{STAGE}sessions/1/")


def test_what_is_for_members_shows_no_hour_to_others():
    project = given.project()
    tier = given.tier(project, given.cleo())
    start(project)
    tell(project, 10, "For the wings", audience=tier.pk, teaser="Something for the wings")
    tell(project, 11, "For all")
    end(project, 30)
    dans = read(by(None), f"{STAGE}sessions/1/")
    assert "For all" in dans and "For the wings" not in dans and "Something for" not in dans
    assert "For the wings" in read(by(given.cleo()), f"{STAGE}sessions/1/")


def test_pins_and_titles_are_no_part_of_the_work():
    project = given.project()
    start(project)
    told = tell(project, 10)
    moments.amend(
        project,
        told.position,
        title="Another plank",
        body="",
        by=given.ana().voice_id,
        at=given.minutes(12),
    )
    end(project, 30)
    page = read(by(None), f"{STAGE}sessions/1/")
    amended = Entry.objects.get(log=project.work, kind="moment.amended")
    assert f'id="cue-{amended.position}"' not in page and "Another plank" in page


def test_while_it_runs_its_page_is_live():
    project = given.project()
    start(project)
    page = read(by(None), f"{STAGE}sessions/1/")
    assert "<live-log" in page and " appends " in page and "<session-replay" not in page


def test_a_long_session_asks_no_more_than_a_short_one(django_assert_max_num_queries):
    project = given.project()
    start(project)
    tell(project, 1)
    with django_assert_max_num_queries(15):  # one of them for the first page of a project alone
        read(by(None), f"{STAGE}sessions/1/")
    for number in range(2, 60):
        tell(project, number / 2, f"Plank {number}")
    end(project, 300)
    read(by(None), f"{STAGE}sessions/1/")
    with django_assert_max_num_queries(14):
        read(by(None), f"{STAGE}sessions/1/")


def test_more_than_a_page_holds_is_left_to_the_log(monkeypatch):
    from coulisses.sessions import replaying

    monkeypatch.setattr(replaying, "MOST", 5)
    project = given.project()
    start(project)
    for number in range(1, 8):
        tell(project, number)
    end(project, 30)
    assert "the log has the rest" in read(by(None), f"{STAGE}sessions/1/")


def test_a_mark_stands_where_its_hour_was():
    from coulisses.sessions import replaying

    project = given.project()
    start(project)
    tell(project, 15)
    end(project, 30)
    whole = replaying.read(
        queries.find(project, 1),
        audiences=frozenset({"public"}),
        at=given.minutes(40),
        language="en",
    )
    assert [mark.at for mark in whole.strip.marks] == [0.6, 50.0]


def test_the_list_goes_on_where_it_stopped(monkeypatch):
    from coulisses.sessions import views

    monkeypatch.setattr(views, "A_PAGE", 2)
    project = given.project()
    for number in range(5):
        start(project, f"Plank {number}", at=given.minutes(10 * number))
        end(project, 10 * number + 5)
    seen, address = [], f"{STAGE}sessions/"
    while address:
        page = read(by(None), address)
        seen += [number for number in range(5) if f"Plank {number}<" in page]
        older = page.partition('rel="next" href="')[2].partition('"')[0]
        address = f"{STAGE}sessions/{older}" if older else ""
    assert seen == [3, 4, 1, 2, 0]
    assert by(None).get(f"{STAGE}sessions/?after=yesterday").status_code == 400


def test_in_a_rehearsal_only_the_team_knows():
    project = given.project(is_raised=False)
    start(project)
    assert "is-live" in read(by(given.bo()), STAGE)
    for name in ("sessions/", "sessions/1/", "sessions/calendar.ics"):
        for somebody in (None, given.eve(), given.cleo()):
            assert by(somebody).get(STAGE + name).status_code == 404
    assert "is-live" not in read(by(None), "/")


def test_a_session_that_is_none_is_not_found():
    given.project()
    for number in ("1", "0", "99999999999999999999999"):
        assert by(None).get(f"{STAGE}sessions/{number}/").status_code == 404


def test_one_who_only_contributes_looks_and_starts_nothing():
    project = given.project()
    fay = by(given.fay(project.studio))
    page = read(fay, DESK)
    assert "I’m working now" not in page and "Announce" not in page
    for place in ("running", "running/words", "running/people", "running/end", "announced"):
        assert fay.post(DESK + place, {"words": "x"}).status_code == 403, place
    assert Session.objects.count() == 0


@pytest.mark.parametrize("name", ["", "Eve", "Cleo"])
def test_eve_moves_nothing_at_anothers_desk(name):
    project = given.project()
    start(project)
    size = checked(project.work)
    somebody = by(given.account(name) if name else None)
    places = ("", "running", "running/words", "running/people", "running/end", "announced", "1/")
    for place in (*places, "1/calling-off"):
        for method in ("get", "post", "put", "patch", "delete", "head", "options"):
            status = getattr(somebody, method)(DESK + place).status_code
            assert status in {302, 401, 404, 405}, (method, place, status)
    assert checked(project.work) == size
    assert queries.current(project).hands.count() == 1


def test_no_tap_is_taken_from_another_site():
    project = given.project()
    client = Client(enforce_csrf_checks=True)
    client.force_login(given.ana())
    for place in ("running", "running/end", "announced"):
        assert client.post(DESK + place).status_code == 403
    assert queries.current(project) is None


def test_hostile_words_are_only_words():
    project = given.project()
    start(project, "<script>alert(1)</script>")
    for address in (STAGE, "/", f"{STAGE}sessions/", f"{STAGE}sessions/1/"):
        assert "<script>alert" not in read(by(None), address)


def test_a_shredded_session_keeps_its_page_without_its_words():
    project = given.project()
    session = start(project, "My secret")
    projects.shred(
        project,
        session.started_position,
        reason="too much",
        by=given.ana().voice_id,
        at=given.minutes(1),
    )
    end(project, 5)
    page = read(by(None), f"{STAGE}sessions/1/") + read(by(None), f"{STAGE}sessions/")
    assert "My secret" not in page
