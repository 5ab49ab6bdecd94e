"""Notices reach the one device that asked, sealed, and end when it is gone."""

import base64
import ipaddress
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from py_vapid import Vapid02

from coulisses.following import notices
from coulisses.following.models import Device, Round
from coulisses.following.tests import scene
from coulisses.people import pushing, sealing
from coulisses.projects.models import Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db
SECRET = b"0123456789abcdef"


def spelled(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Endpoint(BaseHTTPRequestHandler):
    """Takes notices as a browser maker's server does, and answers as it is told to."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def endpoint(settings):
    settings.REACHES = [ipaddress.ip_network("127.0.0.0/8")]
    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    server.taken, server.answer = [], 201
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser():
    """Return a browser's key pair."""
    return ec.generate_private_key(ec.SECP256R1())


def asks(client, project, server, key, name="1", **said):
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    form = {
        "endpoint": f"http://127.0.0.1:{server.server_port}/{name}",
        "public_key": spelled(point),
        "secret": spelled(SECRET),
        **said,
    }
    return client.post(f"{project.path}follow/notices", form)


def due():
    scene.due()
    while notices.send():
        pass


def opened(body, key):
    words = http_ece.decrypt(body, private_key=key, auth_secret=SECRET, version="aes128gcm")
    return json.loads(words)


def test_a_device_that_asked_gets_a_notice_that_it_alone_can_read(client, endpoint, browser):
    boat = given.project()
    assert asks(client, boat, endpoint, browser).status_code == 204
    told = scene.say(boat, "The keel is laid")
    due()
    [(_path, headers, body)] = endpoint.taken
    assert b"keel" not in body
    assert opened(body, browser) == {
        "title": "Boat",
        "body": "The keel is laid",
        "path": f"{boat.path}{told.position}",
        "tag": boat.work_id,
    }
    assert headers["content-encoding"] == "aes128gcm" and int(headers["ttl"]) > 0
    assert len(headers["topic"]) <= 32
    assert Vapid02.verify(headers["authorization"])
    assert sealing.public_key() in headers["authorization"]
    due()
    assert len(endpoint.taken) == 1
    scene.say(boat, "One"), scene.say(boat, "Two")
    due()
    assert opened(endpoint.taken[1][2], browser)["body"] == "Two · and 1 more"


def test_two_processes_that_look_at_once_tell_a_device_once(client, endpoint, browser):
    boat = given.project()
    asks(client, boat, endpoint, browser)
    scene.say(boat, "A plank")
    scene.due()
    seen_by_both = Device.objects.get()
    upto = Round.objects.get(upto__isnull=False).upto
    assert [notices._claim(seen_by_both, upto) for _process in range(2)] == [True, False]


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(client, endpoint, browser, status):
    boat = given.project()
    asks(client, boat, endpoint, browser)
    endpoint.answer = status
    scene.say(boat, "A plank")
    due()
    assert not Device.objects.exists() and len(endpoint.taken) == 1


def test_a_device_that_fails_again_and_again_is_forgotten(client, endpoint, browser, monkeypatch):
    monkeypatch.setattr(pushing, "FAILURES", 2)
    boat = given.project()
    asks(client, boat, endpoint, browser)
    endpoint.answer = 500
    for n in (1, 2):
        assert Device.objects.count() == 1
        scene.say(boat, f"Plank {n}")
        due()
    assert not Device.objects.exists() and len(endpoint.taken) == 2


def test_a_device_ends_its_notices_and_hears_nothing_of_what_left(client, endpoint, browser):
    boat = given.project()
    asks(client, boat, endpoint, browser), asks(client, boat, endpoint, browser, "2")
    one = Device.objects.first()
    assert (
        client.post(f"{boat.path}follow/notices/end", {"endpoint": one.endpoint}).status_code == 204
    )
    assert Device.objects.count() == 1
    scene.say(boat, "A plank")
    scene.due()
    Project.objects.update(withdrawn_at=boat.opened_at)
    while notices.send():
        pass
    assert endpoint.taken == [] and not Round.objects.filter(upto__isnull=False).exists()


def test_eve_has_the_house_call_nobody_inside_and_keep_no_nonsense(
    client, endpoint, browser, settings
):
    boat = given.project()
    settings.REACHES = []
    wrong = [
        {},  # plain http, into the house's own network
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://[::1]/x"},
        {"endpoint": "https://a:b@push.example.org/x"},
        {"endpoint": "http://push.example.org/x"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://push.example.org/" + "x" * 1000},
    ]
    good = {"endpoint": "https://push.example.org/x"}
    wrong += [
        {**good, "public_key": spelled(b"\x04" + bytes(64))},
        {**good, "public_key": "é"},
        {**good, "secret": spelled(b"short")},
        {**good, "secret": ""},
    ]
    for said in wrong:
        assert 400 <= asks(client, boat, endpoint, browser, **said).status_code < 500, said
    assert not Device.objects.exists()
    assert asks(client, boat, endpoint, browser, **good).status_code == 204
    stranger = Client()
    stranger.post(f"{boat.path}follow/notices/end", {"endpoint": "https://push.example.org/y"})
    assert Device.objects.count() == 1


def test_devices_that_answer_nothing_keep_no_other_waiting(client, endpoint, browser, monkeypatch):
    monkeypatch.setattr(pushing, "PATIENCE", 30)
    boat = given.project()

    def meet():
        """Answer nobody; hang up once all have come."""
        for link in [deaf.accept()[0] for _ in range(10)]:
            link.close()

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        threading.Thread(target=meet, daemon=True).start()
        for n in range(10):
            silent = f"http://127.0.0.1:{deaf.getsockname()[1]}/{n}"
            assert asks(client, boat, endpoint, browser, endpoint=silent).status_code == 204
        asks(client, boat, endpoint, browser)
        scene.say(boat, "The keel is laid")
        began = time.monotonic()
        due()
    assert len(endpoint.taken) == 1 and time.monotonic() - began < pushing.PATIENCE
