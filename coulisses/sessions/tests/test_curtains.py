"""Sessions when a work ends: nothing begins any more, and what runs still ends."""

import pytest
from django.test import Client

from coulisses.projects import finishing
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainHasFallen
from coulisses.sessions import announcing, deriving, queries, rules
from coulisses.sessions.announcing import Plan
from coulisses.sessions.models import Session
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

STAGE, DESK = "/@atelier/boat/", "/desk/@atelier/boat/sessions/"


def finished():
    """A project that has just ended, in which somebody works and has announced more."""
    project, by = given.project(), given.ana().voice_id
    plan = Plan(given.minutes(60 * 24), 60, "The varnish", "Come and ask.")
    announcing.announce(project, plan, by=by, at=given.NOON)
    rules.start(project, words="The keel", by=by, at=given.NOON)
    finishing.finish(project, words="Done.", by=by, at=given.minutes(10))
    return Project.objects.select_related("studio", "work").get(pk=project.pk)


def test_after_the_final_curtain_what_runs_ends_and_nothing_begins():
    project, by = finished(), given.ana().voice_id
    assert rules.end(project, by=by, at=given.minutes(20)).is_over
    with pytest.raises(CurtainHasFallen):
        rules.start(project, by=by, at=given.minutes(30))
    assert queries.current(project) is None
    checked(project.work)


def test_after_the_final_curtain_nobody_is_told_to_wait():
    project, by = finished(), given.ana().voice_id
    assert queries.upcoming(project, at=given.minutes(30)) == []
    assert queries.next_of([project.pk], at=given.minutes(30)) == {}
    assert announcing.call_off(project, 1, by=by, at=given.minutes(30)).is_called_off


def test_after_the_final_curtain_no_button_promises_anything():
    project, ana = finished(), Client()
    ana.force_login(given.ana())
    rules.end(project, by=given.ana().voice_id, at=given.minutes(20))
    for address in (STAGE, DESK):
        page = ana.get(address).content.decode()
        assert "I’m working now" not in page and "Announce a session" not in page


def test_a_work_that_is_withdrawn_keeps_no_word_of_its_sessions():
    project = finished()
    deriving.forget_all(project)
    kept = Session.objects.values_list("title", "about", "words", "called_off_because")
    assert {word for row in kept for word in row} == {""}
