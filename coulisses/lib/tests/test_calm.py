"""What is tried too often is refused for as long as was said, however it is spread."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.cache.backends import db
from django.utils import timezone

from coulisses.lib import calm

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch):
    """Return how time goes on."""
    cache.clear()
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    monkeypatch.setattr(db, "tz_now", lambda: now[0])

    def goes_on(**by):
        now[0] += timedelta(**by)

    return goes_on


def tried():
    return calm.is_calm("a lock", most=3, within=AN_HOUR)


def test_so_many_tries_within_a_time_and_no_more(clock):
    assert [tried() for _ in range(5)] == [True, True, True, False, False]
    assert calm.is_calm("another lock", most=3, within=AN_HOUR)


def test_eve_gains_nothing_by_waiting_a_few_minutes(clock):
    for _ in range(3):
        assert tried()
    for _ in range(5):
        clock(minutes=6)
        assert not tried()


def test_the_time_ends_though_one_goes_on_trying(clock):
    for _ in range(30):
        tried()
        clock(minutes=2, seconds=1)
    assert tried()
