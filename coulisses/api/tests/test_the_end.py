"""What programs hear when a final curtain has fallen: no, and come back later."""

import pytest

from coulisses.capture import queries, waiting
from coulisses.capture import rules as capture
from coulisses.capture.tests.saves import added, save, spelled
from coulisses.projects import finishing
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

WHO = {"at": given.minutes(9)}
FALLEN = "urn:coulisses:curtain-has-fallen"


def finish(project):
    finishing.finish(Project.objects.get(pk=project.pk), by=given.ana().voice_id, **WHO)


@pytest.mark.parametrize("policy", ["show", "hold"])
def test_an_agent_is_told_to_keep_what_it_has(ana, policy):
    project = given.project()
    before = {"captures": [spelled(1, added("a.md", "a"))]}
    ana.post("atelier/boat/captures", before)
    finish(project)
    size = checked(project.work)
    after = {"captures": [spelled(2, added("b.md", "b"), policy=policy)]}
    refused = ana.post("atelier/boat/captures", after)
    assert (refused.status_code, refused.json()["type"]) == (423, FALLEN)
    assert ana.post("atelier/boat/moments", {"kind": "note", "title": "A"}).status_code == 423
    assert checked(project.work) == size and queries.waiting(project) == []
    said = {"title": "Boat", "line": "", "language": "", "craft": ""}
    assert ana.put("atelier/boat", said).json()["state"] == "finished"
    again = ana.post("atelier/boat/captures", before)
    assert again.json()["results"][0]["created"] is False


def test_what_was_delayed_is_held_instead_of_told_behind_the_curtain():
    project = given.project()
    late = save(1, added("a.md", "a"), policy="delay", delay=60)
    capture.take(project, [late], by_owner=given.ana().voice_id, at=given.NOON)
    finish(project)
    waiting.release_due()
    (row,) = queries.waiting(project)
    assert row.due_at is None
    checked(project.work)
