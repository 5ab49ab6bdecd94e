"""Eve reads every feed and map, and hears of nothing that is not for everybody."""

import pytest
from django.test import Client

from coulisses.pages.tests import told
from coulisses.projects import revisions
from coulisses.projects.models import Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db

BOAT = "/@atelier/boat/"
OF_THE_HOUSE = ["/feed.atom", "/feed.json", "/sitemap.xml", "/sitemap/house.xml"]
OF_THE_STUDIO = ["/@atelier/feed.atom", "/@atelier/feed.json"]
OF_THE_PROJECT = [
    f"{BOAT}{one}"
    for one in ("feed.atom", "feed.json", "feed/note.atom", "feed/note.json", "sitemap/1.xml")
]
EVERY = [*OF_THE_HOUSE, *OF_THE_STUDIO, *OF_THE_PROJECT]
ARCHIVES = [
    f"{stem}/archive/1.{form}"
    for stem in (f"{BOAT}feed", f"{BOAT}feed/note", "/@atelier/feed")
    for form in ("atom", "json")
]


def readers(boat):
    """Return who asks: nobody, Eve of another studio, a contributor, the owner; a viewer."""
    clients = [Client()]
    if not boat.is_raised:
        link = given.watch_link(boat)
        clients[0].get(link)
        clients[0].post(link)
        assert clients[0].get(boat.path).status_code == 200
        clients.append(Client())
    given.studio("elsewhere", owner=given.eve())
    for account in (given.eve(), given.fay(boat.studio), given.ana()):
        clients.append(Client())
        clients[-1].force_login(account)
    return clients


def said(client, addresses):
    """Return what is answered, with the tags of what there is."""
    answers = [client.get(address) for address in addresses]
    return [(one.status_code, one.content, one.headers.get("ETag")) for one in answers]


def test_a_rehearsal_has_no_feed_and_no_map_for_anybody():
    boat = given.project("boat", is_raised=False)
    empty = said(Client(), OF_THE_HOUSE)
    for client in readers(boat):
        for address in [*OF_THE_STUDIO, *OF_THE_PROJECT, *ARCHIVES]:
            assert client.get(address).status_code == 404, address
    told.say(boat, told.SECRET, at=given.minutes(1))
    revisions.bump(boat)
    assert said(Client(), OF_THE_HOUSE) == empty
    assert b"/boat" not in b"".join(content for _, content, _ in empty)


def test_what_members_are_told_moves_no_byte_and_no_tag():
    boat = told.everything("boat")
    before = said(Client(), EVERY)
    assert {status for status, _, _ in before} == {200}
    circle = boat.tiers.first().pk
    for number in range(120):
        told.say(boat, told.SECRET, audience=circle, teaser="Hush", at=given.minutes(300 + number))
    revisions.bump(boat)
    for client in (Client(), *readers(boat)):
        assert said(client, EVERY) == before
    assert all(status == 404 for status, _, _ in said(Client(), ARCHIVES))
    everything = b"".join(content for _, content, _ in before).decode()
    assert told.SECRET not in everything and "Hush" not in everything


def test_a_withdrawn_work_is_nowhere_among_the_others():
    boat = told.everything("boat")
    told.say(given.project("punt"), "Still here", at=given.minutes(1))
    Project.objects.filter(pk=boat.pk).update(withdrawn_at=given.minutes(500))
    for address in [*OF_THE_HOUSE, *OF_THE_STUDIO]:
        answer = Client().get(address)
        assert answer.status_code == 200 and b"/boat/" not in answer.content, address
    assert Client().get(f"{BOAT}sitemap/1.xml").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_feeds_and_maps_are_read_and_nothing_else(method):
    told.everything("boat")
    client = Client(enforce_csrf_checks=True)
    client.force_login(given.ana())
    for address in EVERY:
        assert getattr(client, method)(address).status_code in {403, 405}, address
