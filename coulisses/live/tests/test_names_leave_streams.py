"""A name that is taken out is told to nobody who comes back to a stream."""

import pytest
from django.utils import timezone

from coulisses.lib import cursors
from coulisses.live.tests.following import LIVE, say
from coulisses.people import rules
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream

pytestmark = pytest.mark.usefixtures("transactional_house")


def test_whoever_comes_back_to_a_stream_is_not_told_a_name_that_was_taken_out():
    boat = given.project()
    with served() as house:
        stream = Stream(house.port, LIVE)
        first = say(boat, "a plank")
        assert ">Ana<" in stream.take(1)[0].data
        rules.erase_name(given.ana().voice, at=timezone.now())
        say(boat, "another plank")
        stream.take(1)
        before = cursors.spell(boat.work_id, first.position - 1)
        again = Stream(house.port, LIVE, Last_Event_ID=before)
        data = " ".join(event.data for event in again.take(2))
        assert "Ana" not in data and "somebody" in data
