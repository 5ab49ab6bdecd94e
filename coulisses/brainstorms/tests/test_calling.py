"""A brainstorm is prepared, looked at, called; moved and called off; promises stay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coulisses.brainstorms import calling, hosting, lists
from coulisses.brainstorms.calling import Plan
from coulisses.brainstorms.calling_refusals import (
    AlreadyBegun,
    AlreadyCalled,
    DotsMalformed,
    KeepsLonger,
    KeepsMalformed,
    LastsMalformed,
    SettingUnknown,
    StartHasPassed,
)
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.refusals import (
    CalledOff,
)
from coulisses.projects import giving, ways_in
from coulisses.projects.models import Project
from coulisses.projects.refusals import NeedsName
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db
QUESTION = "How do we ride when it is dark at five?"
FRIDAY = given.NOON + timedelta(days=5)


def drafted(**said):
    by = given.ana().voice_id
    return calling.draft(
        given.studio(), Plan(**{"question": QUESTION, **said}), by=by, at=given.NOON
    )


def called(**said):
    return calling.call(drafted(**said), by=given.ana().voice_id, at=given.minutes(1))


def anew(of, at=None, **said):
    plan = replace(calling.plan_of(_now(of)), **said)
    return calling.change(of, plan, by=given.ana().voice_id, at=at or given.minutes(2))


def test_it_is_a_rehearsal_until_it_is_called():
    night = drafted(line="Winter campaign", starts_at=FRIDAY)
    assert not night.project.is_raised and not night.is_called
    night = calling.call(night, by=given.ana().voice_id, at=given.minutes(1))
    project = Project.objects.get(pk=night.pk)
    assert (project.is_raised, project.title, project.line) == (True, QUESTION, "Winter campaign")
    assert project.path == "/@atelier/how-do-we-ride-when-it-is-dark-at-five/"
    assert len(ways_in.code(project)) == 6
    with pytest.raises(AlreadyCalled):
        calling.call(night, by=given.ana().voice_id, at=given.minutes(2))
    checked(project.work)


def test_the_work_that_it_is_about_is_told_when_it_is_called_when_it_begins_and_when_it_moves():
    boat = given.project()
    night = called(of=boat, starts_at=FRIDAY)
    night = anew(night, starts_at=FRIDAY + timedelta(hours=1))
    hosting.begin(night, "throw", by=given.ana().voice_id, at=given.minutes(5))
    told = list(boat.work.entries.filter(kind__startswith="brainstorm.").order_by("position"))
    assert [one.kind for one in told] == [
        *("brainstorm.called", "brainstorm.moved", "brainstorm.opened")
    ]
    assert told[0].fact.slug == night.project.slug
    assert {one.about for one in told[1:]} == {told[0].position}
    assert told[1].fact.starts_at.startswith("2026-05-08T13:00")
    checked(boat.work)


def test_a_works_pages_drop_it_as_it_ends():
    boat, ana = given.project(), given.ana().voice_id
    night = called(of=boat)
    hosting.begin(night, "settle", by=ana, at=given.minutes(5))
    before = Project.objects.get(pk=boat.pk).revision
    hosting.begin(_now(night), "ended", by=ana, at=given.minutes(6))
    assert Project.objects.get(pk=boat.pk).revision > before
    assert lists.about(boat) == []


def test_a_work_that_is_over_or_gone_stops_nobody():
    boat = given.project()
    night = called(of=boat)
    Project.objects.filter(pk=boat.pk).update(withdrawn_at=given.NOON)
    hosting.begin(night, "open", by=given.ana().voice_id, at=given.minutes(5))
    assert not boat.work.entries.filter(kind="brainstorm.opened").exists()


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"question": " \u200b "}, NeedsName),
        ({"who": "friends"}, SettingUnknown),
        ({"game": "stays"}, SettingUnknown),
        ({"youngest": 7}, SettingUnknown),
        ({"dots": 0}, DotsMalformed),
        ({"dots": 51}, DotsMalformed),
        ({"minutes": 4}, LastsMalformed),
        ({"minutes": 32 * 24 * 60}, LastsMalformed),
        ({"starts_at": given.NOON}, StartHasPassed),
        ({"keeps_until": given.NOON.date() - timedelta(days=1)}, KeepsMalformed),
        ({"keeps_until": given.NOON.date().replace(year=2040)}, KeepsMalformed),
    ],
)
def test_what_cannot_be_is_refused(said, refusal):
    with pytest.raises(refusal):
        drafted(**said)
    assert not Brainstorm.objects.exists()


def test_a_work_of_another_studio_is_not_what_it_is_about():
    other = given.project("eves", house=given.studio("eve", owner=given.eve()))
    with pytest.raises(SettingUnknown):
        drafted(of=other)


def test_each_version_of_the_rules_of_the_game_is_kept():
    night = drafted(game="kept")
    assert giving.chosen(night.project) == ("kept", "")
    anew(night, game="own", game_words="All of it is Ana’s.")
    assert giving.chosen(night.project) == ("own", "All of it is Ana’s.")
    assert list(night.project.terms.order_by("version").values_list("choice", flat=True)) == [
        *("kept", "own")
    ]


def test_what_was_promised_stays_once_it_has_begun():
    until = FRIDAY.date() + timedelta(days=30)
    night = called(starts_at=FRIDAY, keeps_until=until, names="nameless", dots=5)
    hosting.begin(night, "open", by=given.ana().voice_id, at=FRIDAY)
    night = anew(night, at=FRIDAY, names="named", dots=9, game="kept", who="followers")
    assert (night.names, night.dots, night.who) == ("nameless", 5, "followers")
    assert giving.chosen(night.project) == ("here", "")
    for later in (until + timedelta(days=1), None):
        with pytest.raises(KeepsLonger):
            anew(night, at=FRIDAY, keeps_until=later)
    sooner = anew(night, at=FRIDAY, keeps_until=until - timedelta(days=1))
    assert sooner.keeps_until == until - timedelta(days=1)


def test_called_off_it_says_why_and_nothing_begins():
    boat, ana = given.project(), given.ana().voice_id
    night = called(of=boat, starts_at=FRIDAY)
    night = calling.call_off(night, words="Snow", by=ana, at=given.minutes(3))
    assert (night.sequence, night.called_off_because) == (1, "Snow")
    for work in (night.project.work, boat.work):
        assert work.entries.filter(kind="brainstorm.called_off").count() == 1
    with pytest.raises(CalledOff):
        hosting.begin(night, "open", by=ana, at=given.minutes(4))


def test_what_has_begun_is_not_called_off():
    night, ana = called(), given.ana().voice_id
    hosting.begin(night, "open", by=ana, at=given.minutes(3))
    with pytest.raises(AlreadyBegun):
        calling.call_off(night, by=ana, at=given.minutes(4))


def test_an_hour_that_passed_while_it_was_prepared_is_not_called():
    night = drafted(starts_at=given.minutes(5))
    with pytest.raises(StartHasPassed):
        calling.call(night, by=given.ana().voice_id, at=given.minutes(6))


def _now(of):
    return Brainstorm.objects.select_related("project__studio", "project__room").get(pk=of.pk)
