"""Archives: every entry that everybody may read stands in exactly one document."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from coulisses.feeds import windows
from coulisses.feeds.tests import reading
from coulisses.moments import laying
from coulisses.pages.tests import told
from coulisses.pins import rules as pins
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.django_db

ACTS = ["say", "say", "save", "members", "pin", "taken back", "shred"]


@pytest.fixture
def few(monkeypatch):
    """Windows of four positions: a short log has many."""
    monkeypatch.setattr(windows, "WINDOW", 4)


def documents(client, project, relation="prev-archive"):
    """Yield the documents of a project's feed, from the newest back."""
    address = f"{project.path}feed.atom"
    while address:
        feed = reading.atom(client, address)
        yield address, feed
        address = reading.leads(feed).get(relation, "").removeprefix("http://testserver")


def act(project, what, circle, at):
    """Do one thing; return the position that a feed is to tell for it, None for none."""
    by = given.ana().voice_id
    if what == "save":
        return told.save(project, told.code(), title="A save", at=at).position
    entry = told.say(project, what, at=at, audience=circle.pk if what == "members" else "public")
    if what == "members":
        return None
    if what == "pin":
        pins.pin(project, entry.position, by=by, at=at)
    if what in {"taken back", "shred"}:
        reason = "taken_back" if what == "taken back" else "told in haste"
        projects.shred(project, entry.position, reason=reason, by=by, at=at)
    return None if what == "taken back" else entry.position


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@drawn(acts=st.lists(st.sampled_from(ACTS), max_size=14), data=st.data())
def test_every_entry_stands_in_exactly_one_document(client, few, acts, data):
    number = given.studio().projects.count()
    project = given.project(f"boat-{number}")
    circle = given.tier(project, given.cleo())
    expected = [1, 2]
    for minute, what in enumerate(acts, start=1):
        expected.append(act(project, what, circle, given.minutes(minute)))
    saves = [one for one, what in zip(expected[2:], acts, strict=True) if what == "save"]
    if saves and data.draw(st.booleans()):
        at = given.minutes(60)
        over = laying.lay(project, saves, kind="note", title="All", by=given.ana().voice_id, at=at)
        expected = [one for one in expected if one not in saves] + [over.position]
    found = [one for _, feed in documents(client, project) for one in reading.positions(feed)]
    assert found == sorted((one for one in expected if one), reverse=True)
    following = {"next_url": f"http://testserver{project.path}feed.json"}
    listed = []
    while address := following.get("next_url"):
        following = reading.json(client, address.removeprefix("http://testserver"))
        listed += [int(one["id"].rpartition(":")[2]) for one in following["items"]]
    assert listed == found


def test_an_archive_says_that_it_is_one_and_stays_as_it_is(client, few):
    project = given.project("boat")
    for number in range(20):
        told.say(project, f"Plank {number}", at=given.minutes(number))
    before = dict(documents(client, project))
    archives = [address for address in before if "archive" in address]
    assert len(archives) == 4 and 4 < len(before[f"{project.path}feed.atom"].entries) <= 8
    bytes_before = {one: client.get(one).content for one in archives[1:]}
    for number in range(7):
        told.say(project, f"Nail {number}", at=given.minutes(100 + number))
    for address, content in bytes_before.items():
        assert client.get(address).content == content and b"<fh:archive></fh:archive>" in content
    leads = reading.leads(before[archives[1]])
    assert leads["current"] == f"http://testserver{project.path}feed.atom"
    assert leads["next-archive"] == f"http://testserver{archives[0]}"
    assert leads["prev-archive"] == f"http://testserver{archives[2]}"
    assert "prev-archive" not in reading.leads(before[archives[-1]])
    assert "next-archive" not in reading.leads(before[archives[0]])
    for missing in (0, 99, 10**30):
        assert client.get(f"{project.path}feed/archive/{missing}.atom").status_code == 404


def test_shredded_words_leave_their_archive_and_their_place_stays(client, few):
    project = given.project("boat")
    for number in range(20):
        told.say(project, f"Plank {number}", at=given.minutes(number))
    by = given.ana().voice_id
    projects.shred(project, 5, reason="told in haste", by=by, at=given.minutes(300))
    archive = reading.atom(client, f"{project.path}feed/archive/2.atom")
    (gone,) = (one for one in archive.entries if one.id.endswith(":5"))
    assert "Plank 2" not in str(archive) and "told in haste" in gone.content[0].value
    assert gone.updated == "2026-05-03T17:00:00Z"
