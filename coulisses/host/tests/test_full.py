"""A full studio at the API: its pictures wait, its words go on."""

import pytest

from coulisses.capture.rules import take
from coulisses.capture.tests.saves import added, save
from coulisses.projects import room, rules
from coulisses.testing import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    """Return a project whose studio has room for a kilobyte."""
    project = given.project()
    room.allow(project.studio, 1000)
    return project


def headers(project):
    token = rules.issue_token(project.studio, given.ana(), label="", at=given.NOON)
    return {"Authorization": f"Bearer {token}"}


def test_a_preview_is_refused_by_name_and_asked_for_again(full, client):
    from django.core.files.base import ContentFile
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    said = {"facts": '{"reader": "text"}', "text": ContentFile(b"x" * 2000, name="text")}
    answer = client.put(
        "/api/v1/projects/atelier/boat/previews/git:one",
        encode_multipart(BOUNDARY, said),
        content_type=MULTIPART_CONTENT,
        headers=headers(full),
    )
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:coulisses:studio-full")
    wanted = client.post(
        "/api/v1/projects/atelier/boat/previews/wanted",
        {"versions": ["git:one"]},
        content_type="application/json",
        headers=headers(full),
    )
    assert wanted.json() == {"wanted": ["git:one"]}


def test_a_body_in_pieces_is_refused_when_it_is_announced(full, client):
    answer = client.post(
        "/api/v1/projects/atelier/boat/arrivals",
        headers={**headers(full), "Tus-Resumable": "1.0.0", "Upload-Length": "5000"},
    )
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:coulisses:studio-full")


def test_words_go_on_in_a_full_studio(full):
    (told,) = take(
        full, [save(1, added("canvas.kra", "v1"))], by_owner=given.ana().voice_id, at=given.NOON
    )
    assert told.position == 3
