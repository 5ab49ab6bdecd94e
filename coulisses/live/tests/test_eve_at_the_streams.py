"""What followers do not get: neither the words nor the moment of what is not theirs."""

import json
import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from coulisses.lib import cursors
from coulisses.live.tests.following import AS_JSON, LIVE, say, session_of, signed_in, titles
from coulisses.moments.kinds import MomentTold
from coulisses.projects import rules
from coulisses.projects.telling import tell
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream

pytestmark = pytest.mark.usefixtures("transactional_house")


def test_eve_puts_nothing_but_a_name_before_the_addresses_of_a_stream():
    given.project()
    with served() as house, socket.create_connection(("127.0.0.1", house.port), 60) as link:
        link.sendall(f"GET {AS_JSON} HTTP/1.1\r\nHost: x/<script>\r\n\r\n".encode())
        assert link.recv(1000).startswith(b"HTTP/1.1 400")


def test_eve_sees_neither_the_words_nor_the_moment_of_what_is_for_members():
    boat = given.project()
    tier = given.tier(boat, given.cleo())
    with served() as house:
        eve = Stream(house.port, AS_JSON, Cookie=signed_in(given.eve()))
        dan = Stream(house.port, AS_JSON)
        cleo = Stream(house.port, AS_JSON, Cookie=signed_in(given.cleo()))
        bo = Stream(house.port, AS_JSON, Cookie=signed_in(given.bo()))
        say(boat, "a secret", audience=tier.pk, teaser="something for the wings")
        assert titles(cleo.take(1)) == titles(bo.take(1)) == ["a secret"]
        assert eve.next(within=1.5) is None
        assert dan.next(within=0.1) is None
        say(boat, "for all")
        for stream in (eve, dan):
            curtained, public = stream.take(2)
            assert curtained.kind == "entry.curtained"
            assert json.loads(curtained.data)["title"] == "something for the wings"
            assert json.loads(curtained.data)["at"] is None
            assert "secret" not in curtained.data
            assert titles([public]) == ["for all"]
        assert titles(cleo.take(1)) == ["for all"]


def test_what_was_hidden_shows_itself_when_the_hour_strikes():
    boat = given.project()
    tier = given.tier(boat)
    before = datetime.now(UTC).replace(minute=0, second=0) - timedelta(minutes=1)
    fact = MomentTold(kind="note", title="hidden")
    with served() as house:
        stream = Stream(house.port, AS_JSON)
        assert stream.next(within=0.3) is None
        times = {"happened_at": before, "told_at": before}
        tell(boat, fact, by=given.ana().voice_id, audience=tier.pk, **times)
        assert stream.next().kind == "entry.curtained"


def test_in_rehearsal_only_the_team_finds_a_stream():
    given.project(is_raised=False)
    with served() as house:
        assert Stream(house.port, LIVE).status == 404
        assert Stream(house.port, LIVE, Cookie=signed_in(given.eve())).status == 404
        assert Stream(house.port, LIVE, Cookie=signed_in(given.bo())).status == 200


def test_when_a_standing_ends_so_do_its_streams():
    boat = given.project()
    tier = given.tier(boat, given.cleo())
    bos = session_of(given.bo())
    with served() as house:
        cleo = Stream(house.port, AS_JSON, Cookie=signed_in(given.cleo()))
        bo = Stream(house.port, AS_JSON, Cookie=f"{settings.SESSION_COOKIE_NAME}={bos.session_key}")
        say(boat, "first", audience=tier.pk)
        assert titles(cleo.take(1)) == titles(bo.take(1)) == ["first"]
        rules.dismiss(tier, given.cleo())
        cleo.until_its_end()
        bos.delete()  # signed out
        say(boat, "second", audience=tier.pk)
        assert "second" not in bo.until_its_end()


def test_eve_is_not_told_a_shredded_teaser_when_she_comes_back():
    boat = given.project()
    tier = given.tier(boat, given.cleo())
    with served() as house:
        stream = Stream(house.port, AS_JSON)
        gone = say(boat, "for members", teaser="a canary", audience=tier.pk)
        say(boat, "for all")
        curtained, _ = stream.take(2)
        assert "a canary" in curtained.data
        by, at = given.ana().voice_id, timezone.now()
        rules.shred(boat, gone.position, reason="in haste", by=by, at=at)
        say(boat, "for all again")
        stream.take(2)
        before = cursors.spell(boat.work_id, gone.position - 1)
        again = Stream(house.port, AS_JSON, Last_Event_ID=before)
        assert not any("a canary" in event.data for event in again.take(4))
