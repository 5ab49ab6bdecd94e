"""Fay's program at the door: what it sends waits, and it decides nothing."""

import pytest

from coulisses.api.tests.programs import Program, token_for
from coulisses.api.tests.test_uploads import photo, upload
from coulisses.capture import queries
from coulisses.capture.tests.saves import added, spelled
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    return given.project("boat")


@pytest.fixture
def fay(boat):
    """A program with a token of Fay's, who contributes."""
    return Program(token_for(boat.studio, given.fay(boat.studio)))


def entries(project):
    return Entry.objects.filter(log=project.work).count()


def test_her_saves_and_uploads_wait_for_a_maker(boat, fay):
    batch = {"captures": [spelled(1, added("oar.png", "a"))]}
    (result,) = fay.post("atelier/boat/captures", batch).json()["results"]
    assert (result["state"], result["position"]) == ("waiting", None)
    assert upload(fay, photo(), policy="show").json()["state"] == "waiting"
    assert (entries(boat), queries.count_waiting(boat)) == (2, 2)


def test_she_reads_what_waits_of_hers_and_nothing_of_the_makers(boat, fay, ana):
    ana.post("atelier/boat/captures", {"captures": [spelled(1, policy="hold")]})
    fay.post("atelier/boat/captures", {"captures": [spelled(2)]})
    (hers,) = fay.get("atelier/boat/waiting").json()["waiting"]
    assert hers["once"] == spelled(2)["once"]
    assert len(ana.get("atelier/boat/waiting").json()["waiting"]) == 2


def test_she_releases_drops_tells_and_raises_nothing(boat, fay):
    fay.post("atelier/boat/captures", {"captures": [spelled(1)]})
    (row,) = queries.waiting(boat)
    for method, path in (
        ("POST", f"waiting/{row.pk}/release"),
        ("DELETE", f"waiting/{row.pk}"),
        ("POST", "curtain"),
    ):
        answer = fay.ask(method, f"atelier/boat/{path}", {})
        assert answer.status_code == 403, path
    assert (entries(boat), queries.count_waiting(boat)) == (2, 1)


def test_she_finds_a_project_and_opens_none(boat, fay):
    assert fay.put("atelier/boat", {"title": "Boat"}).status_code == 200
    assert fay.put("atelier/raft", {"title": "Raft"}).status_code == 403
    assert not Project.objects.filter(slug="raft").exists()


def test_she_replaces_no_preview_that_others_may_see(boat, fay, ana):
    def keep(program, words):
        body = (
            '--b\r\nContent-Disposition: form-data; name="facts"\r\n\r\n{"reader": "prose"}\r\n'
            f'--b\r\nContent-Disposition: form-data; name="text"; filename="t"\r\n\r\n{words}\r\n'
            "--b--\r\n"
        ).encode()
        kind = "multipart/form-data; boundary=b"
        return program.put("atelier/boat/previews/git:a", body, content_type=kind).status_code

    assert keep(ana, "true") == 201
    assert keep(fay, "forged") == 409
    wanted = fay.post("atelier/boat/previews/wanted", {"versions": ["git:a", "git:b"]})
    assert wanted.json() == {"wanted": ["git:b"]}
