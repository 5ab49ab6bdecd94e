"""Volumes: walked from the newest to the very end, a feed of several projects has it all once."""

from collections import Counter

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.feeds import filing, windows
from coulisses.feeds.models import Filing, Shelf, Stretch
from coulisses.feeds.tests import reading
from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.projects import rules as projects
from coulisses.projects.models import Project
from coulisses.testing import given

BOAT = "/@atelier/boat/"
FEEDS = ["/feed", "/@atelier/feed", f"{BOAT}feed", f"{BOAT}feed/doubt", f"{BOAT}feed/capture"]


@pytest.fixture
def few(monkeypatch):
    """Volumes of four entries of two projects: a small house has many."""
    monkeypatch.setattr(windows, "WINDOW", 4)
    monkeypatch.setattr(filing, "PROJECTS", 2)
    monkeypatch.setattr(filing, "A_READ", 5)


def file():
    """Do what the errand does until nothing is left."""
    while filing.look():
        pass


def walk(client, stem):
    """Return the documents of a feed from the newest back, by address."""
    address, documents = f"{stem}.atom", {}
    while address:
        assert address not in documents
        documents[address] = reading.atom(client, address)
        prev = reading.leads(documents[address]).get("prev-archive", "")
        address = prev.removeprefix("http://testserver")
    return documents


def entries(client, stem):
    """Return how often each entry stands in a feed, whatever its document."""
    return Counter(one.id for feed in walk(client, stem).values() for one in feed.entries)


def public(*shown, topic=""):
    """Return the ids of what everybody may read and is no line about another."""
    rows = Entry.objects.filter(log__project__in=shown, audience="public")
    rows = rows.filter(topic=topic) if topic else rows
    said = [one for one in rows if not filing._is_quiet(one)]
    return Counter(f"urn:x-coulisses:{one.log_id}:{one.position}" for one in said)


def a_house():
    """Return projects of two studios in which much was told, by turns, also to members."""
    boats = [given.project("boat"), given.project("raft")]
    boats.append(given.project("punt", house=given.studio("elsewhere", owner=given.eve())))
    circles = [given.tier(one, given.cleo()).pk for one in boats]
    for number in range(24):
        boat, circle = boats[number % 3], circles[number % 3]
        kind = "doubt" if number % 2 else "progress"
        told.say(boat, f"Plank {number}", kind=kind, at=given.minutes(number))
        if number % 5 == 0:
            told.say(boat, told.SECRET, audience=circle, at=given.minutes(number))
        if number % 7 == 0:
            file()
    for number in range(8):
        told.save(boats[0], told.code(), title=f"Save {number}", at=given.minutes(100 + number))
    return boats


@pytest.mark.both_databases
def test_every_public_entry_stands_once_in_each_feed_and_nothing_hidden(client, few, database):
    boat, raft, punt = a_house()
    expected = {
        "/feed": public(boat, raft, punt),
        "/@atelier/feed": public(boat, raft),
        "/@elsewhere/feed": public(punt),
        f"{BOAT}feed": public(boat),
        f"{BOAT}feed/doubt": public(boat, topic="doubt"),
        f"{BOAT}feed/capture": public(boat, topic="capture"),
    }
    assert entries(client, "/feed") == expected["/feed"]  # also what is not filed yet
    file()
    for stem, ids in expected.items():
        assert entries(client, stem) == ids, stem
    late = given.project("late", is_raised=False)
    told.say(late, "Told long ago", at=given.NOON)
    projects.raise_curtain(late, by=given.ana().voice_id, at=given.minutes(500))
    before = {one: client.get(one).content for one in [*walk(client, "/feed")][2:]}
    file()
    assert entries(client, "/feed") == public(boat, raft, punt, late)
    assert all(client.get(one).content == content for one, content in before.items())
    whole = "".join(str(feed) for stem in expected for feed in walk(client, stem).values())
    assert told.SECRET not in whole
    listed, following = Counter(), {"next_url": "http://testserver/feed.json"}
    while address := following.get("next_url"):
        following = reading.json(client, address.removeprefix("http://testserver"))
        listed.update(one["id"] for one in following["items"])
    assert listed == public(boat, raft, punt, late)


@pytest.mark.django_db
def test_an_archive_is_one_stays_so_and_leads_on(client, few):
    boat, *_others = a_house()
    file()
    for stem in FEEDS:
        addresses = [*walk(client, stem)]
        assert len(addresses) > 1, stem
        archives = {one: client.get(one).content for one in addresses[2:]}
        leads = reading.leads(reading.atom(client, addresses[1]))
        assert leads["current"] == f"http://testserver{stem}.atom"
        assert "next-archive" not in leads
        for number in range(5):
            at = given.minutes(200 + number)
            told.say(boat, f"Nail {number}", kind="doubt", at=at)
        file()
        for address, content in archives.items():
            assert client.get(address).content == content, address
            assert b"<fh:archive></fh:archive>" in content
        for missing in (0, 999, 10**30):
            assert client.get(f"{stem}/archive/{missing}.atom").status_code == 404
    assert client.get(f"{BOAT}feed/nothing/archive/1.atom").status_code == 404


@pytest.mark.django_db
def test_what_is_shredded_or_withdrawn_leaves_its_archive(client, few):
    boat, raft, punt = a_house()
    file()
    by = given.ana().voice_id
    projects.shred(boat, 3, reason="told in haste", by=by, at=given.minutes(300))
    moments.amend(boat, 5, title="Said anew", body="", by=by, at=given.minutes(301))
    whole = walk(client, "/feed")
    assert "Plank 0'" not in str(whole) and "told in haste" in str(whole)
    Project.objects.filter(pk=raft.pk).update(withdrawn_at=given.minutes(500))
    assert entries(client, "/feed") == public(boat, punt)
    assert entries(client, "/@atelier/feed") == public(boat)


@pytest.mark.django_db
def test_what_members_are_told_leaves_no_trace_on_the_shelves(client, few):
    boat, *_others = a_house()
    file()
    rows = (list(Shelf.objects.values()), list(Stretch.objects.values()))
    circle = boat.tiers.first().pk
    before = [client.get(f"{stem}.atom").content for stem in FEEDS]
    for number in range(20):
        told.say(boat, told.SECRET, audience=circle, at=given.minutes(300 + number))
    told.say(boat, "Just now", at=timezone.now())  # it may be taken back still
    file()
    assert rows == (list(Shelf.objects.values()), list(Stretch.objects.values()))
    boat.work.refresh_from_db()
    assert Filing.objects.get(project=boat).position == boat.work.size - 1
    assert [client.get(f"{stem}.atom").content for stem in FEEDS] == before


@pytest.mark.django_db
def test_a_volume_costs_as_many_questions_in_a_large_house(client, django_assert_max_num_queries):
    for number in range(20):
        boat = given.project(f"boat-{number}")
        for plank in range(3):
            told.say(boat, f"Plank {plank}", at=given.minutes(number + plank))
    file()
    assert Shelf.objects.get(key="house").volume == 4
    with django_assert_max_num_queries(200):
        reading.atom(client, "/feed.atom")
    with django_assert_max_num_queries(100):
        archive = reading.atom(client, "/@atelier/feed/archive/2.atom")
    assert len({one.source.title for one in archive.entries}) == filing.PROJECTS


@pytest.mark.django_db
def test_a_rehearsal_stands_on_no_shelf():
    told.say(given.project("boat", is_raised=False), told.SECRET, at=given.NOON)
    file()
    assert not Stretch.objects.exists() and not Filing.objects.exists()
    assert Client().get(f"{BOAT}feed/doubt/archive/1.atom").status_code == 404
