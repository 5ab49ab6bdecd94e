"""What machines are told: no by default, yes where a project says so, nothing of a rehearsal."""

import pytest
from django.test import Client

from coulisses.moments import rules as moments
from coulisses.projects import face
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def allow(project):
    worn = face.Words(title=project.title, mining="allowed")
    face.dress(project, worn, by=given.ana().voice_id, at=given.NOON)


def served(project):
    who = {"by": given.ana().voice_id, "happened_at": given.NOON, "told_at": given.NOON}
    moments.tell(project, kind="note", title="A plank", **who)
    return [f"{project.path}{rest}" for rest in ("", "3", "feed.atom", "sittings/1", "proof/")]


def test_a_project_refuses_unless_its_owner_says_otherwise():
    for address in served(given.project("boat")):
        answer = Client().get(address)
        assert answer.status_code == 200, address
        assert answer["TDM-Reservation"] == "1", address
        assert answer["X-Robots-Tag"] == "noai, noimageai", address
    assert (
        '<meta name="tdm-reservation" content="1">'
        in Client().get("/@atelier/boat/").content.decode()
    )


def test_a_project_that_allows_it_says_so_and_nothing_else():
    project = given.project("boat")
    allow(project)
    for address in served(project):
        answer = Client().get(address)
        assert (answer["TDM-Reservation"], "X-Robots-Tag" in answer) == ("0", False), address


def test_a_rehearsal_is_listed_by_nobody():
    project = given.project("boat", is_raised=False)
    client = Client()
    client.force_login(given.ana())
    answer = client.get(project.path)
    assert answer["X-Robots-Tag"] == "noindex, noai, noimageai"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_the_exceptions_stand_before_the_rule_and_hold_no_rehearsal():
    allow(given.project("boat"))
    allow(given.project("dory", is_raised=False))
    given.project("punt")
    rules = Client().get("/.well-known/tdmrep.json")
    assert rules["Content-Type"] == "application/json"
    assert rules.json() == [
        {"location": "/@atelier/boat/", "tdm-reservation": 0},
        {"location": "/", "tdm-reservation": 1},
    ]
    robots = Client().get("/robots.txt").content.decode()
    assert "User-agent: GPTBot\n" in robots
    assert "Allow: /@atelier/boat/\nDisallow: /\n" in robots
    assert "dory" not in robots and "punt" not in robots
    assert "Disallow: /desk/\n" in robots
    assert robots.endswith("\nSitemap: http://testserver/sitemap.xml\n")


def test_what_machines_read_is_asked_for_in_one_question(django_assert_num_queries):
    for number in range(4):
        allow(given.project(f"boat-{number}"))
    for address in ("/robots.txt", "/.well-known/tdmrep.json"):
        with django_assert_num_queries(1):
            assert Client().get(address).content.decode().count("/@atelier/boat-") == 4
        assert Client().post(address).status_code == 405
