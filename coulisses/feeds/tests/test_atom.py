"""The Atom feed: what everybody may read, whole, with ids that never change."""

from xml.etree import ElementTree

import pytest

from coulisses.feeds import reading
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.projects import revisions
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, project):
    response = client.get(f"{project.path}feed.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def test_the_feed_tells_public_entries_newest_first_with_whole_words(client):
    project = told.everything("boat")
    feed = read(client, project)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles[0].endswith("The last plank") and len(titles) == 14
    text = ElementTree.tostring(feed, encoding="unicode")
    assert told.SECRET not in text and "Of the keel" not in text
    assert "<em>words</em>" in feed.findall(f"{ATOM}entry")[5].findtext(f"{ATOM}content")


def test_addresses_are_absolute_and_ids_are_the_logs_own(client):
    project = told.everything("boat")
    feed = read(client, project)
    assert feed.findtext(f"{ATOM}id") == f"urn:x-coulisses:{project.work_id}"
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id").startswith(f"urn:x-coulisses:{project.work_id}:")
        content = entry.findtext(f"{ATOM}content")
        assert 'href="/' not in content and 'src="/' not in content


def test_an_unchanged_feed_costs_a_few_bytes_and_a_new_entry_changes_it(client):
    project = told.everything("boat")
    tag = client.get(f"{project.path}feed.atom")["ETag"]
    asked = {"if-none-match": tag}
    assert client.get(f"{project.path}feed.atom", headers=asked).status_code == 304
    told.say(project, "One more plank", at=given.minutes(300))
    assert client.get(f"{project.path}feed.atom", headers=asked).status_code == 200


def test_a_shredded_entry_comes_again_without_its_words(client):
    project = told.everything("boat")
    by = given.ana().voice_id
    projects.shred(project, 6, reason="told in haste", by=by, at=given.minutes(300))
    entries = {
        one.findtext(f"{ATOM}id"): one for one in read(client, project).findall(f"{ATOM}entry")
    }
    gone = entries[f"urn:x-coulisses:{project.work_id}:6"]
    assert "A doubt" not in ElementTree.tostring(gone, encoding="unicode")
    assert gone.findtext(f"{ATOM}updated") == "2026-05-03T17:00:00Z"


def test_a_rehearsal_has_no_feed_for_anybody(client):
    project = given.project("boat", is_raised=False)
    client.force_login(given.ana(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{project.path}feed.atom").status_code == 404


def test_eve_hears_nothing_of_members_files_from_the_feeds_tag(client):
    project = told.everything("boat")
    circle = given.tier(project, given.cleo())
    address = f"{project.path}feed.atom"
    tag = client.get(address)["ETag"]
    told.save(project, told.picture(project, "git:hidden"), audience=circle.pk)
    revisions.bump(project)  # as a preview does that comes in
    assert client.get(address)["ETag"] == tag
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304


def test_what_may_still_be_taken_back_is_announced_when_its_first_minute_is_over():
    project = given.project()
    say(project, "Just now", at=given.minutes(10))
    early, until = reading.newest(project, at=given.minutes(10.5))
    assert "3 · Just now" not in [one.title for one in early.items]
    assert until == given.minutes(11)
    late, settled = reading.newest(project, at=given.minutes(11))
    assert "3 · Just now" in [one.title for one in late.items]
    assert settled is None


def say(project, title, *, at):
    """Ana tells a moment."""
    by = given.ana().voice_id
    moments.tell(project, kind="progress", title=title, by=by, happened_at=at, told_at=at)
