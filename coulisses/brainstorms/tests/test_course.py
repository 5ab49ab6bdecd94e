"""The course: phases with a clock or without, stopped, extended, gone back from."""

import pytest

from coulisses.brainstorms import driving, hosting, throwing
from coulisses.brainstorms.models import Idea, Unheard
from coulisses.brainstorms.refusals import NoNewIdeas, NotNow, PhaseUnknown, StandsStill, TimeIsUp
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.throwing import Throw
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def test_an_idea_is_thrown_while_ideas_are_thrown_and_the_clock_runs():
    night, cleo = storming.called(), given.cleo().voice_id
    with pytest.raises(NotNow):
        throwing.throw(night, "A map of empty streets", by=cleo, at=given.NOON)
    night = storming.begun(night, "throw", minutes=10)
    throwing.throw(night, "A map of empty streets", by=cleo, at=given.minutes(9))
    with pytest.raises(TimeIsUp):
        throwing.throw(night, "Too late", by=cleo, at=given.minutes(10))
    hosting.extend(night, minutes=5, by=given.ana().voice_id, at=given.minutes(20))
    night = storming.now(night)
    throwing.throw(night, "Just in time", by=cleo, at=given.minutes(24))
    assert [one.fact.words for one in _thrown(night)] == ["A map of empty streets", "Just in time"]


@pytest.mark.both_databases
def test_an_idea_on_its_way_as_the_host_goes_on_closes_or_stops_comes_too_late():
    ana, cleo = given.ana().voice_id, given.cleo().voice_id
    on_its_way = storming.begun(storming.called(), "throw", minutes=10)
    hosting.stop(on_its_way, by=ana, at=given.minutes(1))
    with pytest.raises(StandsStill):
        throwing.throw(on_its_way, "As all stands still", by=cleo, at=given.minutes(2))
    hosting.go_on(on_its_way, by=ana, at=given.minutes(3))
    driving.close(on_its_way, is_closed=True)
    with pytest.raises(NoNewIdeas):
        throwing.throw(on_its_way, "As doors close", by=cleo, at=given.minutes(4))
    driving.close(on_its_way, is_closed=False)
    throwing.throw(on_its_way, "Received in time", by=cleo, at=given.minutes(5))
    storming.begun(on_its_way, "gather", at=given.minutes(6))
    with pytest.raises(NotNow):
        throwing.throw(on_its_way, "A blink too late", by=cleo, at=given.minutes(5))
    sent = [Throw("Among others", cleo)]
    assert [type(one) for one in throwing.throw_all(on_its_way, sent, at=given.minutes(5))] == [
        NotNow
    ]
    assert [one.fact.words for one in _thrown(on_its_way)] == ["Received in time"]


def test_a_stopped_clock_runs_on_with_what_was_left():
    ana, night = given.ana().voice_id, storming.begun(storming.called(), "throw", minutes=10)
    hosting.stop(night, by=ana, at=given.minutes(4))
    night = storming.now(night)
    with pytest.raises(StandsStill):
        throwing.throw(night, "Not now", by=ana, at=given.minutes(5))
    with pytest.raises(NotNow):
        hosting.stop(night, by=ana, at=given.minutes(5))
    hosting.go_on(night, by=ana, at=given.minutes(30))
    assert storming.now(night).ends_at == given.minutes(36)


def test_a_phase_without_a_clock_stops_and_goes_on_too():
    ana, night = given.ana().voice_id, storming.begun(storming.called(), "throw")
    hosting.stop(night, by=ana, at=given.minutes(4))
    assert storming.now(night).is_stopped
    hosting.go_on(night, by=ana, at=given.minutes(5))
    assert not storming.now(night).is_stopped and storming.now(night).ends_at is None


def test_a_silent_round_shows_its_ideas_when_it_is_over_in_their_order():
    night = storming.begun(storming.called(), "throw", is_silent=True)
    for who, words in ((given.cleo(), "First"), (given.bo(), "Second")):
        assert throwing.throw(night, words, by=who.voice_id, at=given.minutes(1)) is None
    assert not Idea.objects.exists() and Unheard.objects.count() == 2
    storming.begun(night, "throw", at=given.minutes(5))
    assert [one.fact.words for one in _thrown(night)] == ["First", "Second"]
    assert not Unheard.objects.exists()
    assert checked(night.project.room) == 4


def test_nameless_ideas_are_by_a_voice_of_this_brainstorm_alone():
    night, cleo = storming.called(names="asked"), given.cleo().voice_id
    night = storming.begun(night, "throw")
    for without in (False, True, True):
        throwing.throw(night, "An idea", by=cleo, at=given.NOON, without_name=without)
    named, first, second = (one.by for one in _thrown(night))
    assert named == cleo and first == second != cleo
    other = storming.begun(storming.called("other", names="nameless"), "throw")
    throwing.throw(other, "Another", by=cleo, at=given.NOON)
    assert _thrown(other)[0].by not in {cleo, first}


def test_no_phase_but_those_that_are_played_begins():
    night = storming.called()
    for phase in ("called", "lunch", ""):
        with pytest.raises(PhaseUnknown):
            storming.begun(night, phase)


def _thrown(of):
    return list(of.project.room.entries.filter(kind="idea.thrown").order_by("position"))
