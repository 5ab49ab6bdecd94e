"""Every address of the wall, asked by whoever must not, and by no way that it has."""

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import moving, throwing
from coulisses.brainstorms.models import Brainstorm, Dots, Idea
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan, host, throw
from coulisses.log import ledger
from coulisses.manners.models import Resting
from coulisses.projects import heard
from coulisses.testing import given

pytestmark = pytest.mark.django_db

READ = ("", "podium", "mask/", "ideas/3/", "ideas/3/taking-back", "ideas/3/picture/small")
SENT = ("ideas", "3/dots", "mask/", "ideas/3/taking-back")
CLOSED = {401, 403, 404, 405, 409}


@pytest.mark.parametrize("name", ["", "Eve", "Cleo"])
def test_a_rehearsal_has_no_wall_for_whoever_is_outside(name):
    Brainstorm.objects.create(project=given.project("night", is_raised=False))
    client = come(given.account(name)) if name else dan()
    answers = [client.get(f"{WALL}{one}").status_code for one in READ]
    answers += [client.post(f"{WALL}{one}", headers=HERE).status_code for one in SENT]
    assert set(answers) <= {404}, answers


def test_who_watches_a_rehearsal_by_a_link_throws_nothing():
    night = Brainstorm.objects.create(project=given.project("night", is_raised=False))
    client = Client()
    client.post(given.watch_link(night.project))
    assert "<textarea" not in client.get(WALL).content.decode()
    assert throw(client, "A map", headers=JSON, name="Dan").status_code in (403, 404)


@pytest.mark.parametrize("name", ["", "Eve", "Fay", "Ana"])
def test_no_other_site_throws_or_votes_for_anybody(name):
    night = host(storming.called(), "throw")
    given.fay(night.project.studio)
    client = come(given.account(name)) if name else dan()
    for elsewhere in ({"Sec-Fetch-Site": "cross-site"}, {}, {"Origin": "https://evil.test"}):
        for one in SENT:
            answer = client.post(f"{WALL}{one}", {"words": "x", "name": "x"}, headers=elsewhere)
            assert answer.status_code == 403, one
    assert not Idea.objects.exists() and not Dots.objects.exists()


@pytest.mark.parametrize("name", ["", "Eve", "Fay", "Bo"])
def test_wrong_methods_are_refused(name):
    night = host(storming.called(), "throw")
    given.fay(night.project.studio)
    client = come(given.account(name)) if name else dan()
    for method in ("put", "patch", "delete"):
        for one in {*READ, *SENT}:
            answer = getattr(client, method)(f"{WALL}{one}", headers=HERE)
            assert answer.status_code in CLOSED, (method, one)
    for one in ("ideas", "3/dots"):
        assert client.get(f"{WALL}{one}").status_code == 405


def test_who_is_asked_to_rest_throws_under_no_mask_and_votes_not():
    night = host(storming.called(names="asked"), "throw")
    cleo = given.cleo()
    Resting.objects.create(project=night.project, voice=cleo.voice, at=timezone.now())
    assert throw(come(cleo), "Masked", headers=JSON, without_name="1").status_code == 403
    position = throwing.throw(night, "A", by=given.bo().voice_id, at=timezone.now()).position
    host(night, "vote")
    assert come(cleo).post(f"{WALL}{position}/dots", {"give": "1"}, headers=JSON).status_code == 403
    assert not Dots.objects.exists()


def test_signals_say_how_many_have_written_and_what_was_hidden_and_no_words():
    night = host(storming.called(), "throw")
    position = throwing.throw(night, "A", by=given.bo().voice_id, at=timezone.now()).position
    since = timezone.now()
    heard.hide(night.project, position, reason="unkind", at=timezone.now())
    said = moving.moved(night.project, ledger.OUTSIDE, since)
    assert said == {"hidden": [position]}
    host(night, "throw", is_silent=True)
    throw(come(given.cleo()), "In silence")
    assert moving.moved(night.project, ledger.OUTSIDE, timezone.now()) == {"written": 1}
    assert moving.moved(given.project("boat"), ledger.OUTSIDE, since) == {}
