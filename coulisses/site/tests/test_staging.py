"""What `open` finds goes on being found when it has moved in the browser."""

import pytest

from coulisses.projects import addresses
from coulisses.projects.models import Project, Studio
from coulisses.site import staging
from coulisses.site.wishes import Wish
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def wish(**more):
    said = {"studio": "atelier", "project": "boat", "title": "Boat", "owner": "Ana", "email": None}
    return Wish(**said, is_raised=False, **more)


def test_open_finds_a_project_that_moved_and_makes_no_second_one():
    project, _owner = staging.stage(wish(), at=given.NOON)
    addresses.move_project(project, "ship")
    addresses.move_studio(project.studio, "yard")
    found, owner = staging.stage(wish(), at=given.NOON)
    assert (found.path, owner.voice.name) == ("/@yard/ship/", "Ana")
    assert (Studio.objects.count(), Project.objects.count()) == (1, 1)
