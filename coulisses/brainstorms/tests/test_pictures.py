"""Pictures that go with an idea: decoded apart, shown through that idea and nowhere else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coulisses.brainstorms.models import Idea
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan, host, read, throw
from coulisses.lib.pace import Bucket
from coulisses.media.models import Preview
from coulisses.projects import heard
from coulisses.testing import given
from coulisses.voices.tests.pictures import png

pytestmark = pytest.mark.django_db


def file(data):
    return SimpleUploadedFile("map.png", data, "image/png")


def test_a_picture_is_shown_with_its_idea_until_it_is_hidden_or_taken_back():
    night, cleo = host(storming.called(), "throw"), come(given.cleo())
    throw(cleo, "A map", picture=file(png()), alt="Streets by night")
    position = Idea.objects.get().position
    address = f"{WALL}ideas/{position}/picture/small"
    assert f'src="{address}"' in read(dan()) and 'alt="Streets by night"' in read(dan())
    assert dan().get(address)["Content-Type"].startswith("image/")
    assert dan().get(address.replace(str(position), "1", 1)).status_code == 404
    heard.hide(night.project, position, reason="unkind", at=timezone.now())
    assert dan().get(address).status_code == 404 and cleo.get(address).status_code == 200
    cleo.post(f"{WALL}ideas/{position}/taking-back", headers=HERE)
    assert cleo.get(address).status_code == 404 and not Preview.objects.exists()


@pytest.mark.parametrize("data", [b"no picture at all", png()[:60], b"PK\x03\x04" + b"0" * 400])
def test_what_is_no_picture_is_refused_and_leaves_nothing(data):
    host(storming.called(), "throw")
    answer = throw(dan(), "A map", headers=JSON, name="Dan", picture=file(data))
    assert answer.status_code == 422 and "without it" in answer.json()["sentence"]
    assert not Idea.objects.exists() and not Preview.objects.exists()


def test_strangers_pictures_are_counted_before_they_are_decoded(monkeypatch):
    host(storming.called(), "throw")
    monkeypatch.setattr("coulisses.brainstorms.pictures.strangers", Bucket(0, each=60))
    enough = throw(dan(), "A map", headers=JSON, name="Dan", picture=file(png()))
    assert enough.status_code == 429 and not Idea.objects.exists()
    assert throw(dan(), "A map", headers=JSON, name="Dan").status_code == 201
    assert throw(come(given.cleo()), "A map", headers=JSON, picture=file(png())).status_code == 201
