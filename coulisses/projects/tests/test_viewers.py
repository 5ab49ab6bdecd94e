"""A viewer sees all that is told in one rehearsal, and nothing else, until the link is closed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from coulisses.log import ledger
from coulisses.people.models import Account
from coulisses.projects import rules, sight, team, viewers
from coulisses.projects.models import Role
from coulisses.projects.refusals import (
    CurtainAlreadyRaised,
    NeedsName,
    NotOfTheTeam,
    ProjectNotFound,
    TooManyViewers,
    WatchLinkClosed,
)
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def guest(*seen):
    """Return a passer-by whose session keeps these links."""
    session = {}
    for viewer in seen:
        viewers.keep(session, viewer)
    return viewers.recall(AnonymousUser(), session)


def test_a_viewer_sees_what_is_told_and_does_nothing():
    project = given.project(is_raised=False)
    seen = sight.of(guest(given.viewer(project)), project)
    assert (seen.audiences, seen.is_viewer) == (ledger.EVERYTHING, True)
    assert (seen.is_team, seen.is_maker, seen.is_owner, seen.is_outside) == (False,) * 4
    for act in (seen.require_team, seen.require_maker):
        with pytest.raises(NotOfTheTeam):
            act()


def test_a_viewer_sees_one_project_and_not_the_next():
    project, other = given.project(is_raised=False), given.project("raft", is_raised=False)
    with pytest.raises(ProjectNotFound):
        sight.of(guest(given.viewer(project)), other)
    both = guest(given.viewer(project), given.viewer(other))
    assert sight.of(both, project).is_viewer and sight.of(both, other).is_viewer


def test_once_the_curtain_is_up_a_link_shows_no_more_than_anybody_sees():
    project = given.project(is_raised=False)
    watching = guest(given.viewer(project))
    rules.raise_curtain(project, by=given.ana().voice_id, at=given.NOON)
    assert sight.of(watching, project).is_outside
    with pytest.raises(CurtainAlreadyRaised):
        given.viewer(project)


def test_a_link_that_was_closed_shows_nothing_from_then_on():
    project = given.project(is_raised=False)
    viewer, secret = viewers.let_watch(project, label="Mr Dupont", by=given.ana(), at=given.NOON)
    watching = guest(viewer)
    assert viewers.find(secret, at=given.NOON) == viewer
    viewers.revoke(project, viewer.pk, at=given.NOON)
    with pytest.raises(ProjectNotFound):
        sight.of(watching, project)
    with pytest.raises(WatchLinkClosed):
        viewers.find(secret, at=given.NOON)
    with pytest.raises(WatchLinkClosed):
        viewers.revoke(project, viewer.pk, at=given.NOON)


def test_a_link_shows_nothing_after_its_day():
    project, now = given.project(is_raised=False), timezone.now()
    viewer, secret = viewers.let_watch(
        project, label="a friend", by=given.ana(), at=now, until=now + timedelta(days=1)
    )
    assert sight.of(guest(viewer), project).is_viewer
    with pytest.raises(WatchLinkClosed):
        viewers.find(secret, at=now + timedelta(days=1))
    type(viewer).objects.update(expires_at=now - timedelta(seconds=1))
    with pytest.raises(ProjectNotFound):
        sight.of(guest(viewer), project)
    assert viewers.page(project, at=timezone.now())[0] == []


def test_eve_cannot_close_a_link_of_anas_nor_guess_one():
    project = given.project(is_raised=False)
    viewer = given.viewer(project)
    evil = rules.open_studio(slug="evil", name="Evil", owner=given.eve())
    hers = given.project("trap", house=evil, is_raised=False)
    with pytest.raises(WatchLinkClosed):
        viewers.revoke(hers, viewer.pk, at=given.NOON)
    for forged in ("", "x" * 43, viewer.pk, viewer.digest):
        with pytest.raises(WatchLinkClosed):
            viewers.find(forged, at=given.NOON)


def test_whose_link_it_is_has_to_be_said_and_links_are_bounded():
    project = given.project(is_raised=False)
    with pytest.raises(NeedsName):
        given.viewer(project, label="  ")
    for _ in range(viewers.MOST):
        given.viewer(project)
    with pytest.raises(TooManyViewers):
        given.viewer(project)


def test_when_a_link_was_used_is_noted_now_and_then():
    viewer = given.viewer(given.project(is_raised=False))
    for minutes in (0, 4, 6):
        viewers.note(viewer, at=given.minutes(minutes))
        viewer.refresh_from_db()
    assert viewer.last_used_at == given.minutes(6)


def test_a_session_keeps_the_latest_links():
    session = {}
    project = given.project(is_raised=False)
    made = [given.viewer(project) for _ in range(viewers.MOST_KEPT + 1)]
    for one in [*made, made[1]]:
        viewers.keep(session, one)
    assert session[viewers.KEPT] == [one.pk for one in [*made[2:], made[1]]]


@pytest.mark.parametrize("how", ["parted", "stopped"])
def test_who_is_let_in_no_more_watches_by_no_link_of_their_own(how):
    project, bo = given.project(is_raised=False), given.bo()
    mine, _secret = viewers.let_watch(project, label="Me, later", by=bo, at=given.NOON)
    user = guest(mine)
    anas = guest(given.viewer(project))
    assert sight.of(user, project).is_viewer
    if how == "parted":
        team.part(Role.objects.get(studio=project.studio, account=bo), at=given.NOON)
    else:
        Account.objects.filter(pk=bo.pk).update(is_active=False)
    with pytest.raises(ProjectNotFound):
        sight.of(user, project)
    assert sight.of(anas, project).is_viewer
