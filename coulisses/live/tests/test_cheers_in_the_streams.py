"""Cheers in the streams: on every screen, seldom, and for nobody whom they don't concern."""

import json
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from coulisses.cheers import rules
from coulisses.cheers.tests.cheering import told
from coulisses.live.tests.following import LIVE, signed_in
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import PATIENCE, Stream

pytestmark = pytest.mark.usefixtures("transactional_house")
ROOM = LIVE.replace("live", "room/live")


def moved(stream, *, within=PATIENCE):
    """Return what the next signal says of cheers; None where none comes."""
    until = time.monotonic() + within
    while (left := until - time.monotonic()) > 0:
        event = stream.next(within=left, signals=True)
        if event and event.kind == "moved" and (said := json.loads(event.data).get("cheers")):
            return said  # not what else moves meanwhile, as credits do
    return None


def hears(stream, of, given):
    """Wait until a signal says so of an entry."""
    while not given.items() <= (said := moved(stream)).get(str(of.position), {}).items():
        pass
    return said


def tap(port, path, word="courage"):
    connection = HTTPConnection("127.0.0.1", port)
    sent = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST", path, urlencode({"give": word}), sent)
    assert connection.getresponse().status == 200
    connection.close()


def test_a_tap_moves_the_count_on_every_screen_at_most_four_times_a_second():
    boat, cleo = given.project(), given.cleo()
    entry, doubt = told(boat), told(boat, "doubt")
    secret = told(boat, audience=given.tier(boat, cleo).pk)
    with served() as house:
        work, room = Stream(house.port, LIVE), Stream(house.port, ROOM)
        member = Stream(house.port, LIVE, Cookie=signed_in(cleo))
        tap(house.port, f"{boat.path}{entry.position}/cheers")
        for stream in (work, room, member):
            assert moved(stream) == {str(entry.position): {"courage": 1}}

        # A storm: many taps, few signals, and the last one says the truth.
        began = time.monotonic()
        for _ in range(40):
            tap(house.port, f"{boat.path}{entry.position}/cheers")
        said = []
        while not said or said[-1] < 41:
            said.append(moved(work)[str(entry.position)]["courage"])
        lasted = time.monotonic() - began
        assert said[-1] == 41 and len(said) <= 4 * lasted + 2

        # Of a doubt nobody hears how many; of a members' entry nobody else hears at all.
        tap(house.port, f"{boat.path}{doubt.position}/cheers")
        hears(work, doubt, {"courage": True, "names": []})
        tap(house.port, f"{boat.path}{doubt.position}/cheers")
        rules.give(boat, secret, "courage", by=cleo.voice_id, at=timezone.now())
        assert str(secret.position) not in (moved(work, within=1.0) or {})
        hears(member, secret, {"courage": 1})

        # Back after a while: who comes back soon hears at once what moved.
        room.close()
        tap(house.port, f"{boat.path}{entry.position}/cheers", "more")
        assert str(secret.position) not in hears(work, entry, {"more": 1})
        back = Stream(house.port, ROOM)
        hears(back, entry, {"more": 1})
