"""How a project rests, ends and is reopened; what may follow its final curtain."""

from datetime import date

import pytest

from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.pins import rules as pins
from coulisses.projects import face, finishing, rules
from coulisses.projects.face_refusals import AlreadyPaused, NotFinished, NotPaused
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainHasFallen, CurtainStillDown
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    return given.project()


def who(minutes=5):
    return {"by": given.ana().voice_id, "at": given.minutes(minutes)}


def say(project, title="A plank", minutes=6):
    at = given.minutes(minutes)
    told = {"by": given.ana().voice_id, "happened_at": at, "told_at": at}
    return moments.tell(project, kind="note", title=title, **told)


def fresh(project):
    return Project.objects.select_related("work", "studio").get(pk=project.pk)


def test_a_pause_is_a_sign_on_the_door_and_work_goes_on_being_told(boat):
    told = finishing.pause(boat, words=" My  hand ", back_on=date(2026, 6, 12), **who())
    assert (told.fact.words, told.fact.back_on) == ("My hand", "2026-06-12")
    paused = fresh(boat)
    assert (paused.is_paused, paused.pause_words, paused.back_on) == (
        True,
        "My hand",
        date(2026, 6, 12),
    )
    say(paused)
    with pytest.raises(AlreadyPaused):
        finishing.pause(paused, **who(7))
    finishing.resume(paused, **who(8))
    assert not fresh(boat).is_paused
    with pytest.raises(NotPaused):
        finishing.resume(fresh(boat), **who(9))
    checked(boat.work)


def test_a_final_curtain_ends_the_telling_and_lets_encores_pass(boat):
    plank = say(boat)
    finishing.pause(boat, **who(7))
    finishing.finish(boat, words="It **floats**.\n", **who(8))
    done = fresh(boat)
    assert (done.is_finished, done.is_paused, done.last_words) == (True, False, "It **floats**.")
    size = checked(boat.work)
    for refused in (
        lambda: say(done, minutes=9),
        lambda: moments.amend(done, plank.position, title="B", body="", **who(9)),
        lambda: finishing.finish(done, **who(9)),
        lambda: finishing.pause(done, **who(9)),
    ):
        with pytest.raises(CurtainHasFallen):
            refused()
    assert checked(boat.work) == size
    pins.pin(done, plank.position, **who(10))
    rules.shred(done, plank.position, reason="a name", **who(11))
    face.dress(done, face.Words(title="The boat that floats"), **who(12))
    assert checked(boat.work) == size + 3


def test_what_was_told_before_is_told_again_without_complaint(boat):
    at = given.NOON
    told = {"by": given.ana().voice_id, "happened_at": at, "told_at": at, "once": "one"}
    first = moments.tell(boat, kind="note", title="A", **told)
    finishing.finish(boat, **who())
    assert moments.tell(fresh(boat), kind="note", title="A", **told).position == first.position


def test_a_stale_project_does_not_slip_in_behind_the_curtain(boat):
    stale = fresh(boat)
    finishing.finish(boat, **who())
    with pytest.raises(CurtainHasFallen):
        say(stale)


def test_reopened_it_goes_on_and_may_end_again(boat):
    with pytest.raises(NotFinished):
        finishing.reopen(boat, **who())
    finishing.finish(boat, words="The end", **who(6))
    finishing.reopen(fresh(boat), **who(7))
    say(fresh(boat), minutes=8)
    finishing.finish(fresh(boat), words="Now it is", **who(9))
    assert fresh(boat).last_words == "Now it is"
    told = Entry.objects.filter(log=boat.work).order_by("position")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds[2:] == ["curtain.fallen", "project.reopened", "moment.told", "curtain.fallen"]


def test_a_rehearsal_has_no_final_curtain():
    with pytest.raises(CurtainStillDown):
        finishing.finish(given.project("dory", is_raised=False), **who())


def test_last_words_leave_the_stage_when_they_are_shredded(boat):
    told = finishing.finish(boat, words="By Zoë", **who())
    rules.shred(fresh(boat), told.position, reason="a name", **who(6))
    done = fresh(boat)
    assert done.is_finished and done.last_words == ""
    checked(boat.work)


def test_a_pauses_words_leave_the_stage_when_they_are_shredded(boat):
    told = finishing.pause(boat, words="Zoë is ill", **who())
    rules.shred(fresh(boat), told.position, reason="a name", **who(6))
    assert fresh(boat).is_paused and fresh(boat).pause_words == ""


def test_how_it_stands_follows_from_its_log(boat):
    acts = [
        lambda: finishing.pause(fresh(boat), words="My hand", back_on=date(2026, 6, 12), **who(1)),
        lambda: finishing.resume(fresh(boat), **who(2)),
        lambda: finishing.pause(fresh(boat), **who(3)),
        lambda: finishing.finish(fresh(boat), words="It floats", **who(4)),
        lambda: finishing.reopen(fresh(boat), **who(5)),
    ]
    names = ("paused_at", "pause_words", "back_on", "finished_at", "last_words")
    forgotten = {"paused_at": None, "back_on": None, "finished_at": None}
    for act in acts:
        act()
        mine = Project.objects.filter(pk=boat.pk)
        before = mine.values(*names).get()
        mine.update(**forgotten, pause_words="?", last_words="?")
        finishing.replay(boat)
        assert mine.values(*names).get() == before
