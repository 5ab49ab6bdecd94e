"""Eve and the ballot: nothing forged, nothing counted twice, a school not taken for a machine."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coulisses.decisions.models import Ballot
from coulisses.decisions.tests.test_pages import choices
from coulisses.decisions.tests.voting import HERE, address, browser, put, send
from coulisses.people.models import Guest
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_eve_forges_no_vote():
    decision, eve = put(), browser(given.eve())
    other = put(given.project("other"), options=("One", "Two", "Three", "Four"))
    elsewhere = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.post(address(decision), {"option": "a"}).status_code == 403
    assert Client().post(address(decision), {"option": "a"}).status_code == 403
    for said in ({"option": "d"}, {"option": ["a", "b"]}, {"option": "a,b"}, {"option": "\x00"},
                 {"option": "x" * 9999}, {"place-a": "1"}, {"option": "A"}):  # fmt: skip
        assert send(eve, decision, **said).status_code == 422, said
    assert eve.post(f"{other.project.path}{decision.position}/ballot", {"option": "d"}, **HERE)
    for place in (2**70, 99, 1):
        wrong = f"{decision.project.path}{place}/ballot"
        assert eve.post(wrong, {"option": "a"}, **HERE).status_code == 404
    assert choices(decision) == []


def test_a_vote_whose_answer_was_lost_is_counted_once():
    decision, secret = put(), "s3cret-of-a-page-that-is-long"
    for _again in range(3):  # each without the session that the lost answer would have brought
        assert send(browser(), decision, option="b", once=secret).status_code == 302
    for _short in range(2):  # a secret that anybody could guess is none
        send(browser(), decision, option="a", once="1")
    assert choices(decision) == ["a", "a", "b"]
    Ballot.objects.filter(choice="b").update(cast_at=given.NOON)
    send(browser(), decision, option="c", once=secret)  # too late to be the same sending
    assert choices(decision) == ["a", "a", "b", "c"]


def test_a_ballot_costs_as_much_after_thousands_as_after_one():
    decision, once = put(), "x" * 32
    with CaptureQueriesContext(connection) as asked:
        send(browser(), decision, option="a", once=once)
    looks = [one["sql"] for one in asked if 'SELECT "decisions_ballot"' in one["sql"]]
    with connection.cursor() as cursor:
        plans = [str(cursor.execute(f"explain query plan {one}").fetchall()) for one in looks]
    assert len(plans) == 2 and all("one_ballot_per_sending" in one for one in plans), plans


def test_a_school_may_vote_from_one_address_and_a_ballot_stuffer_not_for_ever(settings):
    settings.BALLOTS_PER_ADDRESS = 4
    decision = put()
    answers = [send(browser(), decision, option="a").status_code for _ in range(6)]
    assert answers == [302] * 4 + [429] * 2
    assert send(browser(given.cleo()), decision, option="b").status_code == 302
    assert choices(decision) == ["a"] * 4 + ["b"]


def test_who_comes_in_by_another_door_first_stuffs_no_more_ballots(settings):
    settings.BALLOTS_PER_ADDRESS = 2
    decision = put()
    guests = [browser(given.guest(f"Gus {number}")) for number in range(4)]
    answers = [send(one, decision, option="a").status_code for one in guests]
    assert answers == [302] * 2 + [429] * 2
    assert send(guests[0], decision, option="b").status_code == 302  # who voted changes their mind
    known = given.guest("Hugo")
    Guest.objects.filter(pk=known.pk).update(verified_at=given.NOON)
    assert send(browser(known), decision, option="c").status_code == 302
    assert choices(decision) == ["a", "b", "c"]
