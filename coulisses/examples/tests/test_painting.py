"""The painting told to a real house, interrupted, and told again."""

import pytest

from coulisses.examples import story
from coulisses.examples.house import House, Refused
from coulisses.examples.painting import Telling, last_monday, main
from coulisses.log.models import Entry
from coulisses.media.models import Version
from coulisses.projects import rules
from coulisses.projects.models import Sitting
from coulisses.testing import given
from coulisses.testing.checked import checked

MONDAY = last_monday(given.NOON)


@pytest.fixture
def project(house):
    project = given.project("cafe")
    yield project
    checked(project.work)


@pytest.fixture
def door(house, project):
    token = rules.issue_token(project.studio, given.ana(), label="painting", at=given.NOON)
    with House(house.url, token, project.studio.slug, project.slug) as door:
        yield door


def _tell(door, *, mornings, steps=None):
    telling = Telling(door, monday=MONDAY, mornings=story.MORNINGS[:mornings])
    if telling.is_over:
        return 0
    told = 0
    for told, _ in enumerate(telling.tell(), start=1):
        if told == steps:
            break
    return told


def test_told_in_three_goes_the_story_stands_once_and_in_order(door, project):
    _tell(door, mornings=2, steps=5)
    _tell(door, mornings=2, steps=9)
    assert _tell(door, mornings=2) == 12
    assert _tell(door, mornings=2) == 0
    entries = list(Entry.objects.filter(log=project.work).order_by("position"))
    told = [one for one in entries if one.kind in {"capture.taken", "moment.told"}]
    assert len(told) == 12
    assert [one.happened_at for one in told] == sorted(one.happened_at for one in told)
    assert all(one.past for one in told)
    kinds = [one.kind for one in entries]
    assert kinds.count("sitting.titled") == 2
    assert kinds.count("entry.pinned") == 1
    titles = Sitting.objects.filter(project=project).exclude(title="").order_by("first_position")
    assert [sitting.title for sitting in titles] == [one.sentence for one in story.MORNINGS[:2]]
    canvas = Version.objects.filter(log=project.work, reader="picture")
    assert canvas.count() == 8
    shares = [one.facts["changed"] for one in canvas if "changed" in one.facts]
    assert len(shares) == len(canvas) - 1 and all(0 < share <= 1000 for share in shares)


def test_without_a_token_nothing_is_tried(capsys, monkeypatch):
    monkeypatch.delenv("COULISSES_TOKEN", raising=False)
    assert main(["--to", "http://127.0.0.1:1", "--studio", "s", "--project", "p"]) == 2
    assert "COULISSES_TOKEN" in capsys.readouterr().out


def test_a_token_that_is_not_one_is_refused_in_the_houses_own_words(house):
    with House(house.url, "co_nothing", "atelier", "elsewhere") as door, pytest.raises(Refused):
        door.open_project(title="x")
