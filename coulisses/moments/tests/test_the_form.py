"""Telling from the composer: pictures are looked at, and no typed word is lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.moments import attachments
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

TELL = "/desk/@atelier/boat/tell/"
WORDS = {"kind": "progress", "title": "A first coat", "body": "It dries.", "act": "tell"}


def png(name="boat.png", size=(40, 30), **saving):
    """A picture on its way in."""
    raw = io.BytesIO()
    Image.new("RGB", size, "teal").save(raw, name.rpartition(".")[2].upper(), **saving)
    return SimpleUploadedFile(name, raw.getvalue())


def by(account):
    """A browser of somebody's; None for a passer-by."""
    client = Client()
    if account:
        client.force_login(account)
    return client


def test_words_and_pictures_are_told_and_originals_dropped():
    project = given.project()
    location = b"48.8584"
    photo = Image.Exif()
    photo[0x010E] = location.decode()
    upload = png("boat.jpeg", exif=photo.tobytes())
    answer = by(given.ana()).post(TELL, {**WORDS, "pictures": [upload, png()]})
    assert (answer.status_code, answer["Location"]) == (302, "/@atelier/boat/3")
    first, second = Entry.objects.get(log=project.work, position=3).fact.pictures
    assert (first["width"], second["alt"]) == (40, "")
    assert first["version"].startswith("upload:")
    for preview in Preview.objects.filter(version__log=project.work):
        kept = store.location(preview).read_bytes()
        assert kept[:4] == b"RIFF" and location not in kept
    assert Preview.objects.filter(variant="original").count() == 0
    assert checked(project.work) == 3


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (SimpleUploadedFile("boat.png", b"not a picture"), "boat.png"),
        (SimpleUploadedFile("notes.md", b"# words"), "notes.md"),
        (SimpleUploadedFile("empty.png", b""), "empty"),
        (SimpleUploadedFile("bomb.svg", b"<svg" + b" " * 100), "bomb.svg"),
    ],
)
def test_a_failing_picture_does_not_lose_the_words(upload, says):
    project = given.project()
    answer = by(given.ana()).post(TELL, {**WORDS, "pictures": [png(), upload]})
    assert answer.status_code == 422
    page = answer.content.decode()
    for kept in ("A first coat", "It dries.", says):
        assert kept in page
    assert checked(project.work) == 2
    assert not Preview.objects.filter(version__log=project.work).exists()


def test_too_many_and_too_large_are_said_so(monkeypatch):
    given.project()
    client = by(given.ana())
    answer = client.post(TELL, {**WORDS, "pictures": [png() for _ in range(9)]})
    assert (answer.status_code, "8" in answer.content.decode()) == (422, True)
    monkeypatch.setattr(attachments, "LARGEST", 10)
    answer = client.post(TELL, {**WORDS, "pictures": [png()]})
    assert "boat.png" in answer.content.decode()


def test_a_moment_may_be_told_to_members_alone():
    project = given.project()
    wings = given.tier(project, given.cleo())
    said = {**WORDS, "audience": wings.pk, "teaser": "A secret"}
    by(given.ana()).post(TELL, said)
    entry = Entry.objects.get(log=project.work, position=3)
    assert (entry.audience, entry.fact.teaser) == (wings.pk, "A secret")
    other = given.tier(given.project("oar"))
    answer = by(given.ana()).post(TELL, {**WORDS, "audience": other.pk})
    assert answer.status_code == 422


def test_words_are_amended_and_shredded_from_the_page():
    project = given.project()
    ana = by(given.ana())
    ana.post(TELL, WORDS)
    answer = ana.post("/@atelier/boat/3/amendment", {"title": "Better", "body": "words"})
    assert answer["Location"] == "/@atelier/boat/3"
    refused = ana.post("/@atelier/boat/3/amendment", {"title": "x" * 201, "body": "kept words"})
    assert (refused.status_code, "kept words" in refused.content.decode()) == (422, True)
    answer = ana.post("/@atelier/boat/3/shredding", {"reason": "Not mine to tell"})
    assert answer["Location"] == "/@atelier/boat/3"
    assert Entry.objects.get(log=project.work, position=3).is_shredded
    assert checked(project.work) == 6


ACTS = [
    ("1/amendment", {"title": "x"}),
    ("1/shredding", {"reason": "x"}),
    ("1/pin", {}),
    ("sittings/1/title", {"title": "x"}),
    ("names", {"shown": "yes"}),
]


@pytest.mark.parametrize(("path", "said"), ACTS)
def test_eve_members_and_passers_by_do_nothing_from_the_page(path, said):
    project = given.project()
    given.tier(project, given.cleo())
    hidden = given.project("oar", is_raised=False)
    for account in (given.eve(), given.cleo(), None):
        client = by(account)
        assert client.post(f"/@atelier/boat/{path}", said).status_code == 403
        assert client.post(f"/@atelier/oar/{path}", said).status_code == 404
        asked = client.get(f"/@atelier/boat/{path}").status_code
        assert asked == (403 if path.endswith("amendment") else 405)
    assert (checked(project.work), checked(hidden.work)) == (2, 1)


def test_a_maker_tells_but_only_the_owner_shreds_and_names():
    given.project()
    bo = by(given.bo())
    assert bo.post(TELL, WORDS).status_code == 302
    assert bo.post("/@atelier/boat/3/shredding", {"reason": "x"}).status_code == 403
    assert bo.post("/@atelier/boat/names", {"shown": "yes"}).status_code == 403
    assert by(given.ana()).post("/@atelier/boat/names", {"shown": "yes"}).status_code == 302


def test_a_form_from_another_site_is_not_heard():
    project = given.project()
    client = Client(enforce_csrf_checks=True)
    client.force_login(given.ana())
    assert client.post(TELL, WORDS).status_code == 403
    assert checked(project.work) == 2


def test_a_position_beyond_all_numbers_is_no_entry():
    given.project()
    ana = by(given.ana())
    for act in ("amendment", "pin", "shredding"):
        assert ana.post(f"/@atelier/boat/{10**30}/{act}", {"title": "x"}).status_code == 404
    assert ana.post(f"/@atelier/boat/sittings/{10**30}/title", {"title": "x"}).status_code == 404
