"""The phone's share sheet: what comes in stands ready, and one tap tells it to followers."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from coulisses.log.models import Entry
from coulisses.media.models import Version
from coulisses.moments import sharing
from coulisses.moments.models import Shared
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def photo(colour="teal", name="canvas.jpg"):
    """A photo as a phone hands it over."""
    raw = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(raw, "JPEG")
    return SimpleUploadedFile(name, raw.getvalue(), "image/jpeg")


@pytest.fixture
def bo():
    """Bo's phone, signed in; forms without a token are refused, as in a real house."""
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(given.bo())
    return phone


def shared(phone, *photos, **said):
    """Share to the house, as the system does: a form without any token."""
    return phone.post("/share/", {"pictures": list(photos), **said})


def token(phone, path):
    """The form's token, as the page has it."""
    phone.get(path)
    return phone.cookies["csrftoken"].value


def test_a_photo_is_ready_after_one_tap_and_told_by_the_next(bo, client):
    project = given.project()
    ready = shared(bo, photo(), text="The light has turned")
    assert ready.status_code == 302
    page = bo.get(ready["Location"]).content.decode()
    assert "The light has turned" in page
    assert checked(project.work) == 2
    picture = f"{ready['Location']}picture/0"
    assert bo.get(picture)["Cache-Control"] == "private, no-store"
    told = bo.post(
        f"{ready['Location']}telling",
        {
            "csrfmiddlewaretoken": token(bo, ready["Location"]),
            "project": project.pk,
            "kind": "progress",
            "body": "The light has turned",
            "alt": "A canvas by a window",
        },
    )
    assert told["Location"] == f"{project.path}3"
    entry = Entry.objects.get(log=project.work, position=3)
    assert entry.by == given.bo().voice_id
    assert entry.fact.pictures[0]["alt"] == "A canvas by a window"
    assert client.get(f"{project.path}3/picture/0/after/large").status_code == 200
    assert bo.get(picture).status_code == 404
    assert not Shared.objects.exists()


def test_it_may_be_told_in_another_of_their_projects(bo, django_capture_on_commit_callbacks):
    given.project()
    other = given.project("mast")
    ready = shared(bo, photo())
    first = Shared.objects.get().project
    target = other if first != other else Project.objects.exclude(pk=other.pk).get()
    with django_capture_on_commit_callbacks(execute=True):
        bo.post(
            f"{ready['Location']}telling",
            {
                "csrfmiddlewaretoken": token(bo, ready["Location"]),
                "project": target.pk,
                "kind": "note",
            },
        )
    entry = Entry.objects.filter(log=target.work).latest("position")
    assert entry.kind == "moment.told"
    assert Version.objects.filter(log=target.work).count() == 1
    assert not Version.objects.filter(log=first.work).exists()


def test_telling_takes_a_token_and_eve_finds_nothing(bo):
    project = given.project()
    ready = shared(bo, photo())
    assert bo.post(f"{ready['Location']}telling", {"kind": "note"}).status_code == 403
    eve = Client()
    eve.force_login(given.eve())
    for path in (ready["Location"], f"{ready['Location']}picture/0"):
        assert eve.get(path).status_code == 404
        assert Client().get(path).status_code == 403
    assert eve.post(f"{ready['Location']}telling", {"kind": "note"}).status_code == 404
    assert shared(eve, photo()).status_code == 403
    assert shared(Client(), photo()).status_code == 403
    assert checked(project.work) == 2


def test_a_project_of_somebody_else_cannot_be_chosen(bo):
    project = given.project()
    ready = shared(bo, photo())
    said = {"csrfmiddlewaretoken": token(bo, ready["Location"]), "kind": "note"}
    answer = bo.post(f"{ready['Location']}telling", {**said, "project": "x" * 26})
    assert answer.status_code == 404
    assert Shared.objects.exists()
    assert checked(project.work) == 2


def test_what_is_no_picture_is_refused_and_nothing_stays(bo):
    project = given.project()
    answer = shared(bo, SimpleUploadedFile("song.jpg", b"not a picture", "image/jpeg"))
    assert answer.status_code == 422
    assert not Shared.objects.exists()
    assert not Version.objects.filter(log=project.work).exists()


def test_what_was_not_told_within_a_day_is_forgotten(bo, django_capture_on_commit_callbacks):
    project = given.project()
    shared(bo, photo())
    one = Shared.objects.get()
    assert sharing.forget_old() is False
    assert Shared.objects.exists()
    Shared.objects.update(arrived_at=one.arrived_at - timedelta(days=1, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        sharing.forget_old()
    assert not Shared.objects.exists()
    assert not Version.objects.filter(log=project.work).exists()


def test_the_house_tells_phones_where_to_share_to(client):
    said = client.get("/manifest.webmanifest")
    assert said["Content-Type"] == "application/manifest+json"
    target = said.json()["share_target"]
    assert (target["action"], target["method"]) == ("/share/", "POST")
    assert target["params"]["files"][0]["name"] == "pictures"


def test_fay_who_contributes_tells_nothing_by_her_phone():
    project = given.project()
    assert project not in sharing.projects_of(given.fay(project.studio))
    assert project in sharing.projects_of(given.bo())
