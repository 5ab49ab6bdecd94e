"""The hub is told what is new: a real one, on this machine's own network."""

import ipaddress
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from coulisses.feeds import announcing
from coulisses.feeds.models import Bookmark, Ping
from coulisses.feeds.tests import reading
from coulisses.pages.tests import told
from coulisses.projects.models import Project
from coulisses.site.config import House, SettingMalformed, websub_hub
from coulisses.testing import given

pytestmark = pytest.mark.django_db

STEMS = ("/feed", "/@atelier/feed", "/@atelier/boat/feed", "/@atelier/boat/feed/note")
TOPICS = sorted(f"https://example.org{stem}.{form}" for stem in STEMS for form in ("atom", "json"))


class Hub(ThreadingHTTPServer):
    """A hub that notes what it is told, and answers as it is bidden."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Listening)
        self.heard, self.answer = [], 202

    def topics(self):
        """Return what it was told since it was last asked."""
        heard, self.heard = self.heard, []
        assert all(one["hub.mode"] == ["publish"] for one in heard)
        return sorted(url for one in heard for url in one["hub.url"])


class Listening(BaseHTTPRequestHandler):
    """Takes what publishers say."""

    def do_POST(self):
        """Note it."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.heard.append(parse_qs(body.decode()))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_said):
        """Say nothing."""


@pytest.fixture
def hub(settings):
    with Hub() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.REACHES = [ipaddress.ip_network("127.0.0.0/8")]
        settings.PUBLIC_URL = "https://example.org"
        settings.WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/"
        yield server
        server.shutdown()


def do():
    """Do what the errands do until nothing is left."""
    while announcing.look():
        pass
    while announcing.send():
        pass


def begin():
    """Return a project whose bookmark stands at its end, raised long before it told anything."""
    boat = given.project("boat")
    Project.objects.filter(pk=boat.pk).update(stirred_at=timezone.now())
    do()
    return boat


def later(**columns):
    """Let what is owed be due now."""
    Ping.objects.update(due_at=timezone.now(), **columns)


def test_the_hub_is_told_of_every_feed_that_has_it_once(hub):
    boat = begin()
    assert hub.topics() == []  # what was told before is not announced
    told.say(boat, "A plank", at=given.minutes(9))
    do()
    assert hub.topics() == TOPICS
    do()
    assert hub.topics() == [] and not Ping.objects.exists()


def test_what_everybody_may_not_read_yet_is_announced_to_nobody(hub):
    boat = begin()
    circle = given.tier(boat, given.cleo())
    told.say(boat, told.SECRET, audience=circle.pk, at=given.minutes(9))
    told.say(boat, "Just now", at=timezone.now())
    rehearsal = given.project("punt", is_raised=False)
    Bookmark.objects.create(project=rehearsal, position=0, looked_at=given.NOON)
    do()
    assert hub.topics() == []
    assert Bookmark.objects.get(project=rehearsal).position == 0


def test_a_hub_that_fails_is_told_again_later_and_not_for_ever(hub):
    boat = begin()
    told.say(boat, "A plank", at=given.minutes(9))
    hub.answer = 500
    do()
    assert hub.topics() == TOPICS
    do()
    assert hub.topics() == []  # it rests
    waits = Ping.objects.first().due_at - timezone.now()
    assert 20 < waits.total_seconds() <= 30 and Ping.objects.first().trouble == "500"
    later()
    do()
    hub.topics()
    assert Ping.objects.first().due_at - timezone.now() > waits  # longer each time
    hub.answer = 204
    later()
    do()
    assert hub.topics() == TOPICS and not Ping.objects.exists()
    told.say(boat, "Another", at=given.minutes(10))
    hub.answer = 410
    do()
    later(since=given.NOON)
    do()
    assert not Ping.objects.exists()


def test_what_comes_in_while_the_hub_is_told_is_told_again(hub):
    boat = begin()
    told.say(boat, "A plank", at=given.minutes(9))
    announcing.look()
    (first, *_others) = Ping.objects.order_by("pk")
    told.say(boat, "Another", at=given.minutes(10))
    announcing.look()  # another process, in the middle of it
    announcing._tell(first)
    assert Ping.objects.filter(pk=first.pk).exists()
    do()
    assert hub.topics().count(f"https://example.org{first.path}") == 2


def test_feeds_say_where_their_hub_is_and_archives_do_not(hub, client, monkeypatch):
    monkeypatch.setattr("coulisses.feeds.windows.WINDOW", 2)
    boat = given.project("boat")
    for number in range(6):
        told.say(boat, f"{number}", at=given.minutes(number))
    address = f"{boat.path}feed.atom"
    where = hub.server_address[1]
    assert reading.leads(reading.atom(client, address))["hub"] == f"http://127.0.0.1:{where}/"
    said = client.get(address)["Link"]
    assert f'<http://127.0.0.1:{where}/>; rel="hub"' in said
    assert f'<https://example.org{address}>; rel="self"' in said
    assert reading.json(client, f"{boat.path}feed.json")["hubs"][0]["type"] == "WebSub"
    archive = client.get(f"{boat.path}feed/archive/1.atom")
    assert 'rel="hub"' not in archive["Link"] and b'rel="hub"' not in archive.content


def test_a_house_without_a_hub_owes_nothing(client):
    boat = given.project("boat")
    told.say(boat, "A plank", at=given.minutes(9))
    do()
    assert not Ping.objects.exists() and not Bookmark.objects.exists()
    assert "hub" not in client.get(f"{boat.path}feed.atom")["Link"]


def test_a_hub_that_cannot_be_is_refused_loudly():
    for said in ({"websub_hub": "hub"}, {"websub_hub": "https://hub.example.org/"}):
        with pytest.raises(SettingMalformed):
            websub_hub(House(**said))
    both = House(websub_hub="https://hub.example.org/", public_url="https://example.org")
    assert websub_hub(both) == "https://hub.example.org/"
