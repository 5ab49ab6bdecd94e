"""What is found, by whom: the newest first, the words in place."""

import pytest

from coulisses.moments import rules as moments
from coulisses.search import feeding, queries
from coulisses.search.queries import Wish
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def tell(project, title, *, at=1, kind="note", **said):
    by = said.pop("by", given.ana().voice_id)
    when = given.minutes(at)
    return moments.tell(
        project, kind=kind, title=title, by=by, happened_at=when, told_at=when, **said
    )


def read(*projects):
    for project in projects:
        feeding.catch_up(project.pk)


def find(typed, *, user=None, **wish):
    return queries.find(Wish(typed, **wish), user=user)


def positions(page):
    return [hit.entry.position for hit in page.hits]


def test_an_entry_is_found_by_its_words_the_newest_first_with_the_words_in_place():
    project = given.project()
    tell(project, "The red is too loud", body="It **shouts** at the sea.", at=1)
    tell(project, "A quieter red", at=2)
    read(project)
    page = find("red")
    assert positions(page) == [4, 3]
    first = page.hits[1]
    assert [(one.text, one.is_hit) for one in first.title] == [
        ("The ", False), ("red", True), (" is too loud", False)
    ]  # fmt: skip
    assert "".join(one.text for one in first.excerpt) == "It shouts at the sea."
    assert first.address == "/@atelier/boat/3"
    assert positions(find("red loud")) == [3]
    assert positions(find("red -loud")) == [4]
    assert positions(find("“too loud”")) == [3]
    assert positions(find("“loud too”")) == []
