"""The replay: how a wall was made, as steps and as a list; nothing that is gone or not counted."""

import pytest
from django.test import Client

from coulisses.brainstorms import gestures, replaying, settling, throwing, voting
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.brainstorms.tests import storming
from coulisses.people.models import Voice
from coulisses.projects import heard, unsaying
from coulisses.testing import given

pytestmark = pytest.mark.django_db
REPLAY = "/@atelier/night/wall/replay/"


@pytest.fixture
def night():
    begun, cleo = storming.begun(storming.called(names="asked"), "throw"), given.cleo().voice_id
    first = throwing.throw(begun, "A lamp for all", by=cleo, at=given.minutes(1))
    throwing.throw(begun, "And a song", by=cleo, at=given.minutes(2), builds_on=first.position)
    bo, late = given.bo().voice_id, given.minutes(3)
    throwing.throw(begun, "A secret", by=bo, at=late, without_name=True)
    return storming.begun(begun, "gather", at=given.minutes(4))


def test_all_that_made_the_wall_is_in_its_steps(night):
    first, second, third = _ideas(night)
    family = gestures.begin(night, "Lamps", [first, second], **_by())
    gestures.merge(night, [third], first, **_by())
    steps = _steps()
    assert ["i", second, 120, "And a song", "Cleo", first] in steps
    assert [one[4] for one in steps if one[0] == "i"] == ["Cleo", "Cleo", "voice 1"]
    assert [one[3:] for one in steps if one[0] in "fgm"] == [
        ["Lamps", family], [[first, second], family], [[third], first],
    ]  # fmt: skip
    assert [one[3] for one in steps if one[0] == "p"] == ["throw", "gather"]
    page = Client().get(REPLAY).content.decode()
    for said in ("A family: Lamps", "builds on", "voice 1", "2 ideas go into “Lamps”"):
        assert said in page


def test_dots_are_shown_once_they_are_counted(night):
    first, *_ = _ideas(night)
    voting_now = storming.begun(night, "vote")
    voting.place(voting_now, first, by=given.cleo().voice_id, at=given.NOON)
    assert not [one for one in _steps() if one[0] == "d"]
    settled = storming.begun(voting_now, "settle")
    settling.settle(settled, first, is_kept=True, words="We begin here.", taken_by="Bo", **_by())
    steps = _steps()
    assert [one[3] for one in steps if one[0] == "d"] == [{str(first): 1}]
    assert steps[-1][3:] == [first, True, "We begin here.", "Bo"]
    page = Client().get(REPLAY).content.decode()
    assert "1 dot" in page and "Bo takes it on." in page


def test_what_is_hidden_taken_back_or_erased_is_in_no_step(night):
    first, second, _third = _ideas(night)
    heard.hide(night.project, first, reason="unkind", at=given.NOON)
    unsaying.unsay(night.project, second, reason="asked", by=given.cleo().voice_id, at=given.NOON)
    both = Client().get(REPLAY).content.decode() + str(_steps())
    assert "A lamp for all" not in both and "And a song" not in both and "A secret" in both
    heard.restore(night.project, first)
    Voice.objects.filter(pk=given.cleo().voice_id).update(name="")
    assert ["i", first, 60, "A lamp for all", "", 0] in _steps()


def test_steps_come_a_page_at_a_time_in_as_many_queries(night, django_assert_max_num_queries):
    whole = _steps()
    page = replaying.page(night, limit=2)
    assert page.steps == whole[:2] and page.after == whole[1][1]
    assert replaying.page(night, after=page.after, limit=9).steps == whole[2:]
    with django_assert_max_num_queries(20):
        Client().get(REPLAY)


def test_nobody_but_who_sees_the_wall_sees_how_it_was_made():
    hidden = given.project("hid", is_raised=False)
    Brainstorm.objects.create(project=hidden)
    for place in ("wall/replay/", "wall/replay/steps"):
        eve = given.come_in(Client(), given.eve())
        assert eve.get(f"{hidden.path}{place}").status_code == 404
        assert given.come_in(Client(), given.ana()).get(f"{hidden.path}{place}").status_code == 200
        assert Client().post(f"{hidden.path}{place}").status_code in {403, 405}
    assert Client().get(f"{REPLAY}steps?after=x").status_code == 404


def _by():
    return {"by": given.ana().voice_id, "at": given.minutes(5)}


def _steps():
    answer = Client().get(f"{REPLAY}steps").json()
    assert answer["after"] is None
    return answer["steps"]


def _ideas(of):
    rows = Idea.objects.filter(project=of.project).order_by("position")
    return list(rows.values_list("position", flat=True))
