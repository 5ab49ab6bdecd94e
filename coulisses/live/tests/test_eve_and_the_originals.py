"""Finished pages and streams say nothing of originals that are not their reader's."""

import http.client

import pytest

from coulisses.capture import originals, previews, rules
from coulisses.capture.tests.saves import added, save
from coulisses.capture.tests.test_previews import webp
from coulisses.live.tests.following import AS_JSON, signed_in
from coulisses.live.tests.test_bytecache import Answer, kept
from coulisses.projects.models import Originals
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream

pytestmark = pytest.mark.usefixtures("transactional_house")

WORK = b"<script>alert(1)</script>"


def take(project, *saves):
    return rules.take(project, saves, by_owner=given.ana().voice_id, at=given.NOON)


def test_a_finished_page_leads_passers_by_to_no_original_of_the_team():
    boat = given.project()
    (entry,) = take(boat, save(1, added("boat.kra", "v1")))
    originals.choose(boat, Originals.GIVEN, is_sure=False)
    originals.keep(boat, "git:v1", [WORK])
    page, team = f"{boat.path}{entry.position}", signed_in(given.bo())
    place = f"{page}/original/0"
    with served() as house:
        assert place in kept(house, page).text
        given_away = Answer(house, place)
        assert given_away.bytes == WORK and "private" in given_away.headers["Cache-Control"]
        assert "attachment" in given_away.headers["Content-Disposition"]
        assert given_away.headers["X-Content-Type-Options"] == "nosniff"
        originals.choose(boat, Originals.KEPT, is_sure=False)
        for _ in range(4):
            assert place in Answer(house, page, Cookie=team).text
            assert place not in Answer(house, page).text
            for wrong in (place, f"{page}/picture/0/after/original"):
                assert Answer(house, wrong).status == 404
                known = given_away.headers["ETag"]
                assert Answer(house, wrong, If_None_Match=known, Range="bytes=0-3").status == 404
        assert Answer(house, place, Cookie=team).bytes == WORK


def test_no_page_and_no_stream_says_that_something_waits():
    boat = given.project()
    originals.choose(boat, Originals.GIVEN, is_sure=False)
    take(boat, save(1, added("boat.png", "v1")))
    with served() as house:
        dan, eve = (Stream(house.port, AS_JSON, Cookie=who) for who in ("", signed_in(given.eve())))
        pages = [boat.path, f"{boat.path}1", f"{boat.path}feed.atom", "/", f"{boat.path}proof/"]
        before = [kept(house, page) for page in pages]
        (row,) = take(boat, save(2, added("secret-boat.png", "v2"), policy="hold"))
        previews.keep(boat, "git:v2", facts={"reader": "picture"}, previews={"small": webp()})
        originals.keep(boat, "git:v2", [WORK])
        assert row.unseen.get().version == "git:v2"
        after = [kept(house, page) for page in pages]
        for one, other in zip(before, after, strict=True):
            assert one.bytes == other.bytes
            assert one.headers["ETag"] == other.headers["ETag"]
            assert one.headers["Last-Modified"] == other.headers["Last-Modified"]
        assert dan.next(within=1.0) is None
        assert eve.next(within=0.1) is None


def test_parts_of_an_original_travel_one_after_the_other_on_one_connection():
    boat, data = given.project(), bytes(range(256)) * 12_000
    (entry,) = take(boat, save(1, added("boat.kra", "v1")))
    originals.choose(boat, Originals.GIVEN, is_sure=False)
    originals.keep(boat, "git:v1", [data])
    with served() as house:
        link = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
        for first, last in ((0, len(data) - 1), (5, 9), (70_000, 270_000)):
            headers = {"Range": f"bytes={first}-{last}"}
            link.request("GET", f"{boat.path}{entry.position}/original/0", headers=headers)
            answer = link.getresponse()
            assert (answer.status, answer.read()) == (206, data[first : last + 1])
        link.close()
