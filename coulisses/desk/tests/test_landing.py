import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coulisses.moments import rules as moments
from coulisses.projects import finishing
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def come_in(name):
    client = Client()
    client.force_login(given.account(name))
    return client


def words_of(answer):
    """Return a page without the token of its forms, which differs each time."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_ana_lands_among_what_she_makes():
    given.project("boat", is_raised=False)
    page = come_in("Ana").get("/desk/").content.decode()
    assert "/desk/@atelier/boat/" in page and "rehearsal" in page


def test_today_names_what_was_told_last_in_plain_words():
    boat = given.project("boat")
    finishing.pause(boat, words="", back_on=None, by=given.ana().voice_id, at=given.NOON)
    finishing.finish(boat, words="It was **worth** it.", by=given.ana().voice_id, at=given.NOON)
    page = come_in("Ana").get("/desk/@atelier/boat/").content.decode()
    assert "It was worth it." in page and "<title>Today · Boat" in page


def test_bo_is_shown_the_way_back_from_a_door_that_is_shut():
    given.project("boat")
    refused = come_in("Bo").get("/desk/@atelier/boat/face/")
    assert refused.status_code == 403 and 'class="button" href="/desk/"' in refused.content.decode()


def test_whoever_makes_nothing_yet_is_told_how_to_begin():
    page = come_in("Cleo").get("/desk/").content.decode()
    assert "/desk/new/" in page


def test_today_lists_only_what_has_words_and_without_marks():
    boat = given.project("boat")
    by, at = given.ana().voice_id, given.minutes(3)
    moments.tell(
        boat, kind="progress", body="The *keel* is laid", by=by, happened_at=at, told_at=at
    )
    page = come_in("Ana").get(boat.desk).content.decode()
    rows = re.findall(r"<small>(\d+)</small><b[^>]*>([^<]*)</b>", page)
    assert rows == [("3", "The keel is laid"), ("1", "Boat")]


def test_eve_sees_nothing_of_others_on_her_desk():
    given.project("boat")
    assert "/boat" not in come_in("Eve").get("/desk/").content.decode()


def test_dan_is_led_to_the_entrance_and_back():
    answer = Client().get("/desk/?after=1-x")
    assert (answer.status_code, answer["Location"]) == (302, "/enter?next=%2Fdesk%2F%3Fafter%3D1-x")


@pytest.mark.parametrize("name", ["Ana", "Bo", "Fay"])
def test_the_team_finds_its_projects_desk(name):
    given.project("boat", is_raised=False)
    given.fay(given.studio())
    assert come_in(name).get("/desk/@atelier/boat/").status_code == 200


@pytest.mark.parametrize("name", ["Cleo", "Eve"])
def test_whoever_is_not_of_the_team_finds_no_desk(name):
    given.project("boat")
    client = come_in(name)
    hidden, missing = (client.get(f"/desk/@atelier/{slug}/") for slug in ("boat", "void"))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert words_of(hidden) == words_of(missing).replace("void", "boat")


def test_the_landing_asks_no_more_for_many_studios_than_for_one(django_assert_num_queries):
    given.project("boat")
    client = come_in("Ana")
    client.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/")
    for slug in ("forge", "mill", "kiln"):
        given.project("boat", house=given.studio(slug))
    with django_assert_num_queries(len(one)):
        client.get("/desk/")
