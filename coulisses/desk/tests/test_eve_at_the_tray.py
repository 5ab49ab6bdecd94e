"""Eve tries the tray: by address, by number, by method, from another site, and as a contributor."""

import pytest
from django.test import Client

from coulisses.capture.tests.saves import added, save
from coulisses.desk.tests import trays
from coulisses.desk.tests.trays import act, hands, page, take
from coulisses.desk.tray_urls import VERBS
from coulisses.log.models import Log
from coulisses.testing import given

pytestmark = pytest.mark.django_db

SECRETS = ("The keel", "keel.png", "The mast", "An oar")


@pytest.fixture
def boat():
    return trays.boat()


def addresses(project):
    (keel, *_others) = trays.waiting(project).values()
    seen = ["", "fresh", f"{keel}/picture/0/after/small", f"{keel}/picture/0/before/small"]
    return [f"{project.desk}tray/{one}" for one in seen]


def everything(project):
    return {
        "waiting": list(trays.waiting(project).values()),
        "told": [3, 4],
        "words": "Hers",
        "kind": "note",
        "first": 1,
        "title": "Hers",
    }


def state(project):
    return trays.waiting(project), Log.objects.get(pk=project.work_id).size


@pytest.mark.parametrize("name", ["Eve", "Cleo"])
def test_she_finds_no_tray_and_moves_nothing(boat, name):
    given.studio("den", owner=given.eve())
    given.tier(boat, given.cleo())
    eve, before = hands(name), state(boat)
    for address in addresses(boat):
        answer = eve.get(address)
        assert answer.status_code == 404
        assert not any(one in answer.content.decode() for one in SECRETS)
    for verb in VERBS:
        assert eve.post(f"{boat.desk}tray/{verb}", everything(boat)).status_code == 404
    assert state(boat) == before


def test_dan_is_led_to_the_entrance_and_posts_nothing(boat):
    dan, before = Client(), state(boat)
    for address in addresses(boat):
        answer = dan.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/enter?next=")
    for verb in VERBS:
        assert dan.post(f"{boat.desk}tray/{verb}", everything(boat)).status_code == 401
    assert state(boat) == before


def test_at_her_own_tray_she_reaches_nothing_of_another_projects(boat):
    hers = given.project("raft", house=given.studio("den", owner=given.eve()))
    eve, rows, before = hands("Eve"), trays.waiting(boat), state(boat)
    act(hands(), boat, "dropping", only=f"waiting-{rows['The mast']}")
    keel, mast = rows["The keel"], rows["The mast"]
    assert eve.get(f"{hers.desk}tray/{keel}/picture/0/after/small").status_code == 404
    for verb in ("release", "dropping", "hold", "sentence"):
        answer = act(eve, hers, verb, waiting=keel, words="Hers", kind="note")
        assert answer.status_code == 404, verb
        assert not any(one in answer.content.decode() for one in SECRETS)
    assert act(eve, hers, "recovery", dropped=mast).status_code == 404
    act(hands(), boat, "recovery", dropped=mast)
    assert state(boat) == before


def test_a_contributor_sees_what_is_hers_releases_nothing_and_sees_nothing_else_that_waits(boat):
    fay, before, rows = hands("Fay"), state(boat), trays.waiting(boat)
    html = page(fay, boat)
    assert "An oar" in html and "The keel" not in html and "The mast" not in html
    assert '<button class="button small" form="tray"' not in html and 'id="tray"' not in html
    own = f"{boat.desk}tray/{rows['An oar']}/picture/0/after/small"
    others = f"{boat.desk}tray/{rows['The keel']}/picture/0/after/small"
    assert (fay.get(own).status_code, fay.get(others).status_code) == (200, 404)
    assert fay.get(f"{boat.desk}tray/fresh?waiting=0&told=99").json() == {"count": 1}
    for verb in VERBS:
        assert fay.post(f"{boat.desk}tray/{verb}", everything(boat)).status_code == 403
    assert state(boat) == before


def test_a_contributor_who_names_what_a_maker_holds_is_shown_none_of_it(boat):
    forged = save(9, added("mine.png", "c"), title="Mine")
    take(boat, forged, save(10, added("known.png", "b"), title="Known"), by="Fay", is_proposed=True)
    rows, fay = trays.waiting(boat), hands("Fay")
    seen = {
        title: fay.get(f"{boat.desk}tray/{rows[title]}/picture/0/after/small").status_code
        for title in ("Mine", "Known")
    }
    assert seen == {"Mine": 404, "Known": 200}


def test_two_contributors_see_nothing_of_each_others(boat):
    gil = given.account("Gil")
    given.rules.join(boat.studio, gil, role="contributor")
    take(boat, save(9, added("gil.png", "g"), title="Of Gil"), by="Gil", is_proposed=True)
    assert "An oar" not in page(hands("Gil"), boat) and "Of Gil" not in page(hands("Fay"), boat)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "get", "head"])
def test_an_act_takes_post_and_nothing_else(boat, method):
    before = state(boat)
    for verb in VERBS:
        assert getattr(hands(), method)(f"{boat.desk}tray/{verb}").status_code == 405
    assert state(boat) == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_looked_at_is_only_looked_at(boat, method):
    for address in addresses(boat):
        assert getattr(hands(), method)(address).status_code == 405


def test_another_site_sends_no_act_in_anas_name(boat):
    ana, before = hands(enforce_csrf_checks=True), state(boat)
    for verb in VERBS:
        assert ana.post(f"{boat.desk}tray/{verb}", everything(boat)).status_code == 403
    assert state(boat) == before


def test_what_waits_is_nowhere_outside_the_desk(boat):
    for name in (None, "Cleo", "Eve"):
        client = hands(name) if name else Client()
        for path in ("", "3", "5", "feed.atom", "proof/checkpoint", "sittings/1"):
            said = client.get(boat.path + path).content.decode()
            assert not any(one in said for one in SECRETS), path
        assert client.get(f"{boat.path}files/keel.png").status_code == 404


def test_no_cache_keeps_a_tray_or_its_previews(boat):
    for address in addresses(boat):
        said = hands().get(address)["Cache-Control"]
        assert said in ("private, no-store", "private, no-cache")


def test_of_words_from_elsewhere_none_is_run(boat):
    script = "<script>alert(1)</script>"
    take(boat, save(9, added(f"{script}.png", "x"), policy="hold", title=script, body=script))
    act(hands(), boat, "title", first=1, title=script)
    answer = act(hands(), boat, "sentence", told=1, words=script, kind=script)
    for html in (page(hands(), boat), answer.content.decode()):
        assert "<script>alert" not in html
