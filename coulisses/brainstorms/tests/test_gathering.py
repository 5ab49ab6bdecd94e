"""The table: families begun, put together, taken apart; what was done last is undone."""

import pytest

from coulisses.brainstorms import (
    deriving,
    gathering,
    gestures,
    keeping,
    likening,
    screen_pages,
    throwing,
)
from coulisses.brainstorms.alike import Proposal
from coulisses.brainstorms.models import (
    Brainstorm,
    Family,
    Gesture,
    Idea,
    Likening,
    ProposedFamily,
    Twin,
)
from coulisses.brainstorms.refusals import FamilyUnknown, NotNow
from coulisses.brainstorms.table_refusals import DotsMayLie, FamilyHoldsIdeas, NothingToUndo
from coulisses.brainstorms.tests import storming
from coulisses.projects import heard, unsaying
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    begun = storming.begun(storming.called(), "throw")
    for words in ("A lamp for all", "Lamps for everybody", "A lamp, a song", "Snow"):
        throwing.throw(begun, words, by=given.cleo().voice_id, at=given.NOON)
    return storming.begun(begun, "gather")


def test_a_family_is_begun_with_ideas_and_undone(night):
    ideas, ana = _ideas(night), _by()
    lamps = gestures.begin(night, "Lamps", ideas[:2], **ana)
    assert _stands(night) == {"Lamps": ideas[:2]}
    gestures.undo(night, **ana)
    assert _stands(night) == {} and not Family.objects.exists()
    with pytest.raises(NothingToUndo):
        gestures.undo(night, **ana)
    with pytest.raises(FamilyUnknown):
        gestures.move(night, ideas, lamps, **ana)


def test_families_become_one_and_come_apart_again(night):
    ideas, ana = _ideas(night), _by()
    lamps = gestures.begin(night, "Lamps", ideas[:2], **ana)
    songs = gestures.begin(night, "Songs", ideas[2:3], **ana)
    gestures.join(night, songs, lamps, **ana)
    assert _stands(night) == {"Lamps": ideas[:3]}
    gestures.undo(night, **ana)
    assert _stands(night) == {"Lamps": ideas[:2], "Songs": ideas[2:3]}
    with pytest.raises(FamilyHoldsIdeas):
        gathering.let_go(night, lamps, **ana)


def test_the_screen_shows_no_family_that_was_let_go(night):
    ideas = _ideas(night)
    lamps = gestures.begin(night, "Lamps", ideas[:2], **_by())
    songs = gestures.begin(night, "Songs", ideas[2:3], **_by())
    gestures.join(night, songs, lamps, **_by())
    assert [(one.name, one.count) for one in screen_pages.families(night)] == [
        ("Lamps", 3),
        ("", 1),
    ]
    Idea.objects.filter(position=ideas[0]).update(family=songs)  # put there as it was let go
    assert [(one.name, one.count) for one in screen_pages.families(night)] == [
        ("Lamps", 2),
        ("", 2),
    ]


def test_each_undoes_what_they_did_themselves(night):
    ideas, bo = _ideas(night), {"by": given.bo().voice_id, "at": given.NOON}
    lamps = gestures.begin(night, "Lamps", ideas[:2], **_by())
    gestures.rename(night, lamps, "Light", **bo)
    gestures.move(night, ideas[2:], lamps, **_by())
    gestures.undo(night, **bo)
    assert _stands(night) == {"Lamps": ideas}
    gestures.undo(night, **_by())
    assert _stands(night) == {"Lamps": ideas[:2]}


def test_what_is_merged_comes_apart_with_what_it_led(night):
    first, second, third, _snow = _ideas(night)
    gestures.merge(night, [second], first, **_by())
    gestures.merge(night, [first], third, **_by())
    assert _into(night) == {first: third, second: third}
    gestures.undo(night, **_by())
    assert _into(night) == {second: first}


def test_while_all_vote_nothing_is_merged_nor_merging_undone(night):
    first, second, *_ = _ideas(night)
    gestures.merge(night, [second], first, **_by())
    voting = storming.begun(night, "vote")
    with pytest.raises(DotsMayLie):
        gestures.merge(voting, [first], second, **_by())
    with pytest.raises(NotNow):
        gestures.undo(voting, **_by())
    gestures.begin(voting, "Still", [first], **_by())


def test_a_replay_of_the_room_gathers_all_again(night):
    ideas = _ideas(night)
    lamps = gestures.begin(night, "Lamps", ideas[:2], **_by())
    songs = gestures.begin(night, "Songs", ideas[2:3], **_by())
    gestures.join(night, songs, lamps, **_by())
    stood = _stands(night)
    deriving.replay(night.project)
    assert _stands(night) == stood == {"Lamps": ideas[:3]}
    assert checked(night.project.room)


def test_the_errand_proposes_what_stands_and_is_in_no_family(night):
    first, second, third, snow = _ideas(night)
    gestures.begin(night, "Snow", [snow], **_by())
    likening.ask(night, at=given.NOON)
    assert likening.look_next() and not likening.look_next()
    assert Likening.objects.get().state == "done"
    assert [one.ideas for one in ProposedFamily.objects.all()] == [[first, second, third]]
    assert likening.how_far(night.project, frozenset(), given.NOON)["done"] == 12


def test_what_is_hidden_or_taken_back_is_proposed_no_more(night):
    first, second, third, snow = _ideas(night)
    heard.hide(night.project, first, reason="unkind", at=given.NOON)
    unsaying.unsay(night.project, second, reason="asked", by=given.cleo().voice_id, at=given.NOON)
    found = Proposal(
        [("Lamps", [first, second, third, snow])], [(first, second, 1), (third, snow, 1)]
    )
    likening.keep(night.project, found)
    assert ProposedFamily.objects.get().ideas == [third, snow]
    assert list(Twin.objects.values_list("position", "other")) == [(third, snow)]


def test_twins_that_were_dismissed_are_not_offered_again(night):
    first, second, *_ = _ideas(night)
    likening.keep(night.project, Proposal([], [(first, second, 0.9)]))
    Twin.objects.update(is_dismissed=True)
    likening.keep(night.project, Proposal([], [(first, second, 0.9)]))
    assert Twin.objects.get().is_dismissed


def test_what_was_proposed_goes_on_the_day_that_was_promised(night):
    first, second, *_ = _ideas(night)
    likening.keep(night.project, Proposal([("Lamps", [first, second])], [(first, second, 0.9)]))
    gestures.begin(night, "Lamps", [first], **_by())
    Brainstorm.objects.update(keeps_until=given.NOON.date())
    while keeping.let_go_due():
        pass
    for model in (ProposedFamily, Twin, Gesture):
        assert not model.objects.exists()


def _by():
    return {"by": given.ana().voice_id, "at": given.NOON}


def _ideas(of):
    rows = Idea.objects.filter(project=of.project).order_by("position")
    return list(rows.values_list("position", flat=True))


def _into(of):
    rows = Idea.objects.filter(project=of.project).exclude(into=0)
    return dict(rows.values_list("position", "into"))


def _stands(of):
    found = {}
    for family in Family.objects.filter(project=of.project):
        rows = Idea.objects.filter(project=of.project, family=family.position)
        found[family.name] = list(rows.order_by("position").values_list("position", flat=True))
    return found
