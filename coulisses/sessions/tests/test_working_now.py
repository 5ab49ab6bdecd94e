"""Declared live work: it starts, changes, is joined, ends by hand or by itself."""

from datetime import timedelta

import pytest

from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.projects import rules as projects
from coulisses.sessions import deriving, ending, queries, rules
from coulisses.sessions.models import Hand, Session
from coulisses.sessions.refusals import (
    AlreadyAtWork,
    NoSessionRuns,
    SessionLineTooLong,
    SessionRuns,
)
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def start(project, words="The keel", after=0.0, **also):
    return rules.start(
        project, words=words, by=given.ana().voice_id, at=given.minutes(after), **also
    )


def tell(project, after, happened=None):
    return moments.tell(
        project,
        kind="progress",
        title="A plank",
        by=given.ana().voice_id,
        happened_at=given.minutes(after if happened is None else happened),
        told_at=given.minutes(after),
    )


def kinds(project):
    told = Entry.objects.filter(log=project.work, kind__startswith="session.")
    return [one.kind for one in told.order_by("position")]


def forgotten_at(minutes):
    session = Session.objects.get()
    session = Session.objects.select_related("project").get(pk=session.pk)
    return ending.end_if_forgotten(session, at=given.minutes(minutes))


def test_ana_says_that_she_works_now():
    project = given.project()
    session = start(project, words="  The\nkeel ")
    assert (session.number, session.words, session.is_running) == (1, "The keel", True)
    assert queries.current(project) == session
    told = Entry.objects.get(log=project.work, position=3)
    assert (told.kind, told.fact.headline(), told.topic) == (
        "session.started",
        "The keel",
        "session",
    )
    assert queries.people([session]) == {session.pk: ["Ana"]}
    checked(project.work)


def test_she_may_say_nothing_and_change_it_while_she_works():
    project = given.project()
    start(project, words="")
    rules.note(project, words="Sanding", by=given.ana().voice_id, at=given.minutes(5))
    assert queries.current(project).words == "Sanding"
    with pytest.raises(SessionLineTooLong):
        rules.note(project, words="x" * 201, by=given.ana().voice_id, at=given.minutes(6))
    assert kinds(project) == ["session.started", "session.noted"]


def test_bo_joins_once():
    project = given.project()
    session = start(project)
    rules.join(project, by=given.bo().voice_id, at=given.minutes(1))
    with pytest.raises(AlreadyAtWork):
        rules.join(project, by=given.bo().voice_id, at=given.minutes(2))
    assert queries.people([session]) == {session.pk: ["Ana", "Bo"]}


def test_one_tap_ends_it_and_the_next_is_another():
    project = given.project()
    start(project)
    with pytest.raises(SessionRuns):
        start(project, after=1)
    ended = rules.end(project, by=given.bo().voice_id, at=given.minutes(40))
    assert (ended.lasted, ended.was_forgotten) == (timedelta(minutes=40), False)
    with pytest.raises(NoSessionRuns):
        rules.end(project, by=given.ana().voice_id, at=given.minutes(41))
    assert start(project, after=50).number == 2
    assert kinds(project) == ["session.started", "session.ended", "session.started"]
    checked(project.work)


def test_a_forgotten_session_ends_at_the_last_sign_of_work():
    project = given.project()
    start(project)
    tell(project, 25)
    assert not forgotten_at(25 + 119)
    assert forgotten_at(25 + 121)
    over = Session.objects.get()
    assert (over.lasted, over.was_forgotten) == (timedelta(minutes=25), True)
    last = Entry.objects.filter(log=project.work).latest("position")
    assert (last.kind, last.happened_at) == ("session.ended", given.minutes(25))


def test_what_is_told_of_the_past_is_no_sign_of_work():
    project = given.project()
    start(project)
    tell(project, 90, happened=-600)
    assert forgotten_at(121)
    assert Session.objects.get().lasted == timedelta()


def test_no_session_is_longer_than_half_a_day():
    project = given.project()
    start(project)
    for hour in range(1, 13):
        tell(project, 60 * hour - 10)
    assert not forgotten_at(12 * 60 - 1)
    assert forgotten_at(12 * 60)
    assert Session.objects.get().lasted == timedelta(hours=11, minutes=50)


def test_who_ends_a_forgotten_one_late_ends_it_where_work_did():
    project = given.project()
    start(project)
    over = rules.end(project, by=given.ana().voice_id, at=given.minutes(600))
    assert (over.lasted, over.was_forgotten) == (timedelta(), True)


def test_who_starts_again_lets_a_forgotten_one_end_first():
    project = given.project()
    start(project)
    assert start(project, after=600).number == 2
    assert kinds(project) == ["session.started", "session.ended", "session.started"]


def test_a_clock_put_back_makes_no_sessions_overlap():
    project = given.project()
    start(project)
    first = rules.end(project, by=given.ana().voice_id, at=given.minutes(30))
    second = start(project, after=10)
    assert second.started_at == first.ended_at


def test_the_errand_ends_what_was_forgotten_once():
    project, other = given.project(), given.project("raft")
    start(project)
    start(other)
    assert ending.end_forgotten() is False  # noon is months ago
    assert ending.end_forgotten() is False
    for one in (project, other):
        assert kinds(one) == ["session.started", "session.ended"]


def test_running_sessions_of_many_projects_are_one_query(django_assert_num_queries):
    projects_ = [given.project(), given.project("raft"), given.project("canoe")]
    sessions = [start(one) for one in projects_[:2]]
    with django_assert_num_queries(1):
        assert queries.running([one.pk for one in projects_]) == {
            one.project_id: one for one in sessions
        }


def test_shredded_words_leave_the_session():
    project = given.project()
    session = start(project, words="My secret")
    projects.shred(
        project,
        session.started_position,
        reason="said too much",
        by=given.ana().voice_id,
        at=given.minutes(1),
    )
    assert Session.objects.get().words == ""
    checked(project.work)


def test_a_session_whose_first_word_was_shredded_is_told_again():
    project = given.project()
    session = start(project, words="My secret")
    rules.end(project, by=given.bo().voice_id, at=given.minutes(40))
    by, position = given.ana().voice_id, session.started_position
    projects.shred(project, position, reason="too much", by=by, at=given.minutes(41))
    kept = rows()
    deriving.replay(project)
    assert rows() == kept


def rows():
    left_out = ("id", "project_id", "session_id", "changed_at")
    return [
        {
            name: value
            for name, value in vars(one).items()
            if name not in left_out and name[0] != "_"
        }
        for model in (Session, Hand)
        for one in model.objects.order_by("pk")
    ]


def test_the_log_tells_all_of_it_again():
    project = given.project()
    start(project)
    rules.note(project, words="Sanding", by=given.ana().voice_id, at=given.minutes(5))
    rules.join(project, by=given.bo().voice_id, at=given.minutes(6))
    rules.end(project, by=given.ana().voice_id, at=given.minutes(40))
    start(project, after=50)
    kept = rows()
    deriving.replay(project)
    assert rows() == kept
