"""Pause and end at the desk, on the stage and on the board; the owner's alone."""

import pytest
from django.test import Client

from coulisses.desk.tests.test_landing import come_in
from coulisses.moments import rules as moments
from coulisses.projects import finishing
from coulisses.projects.models import Project
from coulisses.sessions import rules as sessions
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

DESK = "/desk/@atelier/boat/"


@pytest.fixture
def boat():
    project = given.project("boat")
    given.fay(project.studio)
    for day in (0, 40):
        at = given.minutes(day * 24 * 60)
        told = {"by": given.ana().voice_id, "happened_at": at, "told_at": at}
        moments.tell(project, kind="note", title=f"Day {day}", **told)
    return project


def stage():
    return Client().get("/@atelier/boat/").content.decode()


def test_ana_rests_says_why_and_goes_on(boat):
    ana = come_in("Ana")
    said = {"words": "My hand heals", "back_on": "2026-06-12"}
    ana.post(f"{DESK}end/pause", said)
    page = stage()
    assert "resting" in page and "My hand heals" in page and "It goes on from 12 June 2026." in page
    assert "resting" in Client().get("/").content.decode()
    assert "The work goes on" in ana.get(f"{DESK}end/").content.decode()
    ana.post(f"{DESK}end/resumption")
    assert "resting" not in Client().get("/").content.decode()


def test_an_impossible_day_is_refused_with_her_words_kept(boat):
    said = {"words": "My hand heals", "back_on": "31 February"}
    answer = come_in("Ana").post(f"{DESK}end/pause", said)
    assert answer.status_code == 422 and "My hand heals" in answer.content.decode()
    assert not Project.objects.get(pk=boat.pk).is_paused


def test_the_final_curtain_is_asked_about_once_and_stands_on_top(boat):
    ana = come_in("Ana")
    words = {"words": "It **floats**."}
    asked = ana.post(f"{DESK}end/curtain", words)
    assert "Let the final curtain fall" in asked.content.decode()
    assert not Project.objects.get(pk=boat.pk).is_finished
    assert ana.post(f"{DESK}end/curtain", {**words, "sure": "yes"})["Location"] == boat.path
    page = stage()
    assert "It <strong>floats</strong>." in page.partition('id="log"')[0]
    assert "From 3 May " in page and "finished" in page
    assert '"creativeWorkStatus": "Completed"' in page
    assert "finished" in Client().get("/").content.decode()


def test_a_finished_project_says_from_when_to_when_it_was_made(boat):
    at = given.minutes(40 * 24 * 60 + 5)
    finishing.finish(boat, by=given.ana().voice_id, at=at)
    assert "From 3 May to 12 June 2026" in stage()
    french = Client().get("/@atelier/boat/", headers={"accept-language": "fr"}).content.decode()
    assert "Du 3 mai au 12 juin 2026" in french


def test_after_the_end_the_form_is_gone_and_reopening_brings_it_back(boat):
    ana = come_in("Ana")
    ana.post(f"{DESK}end/curtain", {"sure": "yes"})
    assert "Tell a moment" not in ana.get(boat.path).content.decode()
    said = {"kind": "note", "title": "A plank", "act": "tell"}
    refused = ana.post(f"{DESK}tell/", said)
    assert refused.status_code == 423 and "A plank" in refused.content.decode()
    assert ana.post(f"{DESK}end/pause", {}).status_code == 423
    ana.post(f"{DESK}end/reopening")
    assert ana.post(f"{DESK}tell/", said).status_code == 302
    assert ana.post(f"{DESK}end/reopening").status_code == 409


def test_last_words_that_are_too_long_come_back(boat):
    said = {"words": "x" * (finishing.LONGEST_LAST + 1), "sure": "yes"}
    answer = come_in("Ana").post(f"{DESK}end/curtain", said)
    assert answer.status_code == 422 and "xxx" in answer.content.decode()


def test_a_rehearsal_cannot_end():
    given.project("boat", is_raised=False)
    ana = come_in("Ana")
    assert ana.post(f"{DESK}end/curtain", {"sure": "yes"}).status_code == 409
    assert "its first one is still down" in ana.get(f"{DESK}end/").content.decode()


@pytest.mark.parametrize(("name", "status"), [("Bo", 403), ("Fay", 403), ("Eve", 404)])
def test_only_the_owner_decides_how_it_goes_on(boat, name, status):
    client = come_in(name)
    assert client.get(f"{DESK}end/").status_code == status
    for form in ("pause", "resumption", "curtain", "reopening"):
        assert client.post(f"{DESK}end/{form}", {"sure": "yes"}).status_code == status
    assert not Project.objects.get(pk=boat.pk).is_finished


def test_a_session_that_runs_when_the_curtain_falls_can_still_end(boat):
    who = {"by": given.ana().voice_id, "at": given.minutes(50 * 24 * 60)}
    sessions.start(boat, words="The last coat", **who)
    finishing.finish(boat, **who)
    sessions.end(Project.objects.get(pk=boat.pk), **who)
    assert "The last coat" in stage()
    checked(boat.work)
