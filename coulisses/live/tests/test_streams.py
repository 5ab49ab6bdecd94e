"""What followers get: everything once, in order, at once."""

import json
import signal
import time

import pytest

from coulisses.lib import cursors
from coulisses.live.tests.following import AS_JSON, LIVE, say, titles
from coulisses.testing import given
from coulisses.testing.programs import until_true
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream

pytestmark = pytest.mark.usefixtures("transactional_house")
A_WHILE = 10.0  # seconds to end, two where nothing else runs; its streams would stay for ever


def test_what_is_told_arrives_at_once_in_the_followers_language():
    boat = given.project()
    with served() as house:
        stream = Stream(house.port, LIVE, Accept_Language="fr")
        objects = Stream(house.port, AS_JSON)
        assert "text/event-stream" in stream.head
        took = []
        for number in range(5):
            began = time.monotonic()
            say(boat, f"Plank {number}")
            assert f"Plank {number}" in stream.next().data
            took.append(time.monotonic() - began)
        assert min(took) < 0.5  # where nothing else runs, all are
        objects.take(5)
        entry = say(boat, "The keel is laid")
        event = stream.next()
        assert event.kind == "moment.told"
        assert "The keel is laid" in event.data
        said = json.loads(objects.next().data)
        assert (said["position"], said["kind"], said["title"]) == (
            entry.position,
            "moment.told",
            "The keel is laid",
        )
        assert said["url"] == f"http://127.0.0.1/@atelier/boat/{entry.position}"
        assert said["at"].endswith("Z")


def test_a_stream_resumes_exactly_by_header_or_by_address():
    boat = given.project()
    with served() as house:
        stream = Stream(house.port, AS_JSON)
        for number in range(5):
            say(boat, f"step {number}")
        events = stream.take(5)
        stream.close()
        say(boat, "while away")
        by_header = Stream(house.port, AS_JSON, Last_Event_ID=events[2].id)
        assert titles(by_header.take(3)) == ["step 3", "step 4", "while away"]
        by_address = Stream(house.port, f"{AS_JSON}&after={events[3].id}")
        assert titles(by_address.take(2)) == ["step 4", "while away"]
        both = Stream(house.port, f"{AS_JSON}&after={events[0].id}", Last_Event_ID=events[4].id)
        assert titles(both.take(1)) == ["while away"]


def test_a_stream_that_heard_nothing_yet_resumes_too():
    boat = given.project()
    with served() as house:
        stream = Stream(house.port, AS_JSON)
        until_true(lambda: stream.next(within=0.1) is None and stream.last_id, "its first id")
        stream.close()
        say(boat, "missed")
        again = Stream(house.port, AS_JSON, Last_Event_ID=stream.last_id)
        assert titles(again.take(1)) == ["missed"]


def test_killed_and_started_again_nothing_is_lost_nor_doubled():
    boat = given.project()
    with served() as house:
        stream = Stream(house.port, AS_JSON)
        for number in range(10):
            say(boat, str(number))
        seen = titles(stream.take(6))
        house.end(signal.SIGKILL)
        port = house.port
    say(boat, "10")
    with served(port=port):
        again = Stream(port, AS_JSON, Last_Event_ID=stream.last_id)
        say(boat, "11")
        seen += titles(again.take(12 - len(seen)))
        assert seen == [str(number) for number in range(12)]
        assert again.next(within=0.3) is None


def test_two_processes_behave_as_one():
    boat = given.project()
    with served() as one, served() as other:
        here, there = Stream(one.port, AS_JSON), Stream(other.port, AS_JSON)
        for number in range(30):
            say(boat, str(number))
        expected = [str(number) for number in range(30)]
        first = here.take(30)
        assert titles(first) == titles(there.take(30)) == expected
        moved = Stream(other.port, AS_JSON, Last_Event_ID=first[19].id)
        assert titles(moved.take(10)) == expected[20:]
        deadline = time.monotonic() + 60
        counts = set()
        while 3 not in counts and time.monotonic() < deadline:
            event = here.next(within=1, signals=True)
            if event and event.kind == "presence":
                counts.add(json.loads(event.data)["count"])
        assert 3 in counts


def test_a_house_with_workers_replaces_one_that_dies_and_ends_them_all():
    boat = given.project()
    with served("--workers", "2") as house:
        streams = [Stream(house.port, AS_JSON) for _ in range(8)]
        say(boat, "to all")
        assert {titles(stream.take(1))[0] for stream in streams} == {"to all"}
        assert house.end() < A_WHILE
        for stream in streams:
            stream.until_its_end()


def test_a_slow_reader_misses_nothing_and_holds_nobody_up():
    boat = given.project()
    body = "Shavings all over the floor. " * 600
    with served() as house:
        slow = Stream(house.port, LIVE, small_window=True)
        quick = Stream(house.port, AS_JSON)
        for number in range(300):
            say(boat, f"plank {number}", body=body)
        assert len(quick.take(300, within=90)) == 300
        events = slow.take(300, within=90)
        for number, event in enumerate(events):
            assert f"plank {number}" in event.data
        say(boat, "the last")
        assert "the last" in slow.next().data


def test_far_behind_a_stream_is_told_to_read_again():
    boat = given.project()
    for number in range(1010):
        say(boat, str(number))
    with served() as house:
        stream = Stream(house.port, AS_JSON, Last_Event_ID=cursors.spell(boat.work_id, 1))
        assert stream.next().kind == "reset"
        say(boat, "new")
        assert titles(stream.take(1)) == ["new"]


def test_a_cursor_from_a_future_that_was_lost_is_told_to_read_again():
    boat = given.project()
    with served() as house:
        stream = Stream(house.port, AS_JSON, Last_Event_ID=cursors.spell(boat.work_id, 500))
        assert stream.next().kind == "reset"
        say(boat, "here")
        assert titles(stream.take(1)) == ["here"]


@pytest.mark.parametrize("cursor", ["12", "%00", "a" * 5000, "-1", "aaaaaaaa"])
def test_a_cursor_that_is_none_is_refused(cursor):
    given.project()
    with served() as house:
        stream = Stream(house.port, f"{LIVE}?after={cursor}")
        assert stream.status == 400
        problem = json.loads(stream.rest())
        assert problem["type"] == "urn:coulisses:cursor-malformed"


def test_what_is_told_of_the_past_is_announced_in_one_breath():
    boat = given.project()
    with served() as house:
        stream = Stream(house.port, AS_JSON)
        for number in range(40):
            say(boat, str(number), past=True)
        say(boat, "now")
        events = []
        while not events or events[-1].kind == "past":
            events.append(stream.next())
        assert titles(events[-1:]) == ["now"]
        assert sum(json.loads(event.data)["count"] for event in events[:-1]) == 40


def test_one_address_holds_so_many_streams_and_no_more():
    given.project()
    environment = {"COULISSES_STREAMS_PER_ADDRESS": 2}
    with served(**environment) as house:
        there = {"X_Forwarded_For": "203.0.113.9"}
        streams = [Stream(house.port, LIVE, **there) for _ in range(2)]
        refused = Stream(house.port, LIVE, **there)
        assert refused.status == 429
        assert json.loads(refused.rest())["type"] == "urn:coulisses:too-many-streams"
        assert Stream(house.port, LIVE, X_Forwarded_For="203.0.113.10").status == 200
        streams[0].close()
        until_true(lambda: Stream(house.port, LIVE, **there).status == 200, "a place is free")


def test_a_house_ends_within_two_seconds_with_two_hundred_streams_open():
    boat = given.project()
    with served() as house:
        streams = [Stream(house.port, AS_JSON) for _ in range(200)]
        stalled = Stream(house.port, LIVE, small_window=True)
        for number in range(100):
            say(boat, str(number), body="x " * 8000)
        assert house.end(signal.SIGINT) < A_WHILE
        streams[0].until_its_end()
        stalled.close()
