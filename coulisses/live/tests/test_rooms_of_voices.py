"""The stream of what voices say: a log of its own, that the makers' stream knows nothing of."""

import json

import pytest

from coulisses.live.tests.following import LIVE
from coulisses.moments.kinds import MomentTold
from coulisses.projects import heard
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream

pytestmark = pytest.mark.usefixtures("transactional_house")
ROOM = LIVE.replace("live", "room/live")


def test_what_voices_say_arrives_in_their_room_alone_and_resumes_exactly():
    boat, cleo = given.project(), given.cleo()

    def say(words):
        fact = MomentTold(kind="note", body=words)
        return heard.say(boat, fact, by=cleo.voice_id, at=given.NOON)

    with served() as house:
        room, work = Stream(house.port, ROOM), Stream(house.port, LIVE)
        first = say("Courage")
        event = room.next()
        assert "Courage" in event.data and f"#say-{first.position}" in event.data
        assert work.next(within=0.5) is None
        room.close()
        say("while away")
        back = Stream(house.port, f"{ROOM}?as=json", Last_Event_ID=event.id)
        said = json.loads(back.next().data)
        assert said["position"] == 2
        assert Stream(house.port, LIVE, Last_Event_ID=event.id).status == 400
    assert checked(boat.room) == 2
    assert checked(boat.work) == 2


def test_nobody_hears_the_room_of_a_rehearsal():
    given.project("quiet", is_raised=False)
    with served() as house:
        assert Stream(house.port, "/@atelier/quiet/room/live").status == 404
