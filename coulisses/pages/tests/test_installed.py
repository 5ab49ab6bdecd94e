"""The house on a phone: its manifest and icons, and a worker that keeps what is everybody's."""

import json
import re

import pytest
from django.test import Client

from coulisses.house.models import House
from coulisses.testing import given

pytestmark = pytest.mark.django_db

FOR_ALL = "X-Coulisses-For-All"


def test_the_manifest_says_the_house_s_name_and_shows_icons_that_are_there():
    House.objects.update_or_create(pk=1, defaults={"name": "Les Coulisses de Kerbrec"})
    said = Client().get("/manifest.webmanifest").json()
    assert said["name"] == "Les Coulisses de Kerbrec"
    assert (said["start_url"], said["scope"]) == ("/", "/")
    drawn = {(one["sizes"], one.get("purpose")) for one in said["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= drawn
    assert all(re.search(r"-[0-9A-F]{8}\.png$", one["src"]) for one in said["icons"][1:])
    for icon in ("/apple-touch-icon.png", "/favicon.ico"):
        assert Client().get(icon).content.startswith(b"\x89PNG"), icon


def test_the_worker_stands_at_the_root_and_is_asked_for_anew_each_time():
    answer = Client().get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    head, _, rest = answer.content.decode().partition("\n")
    said = json.loads(head.removeprefix("const HOUSE = ").rstrip(";"))
    assert said["shell"] and set(said["words"]) == {"en", "fr"}
    assert "addEventListener" in rest


def test_a_host_ends_it_and_what_it_kept_goes(settings):
    settings.KEEPS_OFFLINE = False
    said = Client().get("/sw.js").content.decode()
    assert "caches.delete" in said and "respondWith" not in said
    assert "showNotification" in said  # whoever asked for notices goes on getting them
    assert b"thirty of them" not in Client().get("/privacy").content


def test_the_page_for_no_connection_knows_nobody():
    client = Client()
    client.force_login(given.ana())
    assert b"Ana" not in Client().get("/offline").content
    assert client.get("/offline").status_code == 200


def test_only_what_everybody_sees_may_be_kept_on_a_device():
    boat, kite = given.project("boat"), given.project("kite", is_raised=False)
    for path in ("/", boat.path, f"{boat.path}1", "/@atelier/"):
        assert Client().get(path).has_header(FOR_ALL), path
    for name in ("Ana", "Cleo", "Eve"):
        client = Client()
        client.force_login(given.account(name))
        for path in ("/", boat.path, f"{boat.path}1", kite.path, "/desk/", boat.desk, "/account/"):
            assert not client.get(path).has_header(FOR_ALL), (name, path)
    watching = Client()
    link = given.watch_link(kite)
    watching.get(link)
    watching.post(link)
    for path in (kite.path, "/", boat.path):
        answer = watching.get(path)
        assert not answer.has_header(FOR_ALL) or path == boat.path, path
