"""Where a project's guests arrive."""

import pytest

from coulisses.projects import fronts
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_guests_arrive_on_the_stage_unless_a_room_says_otherwise(monkeypatch):
    boat, night = given.project("boat"), given.project("night")
    monkeypatch.setattr(fronts, "_fronts", [])
    fronts.front(lambda project: f"{project.path}wall/" if project.slug == "night" else "")
    assert fronts.of(boat) == boat.path
    assert not fronts.asks_no_name(boat)
    assert fronts.of(night) == f"{night.path}wall/"
    assert fronts.asks_no_name(night)
