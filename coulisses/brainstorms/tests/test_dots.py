"""Dots are never overspent, whatever is tapped; what stands is what a replay says."""

import threading

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from coulisses.brainstorms import deriving, gathering, hosting, settling, throwing, voting
from coulisses.brainstorms.models import Brainstorm, Dots, Family, Idea, Purse
from coulisses.brainstorms.refusals import NoDotsLeft
from coulisses.brainstorms.tests import storming
from coulisses.lib.refusals import Refusal
from coulisses.people.models import Voice
from coulisses.testing import given

WHO, WHERE = st.integers(0, 1), st.integers(0, 3)
ACTS = st.one_of(
    st.tuples(st.just("place"), WHO, WHERE),
    st.tuples(st.just("take"), WHO, WHERE),
    st.tuples(st.just("merge"), WHERE, WHERE),
    st.tuples(st.just("gather"), WHERE, st.just(0)),
    st.tuples(st.just("settle"), WHERE, st.just(0)),
    st.tuples(st.sampled_from(["throw", "gathering", "vote", "settling"]), WHO, WHERE),
)
PHASES = {"throw": "throw", "gathering": "gather", "vote": "vote", "settling": "settle"}


@pytest.fixture
def night():
    return storming.called(dots=3)


@pytest.mark.django_db
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@any_of(acts=st.lists(ACTS, max_size=25))
def test_purses_hold_and_a_replay_says_the_same(night, acts):
    for model in (Dots, Purse):
        model.objects.all().delete()
    voices = [Voice.objects.create().pk for _ in range(2)]
    night = storming.begun(night, "throw")
    ideas = _thrown(night, voices[0])
    night = storming.begun(night, "vote")
    lying = {}
    for act, one, other in acts:
        night = storming.now(night)
        try:
            _act(night, act, one, other, voices, ideas, lying)
        except Refusal:
            continue
    spent = {voice: 0 for voice in voices}
    for (voice, _position), count in lying.items():
        spent[voice] += count
    assert all(count <= 3 for count in spent.values())
    assert spent == {
        **dict.fromkeys(voices, 0),
        **dict(Purse.objects.values_list("voice", "spent")),
    }
    rows = Dots.objects.values_list("voice", "position", "count")
    assert {(voice, at): count for voice, at, count in rows} == {
        place: count for place, count in lying.items() if count
    }
    before = _standing(night)
    deriving.replay(night.project)
    assert _standing(night) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_racing_tabs_spend_the_last_dot_once(night):
    voice = Voice.objects.create().pk
    night = storming.begun(night, "throw")
    position = throwing.throw(night, "An idea", by=voice, at=given.NOON).position
    night = storming.begun(night, "vote")
    outcomes = []

    def tap():
        try:
            outcomes.append(voting.place(night, position, by=voice, at=given.NOON))
        except NoDotsLeft:
            outcomes.append(None)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tap) for _ in range(6)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert sorted(one for one in outcomes if one is not None) == [0, 1, 2]
    assert outcomes.count(None) == 3 and Dots.objects.get().count == 3
    hosting.begin(night, "settle", by=given.ana().voice_id, at=given.minutes(1))
    assert Idea.objects.get().dots == 3


def _thrown(night, voice):
    known = list(Idea.objects.order_by("position").values_list("position", flat=True))[:4]
    if known:
        return known
    for number in range(4):
        throwing.throw(night, f"Idea {number}", by=voice, at=given.minutes(number * 2))
    return list(Idea.objects.order_by("position").values_list("position", flat=True))


def _act(night, act, one, other, voices, ideas, lying):
    at, ana = given.minutes(30), given.ana().voice_id
    if act == "place":
        voting.place(night, ideas[other], by=voices[one], at=at)
        place = voices[one], ideas[other]
        lying[place] = lying.get(place, 0) + 1
    elif act == "take":
        voting.take_back(night, ideas[other], by=voices[one], at=at)
        lying[voices[one], ideas[other]] -= 1
    elif act == "merge":
        gathering.merge(night, [ideas[one]], ideas[other], by=ana, at=at)
    elif act == "gather":
        family = gathering.begin_family(night, "A family", by=ana, at=at).position
        gathering.gather(night, [ideas[one]], family, by=ana, at=at)
    elif act == "settle":
        settling.settle(night, ideas[one], is_kept=True, words="Yes", by=ana, at=at)
    else:
        storming.begun(night, PHASES[act], at=at)


def _standing(night):
    tables = [list(model.objects.order_by("position").values()) for model in (Idea, Family)]
    for row in [row for table in tables for row in table]:
        del row["id"]
    return [*tables, Brainstorm.objects.filter(pk=night.pk).values().get()]
