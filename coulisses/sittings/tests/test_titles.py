"""A sentence over an afternoon's saves: the last holds, and an empty one takes it off."""

import pytest

from coulisses.log.models import Entry
from coulisses.projects import rules as projects
from coulisses.projects.kinds import CurtainRaised
from coulisses.projects.models import Sitting
from coulisses.projects.telling import tell
from coulisses.sittings import rules
from coulisses.sittings.refusals import SittingNotFound, SittingTitleTooLong
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def title(project, words, first=1):
    return rules.title(project, first, words, by=given.ana().voice_id, at=given.minutes(1))


def over(project, first=1):
    return Sitting.objects.get(project=project, first_position=first).title


def shred(project, position):
    projects.shred(project, position, reason="", by=given.ana().voice_id, at=given.minutes(3))


def test_a_sitting_has_the_last_title_told():
    project = given.project()
    told = title(project, " First\nplanks ")
    assert (told.about, told.fact.headline(), over(project)) == (1, "First planks", "First planks")
    title(project, "The keel")
    assert over(project) == "The keel"
    title(project, "")
    assert over(project) == ""
    assert checked(project.work) == 5


def test_pages_hear_of_a_title():
    project = given.project()
    project.refresh_from_db()
    before = project.revision
    title(project, "The keel")
    project.refresh_from_db()
    assert project.revision == before + 1


def test_what_cannot_be_titled_is_refused_by_name():
    project = given.project()
    with pytest.raises(SittingNotFound):
        title(project, "x", first=2)
    with pytest.raises(SittingTitleTooLong):
        title(project, "x" * 201)
    assert checked(project.work) == 2


def test_a_shredded_title_gives_way_to_the_one_before():
    project = given.project()
    title(project, "The keel")
    title(project, "The wrong name")
    shred(project, 4)
    assert over(project) == "The keel"
    shred(project, 3)
    assert over(project) == ""


def test_the_title_of_what_only_members_saw_is_told_to_them_alone():
    project = projects.open_project(
        given.studio(), slug="oar", title="Oar", by=given.ana().voice_id, at=given.NOON
    )
    wings = given.tier(project, given.cleo())
    Sitting.objects.filter(project=project).delete()
    tell(
        project,
        CurtainRaised(),
        by=given.ana().voice_id,
        happened_at=given.NOON,
        told_at=given.NOON,
        audience=wings.pk,
    )
    title(project, "A gift", first=2)
    assert Entry.objects.get(log=project.work, position=3).audience == wings.pk


def test_the_page_titles_a_sitting(client, database):
    project = given.project()
    client.force_login(given.bo())
    answer = client.post("/@atelier/boat/sittings/1/title", {"title": "The keel"})
    assert answer["Location"] == "/@atelier/boat/sittings/1"
    assert over(project) == "The keel"
