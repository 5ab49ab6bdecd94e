"""The house: what is on, the language, telling from the page."""

import pytest

from coulisses.pages.queries import board
from coulisses.pages.tests import told
from coulisses.pages.tests.test_stage import signed_in
from coulisses.projects.models import Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_the_bill_shows_what_stirred_last_first_and_goes_on_where_it_stopped(client, monkeypatch):
    monkeypatch.setattr(board, "LENGTH", 2)
    for number in range(5):
        project = given.project(f"boat-{number}")
        told.say(project, "A plank", at=given.minutes(number))
    seen, wall = [], board.read(None, at=given.NOON)
    while True:
        seen += [bill.project.slug for bill in wall.bills]
        if not wall.older:
            break
        assert client.get("/", {"after": wall.older}).status_code == 200
        wall = board.read(None, at=given.NOON, after=wall.older)
    assert seen == [f"boat-{number}" for number in (4, 3, 2, 1, 0)]
    assert client.get("/", {"after": "yesterday"}).status_code == 400


def test_an_empty_house_says_what_to_do(client):
    assert "the bill is blank" in client.get("/").content.decode()


def test_a_studio_has_a_page_and_an_unknown_one_none(client):
    project = told.everything("boat")
    assert "The boat" in client.get(f"/@{project.studio.slug}/").content.decode()
    assert client.get("/@nobody/").status_code == 404
    assert client.get(project.path.rstrip("/"))["Location"] == project.path


def test_a_language_is_chosen_and_nobody_is_sent_elsewhere(client):
    chosen = client.post("/language", {"language": "fr", "next": "/enter"})
    assert chosen["Location"] == "/enter"
    assert "Entrer" in client.get("/enter").content.decode()
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert client.post("/language", {"language": "en", "next": elsewhere})["Location"] == "/"
    assert client.post("/language", {"language": "tlh"}).cookies.get("coulisses_language") is None


def test_a_maker_tells_from_the_page_and_a_passer_by_cannot(client):
    project = given.project("boat")
    words = {"kind": "doubt", "title": "Is it watertight?", "body": "*Hm.*"}
    tell = f"{project.desk}tell/"
    assert client.post(tell, words).status_code == 401
    signed_in(client, given.bo())
    assert f'href="{tell}"' in client.get(project.path).content.decode()
    told_at = client.post(tell, {**words, "act": "tell"})
    assert "Is it watertight?" in client.get(told_at["Location"]).content.decode()


def test_a_refused_form_comes_back_filled(client):
    project = given.project("boat")
    signed_in(client, given.ana())
    answer = client.post(f"{project.desk}tell/", {"kind": "mood", "body": "Do not lose me"})
    assert answer.status_code == 422 and "Do not lose me" in answer.content.decode()


def test_what_is_not_there_says_what_to_do(client):
    answer = client.get("/nowhere/at/all")
    assert answer.status_code == 404 and "See what is showing" in answer.content.decode()
    assert Project.objects.count() == 0
