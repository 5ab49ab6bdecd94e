"""Finished pages: served from memory, never stale, and only what everybody may see."""

import gzip
import http.client
import re
import time
from datetime import timedelta

import brotli
import pytest
import zstandard
from django.conf import settings
from django.utils import timezone

from coulisses.live.tests.following import say, signed_in
from coulisses.moments import rules as moments
from coulisses.projects import face, rules
from coulisses.projects.telling import GRACE
from coulisses.testing import given
from coulisses.testing.serving import served

pytestmark = pytest.mark.usefixtures("transactional_house")

STAGE = "/@atelier/boat/"


class Answer:
    """What came back for one GET."""

    def __init__(self, house, path, **headers):
        link = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request("GET", path, headers=named)
        answer = link.getresponse()
        self.status, self.headers = answer.status, answer.headers
        self.bytes = answer.read()
        link.close()

    @property
    def text(self):
        return self.bytes.decode()


def kept(house, path=STAGE, **headers):
    """Ask three times: the first teaches, the second is kept, the third comes out of memory."""
    return [Answer(house, path, **headers) for _ in range(3)][-1]


def until(holds, house, **headers):
    """Ask until the answer is right: another process may be a tenth of a second behind."""
    patience = time.monotonic() + 60
    while not holds(answer := Answer(house, STAGE, **headers)):
        assert time.monotonic() < patience, answer.status
    return answer


def test_an_entry_told_in_another_process_is_soon_on_the_kept_page():
    boat = given.project()
    with served() as house:
        kept(house)
        for number in range(10):
            say(boat, f"plank {number}")
            until(lambda answer, words=f"plank {number}": words in answer.text, house)


def test_a_kept_page_says_what_machines_may_and_follows_when_that_changes():
    boat = given.project()
    with served() as house:
        for path in (STAGE, f"{STAGE}feed.atom"):
            assert kept(house, path).headers["TDM-Reservation"] == "1"
        assert "Allow: /@atelier/boat/" not in kept(house, "/robots.txt").text
        worn = face.Words(title=boat.title, mining="allowed")
        face.dress(boat, worn, by=given.ana().voice_id, at=timezone.now())
        until(lambda answer: answer.headers["TDM-Reservation"] == "0", house)
        assert "Allow: /@atelier/boat/" in Answer(house, "/robots.txt").text


def test_the_mark_for_the_cache_never_leaves_the_house():
    given.project()
    with served() as house:
        for _ in range(3):
            answer = Answer(house, STAGE)
            assert answer.status == 200
            assert "X-Coulisses-Cache" not in answer.headers
            assert "Set-Cookie" not in answer.headers


def test_what_browsers_know_already_is_not_sent_again():
    boat = given.project()
    with served() as house:
        etag = kept(house).headers["ETag"]
        unchanged = Answer(house, STAGE, If_None_Match=etag)
        assert (unchanged.status, unchanged.bytes) == (304, b"")
        say(boat, "something new")
        until(lambda answer: answer.status == 200, house, If_None_Match=etag)


def test_every_encoding_holds_the_same_page():
    given.project()
    with served() as house:
        plain = kept(house).bytes
        unpack = {
            "gzip": gzip.decompress,
            "br": brotli.decompress,
            "zstd": lambda raw: zstandard.ZstdDecompressor().decompressobj().decompress(raw),
        }
        for encoding, unpacked in unpack.items():
            answer = Answer(house, STAGE, Accept_Encoding=encoding)
            assert answer.headers["Content-Encoding"] == encoding
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert unpacked(answer.bytes) == plain
        refused = Answer(house, STAGE, Accept_Encoding="br;q=0, gzip;q=0")
        assert refused.headers["Content-Encoding"] is None


def test_each_language_has_its_own_page():
    given.project()
    with served() as house:
        french = kept(house, Accept_Language="fr-CA,fr;q=0.8")
        english = kept(house, Accept_Language="de,en;q=0.5")
        chosen = kept(house, Accept_Language="en", Cookie=f"{settings.LANGUAGE_COOKIE_NAME}=fr")
        languages = [
            re.search(r'<html[^>]*lang="(\w+)"', answer.text).group(1)
            for answer in (french, english, chosen)
        ]
        assert languages == ["fr", "en", "fr"]


def test_a_hidden_entry_moves_neither_bytes_nor_etag():
    boat = given.project()
    tier = given.tier(boat)
    with served() as house:
        before = kept(house)
        say(boat, "a secret", audience=tier.pk)
        after = kept(house)
        assert after.bytes == before.bytes
        assert after.headers["ETag"] == before.headers["ETag"]


def test_shredded_words_leave_the_kept_pages():
    boat = given.project()
    entry = say(boat, "canary in the wings")
    with served() as house:
        assert "canary in the wings" in kept(house).text
        times = {"by": given.ana().voice_id, "at": given.NOON}
        rules.shred(boat, entry.position, reason="asked", **times)
        until(lambda answer: "canary in the wings" not in answer.text, house)


def test_what_somebody_signed_in_sees_is_never_kept_for_others():
    boat = given.project()
    tier = given.tier(boat, given.cleo())
    say(boat, "for the wings", audience=tier.pk)
    with served() as house:
        cookie = signed_in(given.cleo())
        assert "for the wings" in kept(house, Cookie=cookie).text
        assert "for the wings" not in kept(house).text


def test_a_project_in_rehearsal_is_kept_for_nobody():
    boat = given.project(is_raised=False)
    with served() as house:
        assert kept(house).status == 404
        rules.raise_curtain(boat, by=given.ana().voice_id, at=given.NOON)
        until(lambda answer: answer.status == 200, house)


def test_a_page_that_changes_by_itself_is_made_anew_when_its_time_has_come():
    boat = given.project()
    with served() as house:
        feed = f"{boat.path}feed.atom"
        kept(house, feed)
        hour = timezone.now() + timedelta(seconds=1.5)
        long_ago = hour - GRACE
        by = given.ana().voice_id
        moments.tell(
            boat, kind="progress", title="Hush", by=by, happened_at=long_ago, told_at=long_ago
        )
        early = kept(house, feed)
        assert "Hush" not in early.text or timezone.now() > hour
        assert "X-Coulisses-Until" not in early.headers
        patience = time.monotonic() + 60
        while "Hush" not in Answer(house, feed).text:
            assert time.monotonic() < patience
            time.sleep(0.05)


def test_whoever_knows_a_feed_by_its_date_alone_is_answered_out_of_memory_too():
    given.project()
    with served() as house:
        feed = f"{STAGE}feed.atom"
        known = kept(house, feed)
        for asked in (
            {"if_modified_since": known.headers["last-modified"]},
            {"if_none_match": known.headers["etag"]},
        ):
            again = Answer(house, feed, **asked)
            assert (again.status, again.bytes) == (304, b"")
            assert again.headers["link"].startswith("<http")
        both = {"if_none_match": '"another"', "if_modified_since": known.headers["last-modified"]}
        assert Answer(house, feed, **both).status == 200
