"""The map: what everybody may see, in files that stay small."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from coulisses.feeds import sitemap
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HERE = "http://testserver"


def read(address):
    """Return a map's addresses without the house's own, with when each changed."""
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(answer.content)
    return {
        one.findtext(f"{NAMESPACE}loc").removeprefix(HERE): one.findtext(f"{NAMESPACE}lastmod")
        for one in root
    }


def test_a_crawler_finds_every_public_page_from_robots_on():
    told.everything("boat")
    robots = Client().get("/robots.txt").content.decode()
    index = read(robots.rpartition("Sitemap: ")[2].strip().removeprefix(HERE))
    assert list(index) == ["/sitemap/house.xml", "/@atelier/boat/sitemap/1.xml"]
    pages = {path for file in index for path in read(file)}
    assert {"/", "/@atelier/", "/@atelier/boat/", "/@atelier/boat/3"} <= pages
    assert "/@atelier/boat/14" not in pages  # told to members
    assert {Client().get(path).status_code for path in pages} == {200}


def test_an_entry_changes_when_it_is_said_anew_and_leaves_when_it_is_shredded():
    boat = told.everything("boat")
    by = given.ana().voice_id
    file = "/@atelier/boat/sitemap/1.xml"
    assert read(file)["/@atelier/boat/5"] == "2026-05-03T12:03:00Z"
    moments.amend(boat, 5, title="Anew", body="", by=by, at=given.minutes(300))
    projects.shred(boat, 6, reason="told in haste", by=by, at=given.minutes(301))
    assert read(file)["/@atelier/boat/5"] == "2026-05-03T17:00:00Z"
    assert "/@atelier/boat/6" not in read(file)


def test_a_long_log_is_cut_into_files(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemap, "WINDOW", 4)
    boat = given.project("boat")
    for number in range(8):
        told.say(boat, f"Plank {number}", at=given.minutes(number))
    stage = "/@atelier/boat/"
    with django_assert_num_queries(1):
        index = read("/sitemap.xml")
    assert list(index)[1:] == [f"{stage}sitemap/{one}.xml" for one in (3, 2, 1)]
    assert [list(read(f"{stage}sitemap/{one}.xml")) for one in (2, 3)] == [
        [f"{stage}{one}" for one in (5, 6, 7, 8)],
        [f"{stage}{one}" for one in (9, 10)],
    ]
    for missing in (0, 4, 10**30):
        assert Client().get(f"{stage}sitemap/{missing}.xml").status_code == 404
