"""Live work over HTTP: one press starts it, another ends it."""

import pytest

from coulisses.api.tests.programs import Program, token_for
from coulisses.sessions import queries
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases

SESSIONS = "atelier/boat/sessions"


def test_one_press_starts_and_another_ends(ana):
    project = given.project()
    started = ana.post(SESSIONS, {"words": "The keel"})
    assert started.status_code == 201
    said = started.json()
    assert (said["number"], said["url"], said["ended_at"]) == (
        1,
        "http://testserver/@atelier/boat/sessions/1/",
        None,
    )
    assert queries.current(project).words == "The keel"
    ended = ana.post(f"{SESSIONS}/ending", {})
    assert ended.status_code == 200 and ended.json()["ended_at"]
    assert checked(project.work) == 4


def test_pressed_twice_it_says_how_things_stand(ana, bo):
    given.project()
    assert ana.post(SESSIONS, {}).status_code == 201
    for who in (ana, bo):
        refused = who.post(SESSIONS, {})
        said = refused.json()
        assert (refused.status_code, said["type"]) == (409, "urn:coulisses:session-runs")
    assert bo.post(f"{SESSIONS}/ending", {}).status_code == 200
    assert ana.post(f"{SESSIONS}/ending", {}).status_code == 409


@pytest.mark.parametrize("said", [{"words": "x" * 201}, {"words": 7}, {"word": "keel"}, []])
def test_what_cannot_be_read_starts_nothing(ana, said):
    project = given.project()
    assert ana.post(SESSIONS, said).status_code == 422
    assert queries.current(project) is None


def test_eve_starts_and_ends_nothing(ana, eve, dan):
    project = given.project()
    ana.post(SESSIONS, {})
    fay = Program(token_for(given.studio(), given.fay(project.studio)))
    for who, status in ((eve, 403), (dan, 401), (fay, 403)):
        for address in (SESSIONS, f"{SESSIONS}/ending"):
            assert who.post(address, {}).status_code == status
    assert queries.current(project).number == 1
