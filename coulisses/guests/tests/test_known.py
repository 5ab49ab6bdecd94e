"""That a guest is a person is said by a hand that can slip, or shown by an address."""

import pytest

from coulisses.people.models import Guest
from coulisses.testing import given
from coulisses.voices import reading
from coulisses.voices.tests.speaking import browser, told

pytestmark = pytest.mark.django_db


def test_ana_takes_back_that_gus_is_a_person_and_eve_cannot():
    boat, gus = given.project(), given.guest()
    yard = given.project("yard", house=given.studio("elsewhere", owner=given.eve()))
    browser(gus).post(f"{boat.path}{told(boat).position}/say", {"words": "Bonjour"})
    ana, eve = browser(given.ana()), browser(given.eve())
    place, undo = f"guests/{gus.voice_id}/verified", {"act": "undo"}
    ana.post(f"{boat.desk}{place}")
    for desk in (boat.desk, yard.desk):
        assert eve.post(f"{desk}{place}", undo).status_code == 404
    assert Guest.objects.get().verified_at
    assert 'value="undo"' in ana.get(f"{boat.desk}guests/").content.decode()
    assert ana.post(f"{boat.desk}{place}", undo).status_code == 302
    assert not Guest.objects.get().verified_at, "a hand slipped"


def test_who_showed_an_address_stays_known():
    boat, gus, ana = given.project(), given.guest(), browser(given.ana())
    browser(gus).post(f"{boat.path}{told(boat).position}/say", {"words": "Bonjour"})
    Guest.objects.update(verified_at=given.NOON, email="gus@cast.test")
    assert 'value="undo"' not in ana.get(f"{boat.desk}guests/").content.decode()
    ana.post(f"{boat.desk}guests/{gus.voice_id}/verified", {"act": "undo"})
    assert Guest.objects.get().verified_at


def test_eve_does_not_take_anas_name_for_words_that_were_heard_by_another():
    boat, gus = given.project(), given.guest()
    eve = browser(gus)
    eve.post(f"{boat.path}{told(boat).position}/say", {"words": "Bonjour"})
    for name in ("Ana", "\u0410n\u0430", "Atelier", "A\u200bna"):
        asked = eve.post("/account/guest/", {"act": "name", "name": name})
        assert asked.status_code == 409 and f'value="{name}"' in asked.content.decode()
    gus.voice.refresh_from_db()
    assert gus.voice.name == "Gus"
    assert eve.post("/account/guest/", {"act": "name", "name": "Anatole"}).status_code == 302


def test_who_cheered_without_a_name_is_called_by_the_one_they_give_later():
    boat, gus = given.project(), browser()
    hull = told(boat)
    gus.post(f"{boat.path}{hull.position}/cheers", {"give": "courage"})
    gus.post("/account/guest/", {"act": "name", "name": "Gus"})
    gus.post(f"{boat.path}{hull.position}/say", {"words": "Of oak"})
    assert reading.names(boat, [hull.position]) == {hull.position: ["Gus"]}
