"""Places at a closed wall: who has one, what is told them alone, and how it ends."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import (
    calling,
    throwing,
)
from coulisses.brainstorms.models import Brainstorm, Entrance
from coulisses.brainstorms.refusals import CodeFirst
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.shutting import PROJECT, by_code, leaks, looks, said, shut, watcher
from coulisses.brainstorms.tests.test_wall import HERE, WALL, come, dan
from coulisses.guests import codes
from coulisses.live import standing
from coulisses.live.tests.following import say, signed_in
from coulisses.log import ledger
from coulisses.manners import rules as manners
from coulisses.notices import pulling
from coulisses.notices.people import reader_of
from coulisses.notices.showing import unread
from coulisses.people.models import Guest
from coulisses.projects import closed, heard, rules, signals
from coulisses.projects.models import Membership, Project
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream

pytestmark = pytest.mark.django_db


def test_members_and_followers_look_where_they_are_asked_in():
    night, _code = shut("members", "throw")
    cleo, tier = come(given.cleo()), given.tier(night.project)
    assert not looks(cleo) and "for members" in cleo.get(f"{WALL}in").content.decode()
    rules.admit(tier, given.cleo())
    assert looks(cleo) and not looks(come(given.eve())) and not looks(dan())
    Membership.objects.all().delete()
    assert not looks(cleo)
    Brainstorm.objects.update(who="followers")
    assert not looks(cleo)
    night.project.followers.create(
        address="c@cast.test", account=given.cleo(), rhythm="each", language="en",
        asked_at=given.NOON, confirmed_at=given.NOON,
    )  # fmt: skip
    assert looks(cleo) and not looks(come(given.eve()))


def test_whose_place_ends_is_led_to_the_door_and_still_takes_back_what_is_theirs():
    night, code = shut(phase="throw")
    guest = Guest.objects.get(voice__name="Quincy")
    quincy, came, project = given.come_in(Client(), guest), by_code(code), night.project
    hand = {"by": given.ana().voice_id, "at": timezone.now()}
    manners.ask_to_rest(project, guest.voice_id, hours=1, reason="A turn for others", **hand)
    assert looks(quincy), "who rests for a while is not shamed by a closed door"
    manners.ask_to_rest(project, guest.voice_id, hours=0, reason="Enough", **hand)
    assert not looks(quincy)
    manners.let_speak(project, guest.voice_id)
    anew = codes.make(project, at=timezone.now()).code
    assert not looks(quincy) and not looks(came)
    with pytest.raises(CodeFirst):
        throwing.throw(night, "Late", by=guest.voice_id, at=timezone.now())
    first, second, _third = project.ideas.order_by("position").values_list("position", flat=True)
    back = f"{WALL}ideas/{second}/taking-back"
    assert "Ptarmigan bells" in quincy.get(back).content.decode()
    assert quincy.post(back, headers=HERE).status_code == 302
    assert project.ideas.get(position=second).is_gone
    assert came.get(f"{WALL}ideas/{first}/taking-back").status_code == 403
    assert looks(by_code(anew, quincy))


def test_opened_and_closed_again_it_is_so_at_the_next_request():
    night, _code = shut(phase="throw")
    plan, hand = calling.plan_of(night), {"by": given.ana().voice_id, "at": timezone.now()}
    calling.change(night, replace(plan, who_looks="all"), **hand)
    kept = dan().get(WALL)
    assert leaks(said(kept)) and kept["X-Coulisses-Cache"], "passers-by share its page"
    before = Project.objects.get(pk=night.pk)
    calling.change(storming.now(night), replace(plan, who_looks="within"), **hand)
    assert not looks(dan()) and Project.objects.get(pk=night.pk).revision > before.revision


def test_signals_tell_passers_by_nothing_of_what_moves_within():
    night, since = shut(phase="throw")[0], timezone.now()
    told = throwing.throw(night, "Lit", by=given.bo().voice_id, at=timezone.now())
    heard.hide(night.project, told.position, reason="No", at=timezone.now())
    within = ledger.OUTSIDE | {closed.INSIDE}
    moved = signals.changed(night.project, audiences=within, since=since)
    assert moved["wall"] == {"hidden": [told.position]} and moved["around"] == told.position
    assert signals.changed(night.project, audiences=ledger.OUTSIDE, since=since) == {}
    assert heard.horizon(night.project, audiences=ledger.OUTSIDE, at=since) == 0


def test_notices_are_read_within_alone():
    night, code = shut(phase="throw")
    at, cleo, project = timezone.now(), given.cleo(), night.project
    Entrance.objects.create(project=project, voice=cleo.voice, code=code, at=at)
    mine = throwing.throw(night, "Cleo’s lamp", by=cleo.voice_id, at=at).position
    manners.hide(project, mine, reason="A brand’s name", by=given.ana().voice_id, at=at)
    while pulling.pull():
        pass
    reader = reader_of(cleo.voice_id)
    assert unread(reader, at=timezone.now())
    codes.end(project)
    assert not unread(reader, at=timezone.now())


def test_a_hall_is_asked_at_once_whether_its_places_stand(django_assert_num_queries):
    night, code = shut(phase="throw")
    quincy = given.come_in(Client(), Guest.objects.get(voice__name="Quincy"))
    hall = [quincy, *(by_code(code) for _one in range(3))]
    kept = {one.cookies[settings.SESSION_COOKIE_NAME].value for one in hall}
    within = ledger.OUTSIDE | {closed.INSIDE}
    with django_assert_num_queries(7):
        assert standing.ended(night.pk, within, kept) == set()
    assert standing.ended(night.pk, within, {"", "forged"}) == {"", "forged"}
    codes.make(night.project, at=timezone.now())
    assert standing.ended(night.pk, within, kept) == kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("transactional_house")
def test_streams_of_a_closed_wall_refuse_others_and_end_with_ones_place():
    night, code = shut(phase="throw")
    room = f"{PROJECT}room/live"
    guest = by_code(code).cookies[settings.SESSION_COOKIE_NAME].value
    session = f"{settings.SESSION_COOKIE_NAME}={guest}"
    with served() as house:
        for cookie in ({}, {"Cookie": signed_in(given.eve())}):
            refusal = Stream(house.port, room, **cookie)
            assert refusal.status == 403 and not leaks(refusal.rest())
        came = Stream(house.port, room, Cookie=session)
        throwing.throw(night, "Lit", by=given.bo().voice_id, at=timezone.now())
        assert "Lit" in came.next().data
        codes.make(night.project, at=timezone.now())
        throwing.throw(night, "Ptarmigans", by=given.bo().voice_id, at=timezone.now())
        assert "Ptarmigans" not in came.until_its_end()
        assert Stream(house.port, room, Cookie=session).status == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("transactional_house")
def test_streams_that_were_open_end_as_the_wall_closes_and_not_with_the_next_idea():
    night, _code = shut(phase="throw")
    plan, hand = calling.plan_of(night), {"by": given.ana().voice_id, "at": timezone.now()}
    room, ana = f"{PROJECT}room/live", {"Cookie": signed_in(given.ana())}
    with served() as house:
        for _once_and_again in range(2):
            calling.change(storming.now(night), replace(plan, who_looks="all"), **hand)
            passing, asks = Stream(house.port, room), Stream(house.port, f"{room}?as=json")
            work, within = Stream(house.port, f"{PROJECT}live"), Stream(house.port, room, **ana)
            calling.change(storming.now(night), replace(plan, who_looks="within"), **hand)
            for one in (passing, asks):
                assert not leaks(one.until_its_end())
            throwing.throw(night, "Lit", by=given.bo().voice_id, at=timezone.now())
            assert "Lit" in within.next().data
            assert say(night.project, "A moment").fact.title in work.next().data


def test_a_hall_that_comes_back_is_found_at_once_and_as_each_would_be(django_assert_num_queries):
    night, code = shut(phase="throw")
    quincy = given.come_in(Client(), Guest.objects.get(voice__name="Quincy"))
    link, _viewer = watcher(night)
    hall = [by_code(code), quincy, by_code("NOSUCH"), given.come_in(Client(), given.guest("Gus"))]
    others = [come(given.ana()), come(given.eve()), link]
    keys = [
        one.cookies[settings.SESSION_COOKIE_NAME].value
        for one in (*hall, *others)
        if settings.SESSION_COOKIE_NAME in one.cookies
    ]
    found = standing.find_guests("atelier", "night", [*keys, "forged"])
    assert found and len(found) < len(keys)
    for key in keys:
        alone = standing.find("atelier", "night", key)
        assert found.get(key, alone).audiences == alone.audiences
        assert found.get(key, alone).session == alone.session
    assert {closed.INSIDE in one.audiences for one in found.values()} == {True, False}
    with django_assert_num_queries(11):
        standing.find_guests("atelier", "night", keys)
    with django_assert_num_queries(11):
        standing.find_guests("atelier", "night", keys[1:2])
    given.project("quiet", is_raised=False)
    assert standing.find_guests("atelier", "quiet", keys) == {}
    assert standing.find_guests("atelier", "nowhere", keys) == {}
