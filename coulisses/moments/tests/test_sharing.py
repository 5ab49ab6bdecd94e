"""The phone's share sheet: what comes in is a draft at once, and one tap tells it to followers."""

import pytest
from django.test import Client

from coulisses.log.models import Entry
from coulisses.media.models import Version
from coulisses.moments.models import Attachment, Draft
from coulisses.moments.tests import desks
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo():
    """Bo's phone, signed in; forms without a token are refused, as in a real house."""
    given.bo()
    return desks.at("Bo", has_checks=True)


def shared(phone, *photos, **said):
    """Share to the house, as the system does: a form without any token."""
    return phone.post("/share/", {"pictures": list(photos), **said})


def token(phone, path):
    """The form's token, as the page has it."""
    phone.get(path)
    return phone.cookies["csrftoken"].value


def test_a_photo_is_ready_after_one_tap_and_told_by_the_next(bo, client):
    project = given.project()
    ready = shared(bo, desks.photo(), text="The light has turned")
    assert ready.status_code == 302
    page = bo.get(ready["Location"]).content.decode()
    assert "The light has turned" in page
    assert checked(project.work) == 2
    row = Draft.objects.get()
    picture = f"{row.desk}picture/0/after/large"
    assert bo.get(picture)["Cache-Control"] == "private, no-store"
    part = row.attachments.get().pk
    said = {f"words-{part}": "A canvas by a window", "csrfmiddlewaretoken": token(bo, row.desk)}
    told = desks.act(bo, row, "tell", **said)
    assert told["Location"] == f"{project.path}3"
    entry = Entry.objects.get(log=project.work, position=3)
    assert entry.by == given.bo().voice_id
    assert entry.fact.pictures[0]["alt"] == "A canvas by a window"
    assert client.get(f"{project.path}3/picture/0/after/large").status_code == 200
    assert bo.get(picture).status_code == 404
    assert bo.get(row.desk)["Location"] == f"{project.path}3"
    assert not Draft.objects.exists() and not Attachment.objects.exists()


def test_it_may_be_told_in_another_of_their_projects(bo, django_capture_on_commit_callbacks):
    given.project()
    other = given.project("mast")
    shared(bo, desks.photo())
    row = Draft.objects.get()
    first = row.project
    target = other if first != other else Project.objects.exclude(pk=other.pk).get()
    with django_capture_on_commit_callbacks(execute=True):
        said = {"project": target.pk, "csrfmiddlewaretoken": token(bo, row.desk)}
        moved = desks.act(bo, row, "move", **said)
    assert moved["Location"] == f"{target.desk}tell/{row.pk}/"
    row = Draft.objects.get()
    desks.act(bo, row, "tell", csrfmiddlewaretoken=token(bo, row.desk))
    entry = Entry.objects.filter(log=target.work).latest("position")
    assert entry.kind == "moment.told" and entry.fact.pictures
    assert Version.objects.filter(log=target.work).count() == 1
    assert not Version.objects.filter(log=first.work).exists()


def test_telling_takes_a_token_and_eve_finds_nothing(bo):
    project = given.project()
    shared(bo, desks.photo())
    row = Draft.objects.get()
    assert desks.act(bo, row, "tell").status_code == 403
    given.eve()
    eve = desks.at("Eve")
    for path in (row.desk, f"{row.desk}picture/0/after/large"):
        assert eve.get(path).status_code == 404
        assert Client().get(path).status_code == 302
    assert desks.act(eve, row, "tell").status_code == 404
    assert shared(eve, desks.photo()).status_code == 403
    assert shared(Client(), desks.photo()).status_code == 401
    assert checked(project.work) == 2


def test_a_project_of_somebody_else_cannot_be_chosen(bo):
    project = given.project()
    shared(bo, desks.photo())
    row = Draft.objects.get()
    said = {"project": "x" * 26, "csrfmiddlewaretoken": token(bo, row.desk)}
    assert desks.act(bo, row, "move", **said)["Location"] == row.desk
    assert Draft.objects.get().project == project
    assert checked(project.work) == 2


def test_what_is_no_picture_is_a_file_by_its_name(bo):
    given.project()
    assert shared(bo, desks.file("song.jpg", b"not a picture", "image/jpeg")).status_code == 302
    row = Attachment.objects.get()
    assert (row.what, row.change["path"]) == ("file", "song.jpg")


def test_the_house_tells_phones_where_to_share_to(client):
    said = client.get("/manifest.webmanifest")
    assert said["Content-Type"] == "application/manifest+json"
    target = said.json()["share_target"]
    assert (target["action"], target["method"]) == ("/share/", "POST")
    assert target["params"]["files"][0]["name"] == "pictures"
