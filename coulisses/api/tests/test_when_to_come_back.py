"""Whoever is to come later is told when: Retry-After, on each 429 and 503."""

import pytest
from django.test import Client

from coulisses.api import limits
from coulisses.lib import calm
from coulisses.lib.refusals import Refusal
from coulisses.live.refusals import TooManyStreams
from coulisses.search import pace
from coulisses.site import middleware
from coulisses.testing import given

LATER = (429, 503)


def every(of: type[Refusal]) -> list[type[Refusal]]:
    return [of, *(each for one in of.__subclasses__() for each in every(one))]


def test_each_refusal_that_passes_says_when_to_ask_again():
    passing = [one for one in every(Refusal) if one.status in LATER]
    assert TooManyStreams in passing and len(passing) > 6
    assert [one.__name__ for one in passing if one.wait < 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/search?q=keel", "/search?q=keel"])
def test_who_looks_too_often_is_told_when_to_look_again(path, monkeypatch):
    limits.forget()
    monkeypatch.setattr(pace, "looking", pace.Bucket(1, each=7.5))
    given.project()
    answers = [Client().get(path) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 429, 429]
    assert 1 <= int(answers[1]["Retry-After"]) <= 8


@pytest.mark.django_db
def test_a_try_too_many_is_told_when_there_may_be_another(rf):
    for _ in range(2):
        calm.require("a door", most=2, within=given.minutes(10) - given.NOON)
    with pytest.raises(calm.TooOften) as refused:
        calm.require("a door", most=2, within=given.minutes(10) - given.NOON)
    answer = middleware.refuse(rf.get("/"), refused.value)
    assert 590 <= int(answer["Retry-After"]) <= 600
