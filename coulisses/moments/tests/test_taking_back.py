"""What went out a moment ago can be taken back in one tap, before anybody is sent word of it."""

import pytest

from coulisses.log.models import Entry
from coulisses.moments import rules
from coulisses.moments.refusals import OnlyWorkIsTakenBack, TooLateToTakeBack
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(project, at=given.NOON):
    """A moment of Ana's."""
    by = given.ana().voice_id
    return rules.tell(
        project, kind="progress", title="Too early", by=by, happened_at=at, told_at=at
    )


def take_back(project, position, minutes):
    """Bo takes it back so many minutes after noon."""
    by = given.bo().voice_id
    return rules.take_back(project, position, by=by, at=given.minutes(minutes))


def test_within_its_first_minute_its_words_go_and_its_place_stays():
    project = given.project()
    entry = told(project)
    take_back(project, entry.position, 0.9)
    gone = Entry.objects.get(log=project.work, position=entry.position)
    assert gone.is_shredded
    said = Entry.objects.filter(log=project.work).latest("position")
    assert (said.kind, said.fact.reason) == ("entry.shredded", rules.AT_ONCE)
    assert checked(project.work) == 4


def test_after_its_first_minute_it_is_too_late():
    project = given.project()
    entry = told(project)
    with pytest.raises(TooLateToTakeBack):
        take_back(project, entry.position, 1.1)
    assert not Entry.objects.get(log=project.work, position=entry.position).is_shredded


def test_a_curtain_stays_up():
    project = given.project()
    for position in (1, 2):
        with pytest.raises(OnlyWorkIsTakenBack):
            take_back(project, position, 0)


def test_the_page_says_so_to_the_team_and_refuses_eve(client):
    project = given.project()
    entry = told(project)
    path = f"{project.path}{entry.position}/taking-back"
    client.force_login(given.eve())
    assert client.post(path).status_code == 403
    client.force_login(given.bo())
    late = client.post(path)
    assert late.status_code == 409
    assert "shredded, with a reason" in late.content.decode()
