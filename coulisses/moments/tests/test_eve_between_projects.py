"""What was released in one project is released in no other, and no hour breaks a makers' page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.moments import proposals
from coulisses.moments.models import Draft, State
from coulisses.moments.tests import desks
from coulisses.projects import rules
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    """Ana's boat; Fay contributes to it, and to the studio that is Eve's."""
    project = given.project()
    given.fay(project.studio)
    rules.join(
        given.studio("elsewhere", owner=given.eve()), given.account("Fay"), role="contributor"
    )
    return project


def released(boat):
    """Fay's words, released for an hour that is still to come."""
    fay = desks.at("Fay")
    row = desks.draft(fay)
    due = timezone.localtime(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    desks.act(fay, row, "ask", due=due)
    desks.at("Ana").post(f"{row.desk}release", {"revision": row.revision})
    row.refresh_from_db()
    assert (row.state, row.released_by_id) == (State.TIMED, given.ana().voice_id)
    return row


def test_what_was_released_here_is_not_released_where_fay_moves_it(boat):
    row, other = released(boat), given.project("mast", house=boat.studio)
    theirs = rules.open_project(
        given.studio("elsewhere"), slug="raft", title="Raft", by=given.eve().voice_id, at=given.NOON
    )
    for to in (theirs, other):
        desks.act(desks.at("Fay"), row, "stay", project=to.pk)
        row = Draft.objects.select_related("project__studio").get(pk=row.pk)
        assert row.project_id == to.pk
        assert (row.state, row.due_at, row.released_by) == (State.OPEN, None, None)
        Draft.objects.filter(state=State.TIMED).update(due_at=timezone.now())
        while proposals.tell_due():
            pass
        assert not Entry.objects.filter(log=to.work, kind="moment.told").exists()
    checked(other.work)


def test_a_release_goes_with_what_was_thrown_away(boat):
    row, fay = released(boat), desks.at("Fay")
    fay.post(f"{row.desk}removal")
    fay.post(f"{row.desk}restoration")
    row.refresh_from_db()
    assert (row.state, row.released_by) == (State.OPEN, None)


@pytest.mark.parametrize(
    "due", ["9999-12-31T23:59", "9999-12-31T23:59-14:00", "0001-01-01T00:00+14:00"]
)
def test_no_hour_of_a_contributors_breaks_the_makers_page(boat, settings, due):
    settings.TIME_ZONE = "Asia/Tokyo"
    timezone.get_default_timezone.cache_clear()
    try:
        fay = desks.at("Fay")
        row = desks.draft(fay)
        assert desks.act(fay, row, "ask", due=due).status_code == 422
        assert desks.at("Ana").get(desks.TELL).status_code == 200
    finally:
        timezone.get_default_timezone.cache_clear()
