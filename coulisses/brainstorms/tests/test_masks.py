"""Masks: nobody sees who is behind one, and who wears it lifts it, once the vote is over."""

import json

import pytest
from django.utils import timezone

from coulisses.brainstorms import belongings, closing, masks, merged, settling, throwing
from coulisses.brainstorms.models import Idea, Mask
from coulisses.brainstorms.refusals import NoMask, NotNow
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan, host, read, throw
from coulisses.people import becoming
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    return host(storming.called(names="asked"), "throw")


def test_masks_are_called_by_numbers_in_the_order_in_which_they_came(night):
    for who in (given.cleo(), given.bo(), given.cleo()):
        throw(come(who), f"By {who.pk}", without_name="1")
    page = read(dan())
    assert page.count("voice 1</bdi>") == 2 and page.count("voice 2</bdi>") == 1
    assert "Cleo" not in page and "Bo</bdi>" not in page
    assert read(come(given.cleo())).count("data-mine") == 2


@pytest.mark.parametrize("who", ["", "Eve", "Bo", "Ana"])
def test_nobody_sees_who_is_behind_a_mask(night, who):
    cleo = given.cleo()
    for number in range(2):
        throw(come(cleo), f"Masked {number}", without_name="1")
    client = come(given.account(who)) if who else dan()
    mask, seen = Mask.objects.get(), []
    for address in ("", "podium", "?as=list", f"ideas/{Idea.objects.first().position}/"):
        seen.append(client.get(f"{WALL}{address}", follow=True).content.decode())
    seen.append(client.get("/@atelier/night/").content.decode())
    seen.append(client.get("/desk/@atelier/night/guests/").content.decode())
    seen.append(client.get("/@atelier/night/credits/").content.decode())
    whole = "\n".join(seen)
    assert "Cleo" not in whole and cleo.voice_id not in whole and mask.mask_id not in whole
    assert cleo.voice_id not in json.dumps([one.fact.spelled() for one in _room(night)])
    assert {one.by for one in _room(night) if one.kind == "idea.thrown"} == {mask.mask_id}


def test_a_mark_of_a_mask_is_not_that_of_who_wears_it(night):
    cleo = come(given.cleo())
    open_one = throw(cleo, "Named", headers=JSON).json()["html"]
    masked = throw(cleo, "Masked", headers=JSON, without_name="1").json()["html"]
    marks = {one.split('data-by-mark="')[1].split('"')[0] for one in (open_one, masked)}
    assert len(marks) == 2


def test_taking_a_masked_idea_back_says_nothing_of_who_did(night):
    cleo = come(given.cleo())
    position = throw(cleo, "Masked", headers=JSON, without_name="1").json()["position"]
    cleo.post(f"{WALL}ideas/{position}/taking-back", headers=HERE)
    assert given.cleo().voice_id not in {one.by for one in _room(night)}


def test_who_wears_a_mask_lifts_it_once_the_vote_is_over(night):
    cleo = come(given.cleo())
    throw(cleo, "Masked", without_name="1")
    assert cleo.get(f"{WALL}mask/").status_code == 409
    with pytest.raises(NotNow):
        masks.lift(night, by=given.cleo().voice_id, at=timezone.now())
    host(night, "settle")
    assert f"{WALL}mask/" in read(cleo) and f"{WALL}mask/" not in read(come(given.bo()))
    for other in (given.bo(), given.ana(), given.eve()):
        assert come(other).post(f"{WALL}mask/", headers=HERE).status_code == 404
    assert dan().post(f"{WALL}mask/", headers=HERE).status_code in (302, 401, 403)
    assert "voice 1" in cleo.get(f"{WALL}mask/").content.decode() and "voice 1</bdi>" in read(dan())
    assert cleo.post(f"{WALL}mask/", headers=HERE).status_code == 302
    page = read(dan())
    assert "Cleo</bdi>" in page and "voice 1" not in page
    with pytest.raises(NoMask):
        masks.lift(night, by=given.cleo().voice_id, at=timezone.now())
    checked(night.project.room)


@pytest.mark.both_databases
def test_a_guest_who_makes_an_account_keeps_their_mask_and_lifts_both(night):
    gus, cleo = given.guest(), given.cleo()
    for who in (gus, cleo):
        throw(come(who), f"By {who.pk}", without_name="1")
    becoming.join(cleo, gus, at=timezone.now())
    assert read(come(cleo)).count("data-mine") == 2
    assert Mask.objects.get().voice_id == cleo.voice_id and "Cleo" not in read(dan())
    assert "voice 2</bdi>" in read(dan())
    thrown = {one.by for one in _room(night) if one.kind == "idea.thrown"}
    assert masks.behind(night.project, thrown) == dict.fromkeys(thrown, cleo.voice_id)
    host(night, "settle")
    masks.lift(night, by=cleo.voice_id, at=timezone.now())
    assert read(dan()).count("Cleo</bdi>") == 2


def test_dots_of_a_guest_are_the_accounts_unless_it_has_placed_its_own():
    night = host(storming.called(dots=2), "throw")
    position = throwing.throw(night, "A map", by=given.bo().voice_id, at=timezone.now()).position
    host(night, "vote")
    gus, cleo = given.guest(), given.cleo()
    gus_s, cleos = come(gus), come(cleo)
    for client in (gus_s, cleos, cleos):
        client.post(f"{WALL}{position}/dots", {"give": "1"}, headers=HERE)
    merged.merge(gus.voice, cleo.voice, timezone.now())
    host(night, "settle")
    assert Idea.objects.get().dots == 2


def test_once_a_mask_is_lifted_the_trail_names_its_wearer_once(night):
    cleo = come(given.cleo())
    for words, more in (("Named", {}), ("Masked", {"without_name": "1"})):
        throw(cleo, words, **more)
    night, by = host(night, "settle"), {"by": given.ana().voice_id, "at": timezone.now()}
    for idea in Idea.objects.all():
        settling.settle(night, idea.position, is_kept=True, **by)
    told = closing.close(night, **by)
    masks.lift(night, by=given.cleo().voice_id, at=timezone.now())
    page = dan().get(f"/@atelier/night/{told.position}").content.decode()
    trail = page.partition("This came from")[2].partition("</p>")[0]
    assert trail.count("Cleo") == 1


def test_what_was_thrown_under_a_mask_goes_home_with_its_author_alone(night):
    throw(come(given.cleo()), "Masked", without_name="1")
    [row] = belongings.masks(given.cleo())
    assert row["ideas"] == ["Masked"] and not list(belongings.masks(given.ana()))


def test_a_name_that_is_taken_out_leaves_the_mask_to_nobody(night):
    throw(come(given.cleo()), "Masked", without_name="1")
    belongings.cut_masks_loose(given.cleo().voice, "Cleo", [])
    assert Mask.objects.get().voice_id == Mask.objects.get().mask_id
    assert "voice 1</bdi>" in read(dan()) and "data-mine" not in read(come(given.cleo()))


def _room(of):
    return list(of.project.room.entries.order_by("position"))
