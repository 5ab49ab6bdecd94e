"""Dots on the wall: placed and taken back by a tap, seen by nobody else before the end."""

import pytest
from django.utils import timezone

from coulisses.brainstorms import hosting, reading, throwing, voting
from coulisses.brainstorms.models import Idea, Purse
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan, host, read
from coulisses.people.models import Guest
from coulisses.testing import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    night = host(storming.called(dots=2), "throw")
    for words in ("A map", "Soup", "Capes"):
        throwing.throw(night, words, by=given.bo().voice_id, at=timezone.now())
    return host(night, "vote")


def tap(client, position, act="give", headers=JSON):
    return client.post(f"{WALL}{position}/dots", {act: "1"}, headers=headers)


def first():
    return Idea.objects.order_by("position").first().position


def test_a_passer_by_places_dots_without_a_name_and_takes_them_back(night):
    client = dan()
    assert tap(client, first()).json() == {"left": 1, "here": 1}
    assert tap(client, first()).json() == {"left": 0, "here": 2}
    spent = tap(client, first())
    assert spent.status_code == 409 and "Take one back" in spent.json()["sentence"]
    assert tap(client, first(), "undo").json() == {"left": 1, "here": 1}
    assert Guest.objects.get().voice.name == "" and Purse.objects.get().spent == 1
    assert 'lying="{&quot;' in read(client) and 'left="1"' in read(client)


def test_without_script_a_tap_leads_back_to_the_idea(night):
    came = {**HERE, "Referer": f"http://testserver{WALL}?as=list"}
    assert tap(dan(), first(), headers=came)["Location"] == f"{WALL}?as=list#idea-{first()}"
    assert tap(dan(), first(), headers=HERE)["Location"] == f"{WALL}#idea-{first()}"
    away = {**HERE, "Referer": f"https://elsewhere.test{WALL}?as=list"}
    assert tap(dan(), first(), headers=away)["Location"] == f"{WALL}#idea-{first()}"


def test_nobody_reads_where_dots_lie_before_the_end(night):
    tap(come(given.cleo()), first())
    for who in (dan(), come(given.bo()), come(given.ana())):
        assert 'lying="{}"' in read(who) and "1 dot<" not in read(who)
    host(night, "settle")
    assert "1 dot<" in read(dan())


def test_dots_are_placed_while_the_vote_is_on_and_nowhere_else(night):
    hosting.stop(storming.now(night), by=given.ana().voice_id, at=timezone.now())
    assert tap(dan(), first()).status_code == 409
    host(night, "gather")
    assert tap(dan(), first()).status_code == 409
    host(night, "vote")
    assert tap(dan(), 9_999).status_code == 404
    assert tap(dan(), first(), "undo").status_code == 409


def test_each_reads_the_ideas_in_an_order_that_is_theirs_and_stays(night):
    ideas = list(Idea.objects.order_by("position"))
    firsts = {reading.in_ones_order(ideas, f"voice {number}")[0].position for number in range(40)}
    assert firsts == {one.position for one in ideas}
    again = [reading.in_ones_order(ideas[::-1], "cleo") for _time in range(2)]
    assert again[0] == again[1] == reading.in_ones_order(ideas, "cleo")
    without = [one for one in again[0] if one != ideas[1]]
    assert reading.in_ones_order([ideas[0], ideas[2]], "cleo") == without


def test_ideas_with_as_many_dots_stand_on_the_podium_together():
    night, bo = host(storming.called(dots=10), "throw"), given.bo().voice_id
    for number in range(5):
        throwing.throw(night, f"Idea {number}", by=bo, at=timezone.now())
    night = host(night, "vote")
    for idea, dots in zip(Idea.objects.order_by("position"), (3, 2, 2, 2, 1), strict=True):
        for _dot in range(dots):
            voting.place(night, idea.position, by=bo, at=timezone.now())
    host(night, "settle")
    podium = dan().get(f"{WALL}podium").content.decode()
    assert [f"Idea {number}</a>" in podium for number in range(5)] == [True] * 4 + [False]
    assert podium.count("</span>2</b>") == 3 and podium.count("<i></i>") == 9
