"""What concerns somebody comes to the browsers in which they are known, in waking hours, once."""

import json
from datetime import timedelta

import http_ece
import pytest
from django.test import Client
from django.utils import timezone

from coulisses.following.tests.test_notices import SECRET, asks, browser, endpoint
from coulisses.notices import pushing
from coulisses.notices.models import Device, Muted, Notice
from coulisses.notices.tests import scene
from coulisses.projects import heard
from coulisses.testing import given

pytestmark = pytest.mark.django_db
assert browser and endpoint  # fixtures


def shows(who, server, key, name="1"):
    """Have somebody's browser show them what concerns them; return it."""
    client = given.come_in(Client(), who)

    class There:
        path = "/notices/"

    class Post:
        @staticmethod
        def post(_path, form):
            return client.post("/notices/device", form)

    assert asks(Post, There, server, key, name).status_code == 204
    return client


def push():
    Notice.objects.exclude(push_at=None).update(push_at=timezone.now() - timedelta(seconds=1))
    while pushing.send():
        pass


def opened(server, key):
    body = server.taken[-1][2]
    words = http_ece.decrypt(body, private_key=key, auth_secret=SECRET, version="aes128gcm")
    return json.loads(words)


def test_a_device_is_told_sealed_once_and_no_more_when_its_browser_is_left(endpoint, browser):
    cleo = shows(given.cleo(), endpoint, browser)
    boat, entry, first = scene.a_thread()
    push(), push()
    assert len(endpoint.taken) == 1
    said = opened(endpoint, browser)
    assert said["title"] == "Boat" and said["body"] == "Bo answered you in “Boat”."
    assert said["path"].startswith(boat.path)
    for words in ("And tar", "And oakum"):
        scene.say(boat, entry, words, by=given.bo(), to=first)
    scene.pull(), push()
    assert opened(endpoint, browser)["body"].endswith("· and 1 more")
    assert opened(endpoint, browser)["path"] == "/notices/"
    cleo.post("/leave")
    scene.say(boat, entry, "Unheard", by=given.bo(), to=first)
    scene.pull(), push()
    assert len(endpoint.taken) == 2 and not Device.objects.exists()


def test_quiet_hours_and_what_was_hidden_or_muted_reach_no_device(endpoint, browser):
    shows(given.cleo(), endpoint, browser), shows(given.bo(), endpoint, browser, "2")
    now = timezone.localtime()
    begins, ends = now - timedelta(hours=1), now + timedelta(hours=1)
    quiet = {"quiet_from": begins.time(), "quiet_until": ends.time()}
    scene.chooses(given.cleo(), **quiet)
    boat, _entry, first = scene.a_thread()
    heard.hide(boat, first, reason="rude", at=timezone.now())
    push()
    assert endpoint.taken == []
    assert Notice.objects.get(voice=given.cleo().voice_id).push_at > timezone.now()
    scene.chooses(given.cleo(), quiet_from=None, quiet_until=None)
    thread = {"project": boat, "thread": f"said-{first}", "at": timezone.now()}
    Muted.objects.create(voice=given.cleo().voice, **thread)
    push()
    assert endpoint.taken == []


def test_a_browser_that_another_comes_into_shows_theirs_alone(endpoint, browser):
    shows(given.cleo(), endpoint, browser)
    gus = shows(given.guest(), endpoint, browser)
    assert Device.objects.get().voice.name == "Gus"
    gus.post("/notices/device/end", {"endpoint": Device.objects.get().endpoint})
    assert not Device.objects.exists()
