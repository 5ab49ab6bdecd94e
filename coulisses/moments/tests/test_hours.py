"""Hours as people write them: in the house's zone, also where its clocks jump."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses.moments import hours
from coulisses.moments.refusals import TimeUnreadable

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def paris(monkeypatch):
    """A house in Paris."""
    zone = ZoneInfo("Europe/Paris")
    monkeypatch.setattr(timezone, "get_default_timezone", lambda: zone)


def test_an_hour_is_the_houses():
    assert hours.read("2026-07-01T18:30", at=LONG_AGO) == datetime(2026, 7, 1, 16, 30, tzinfo=UTC)


def test_an_hour_that_is_skipped_is_the_one_after():
    read = hours.read("2026-03-29T02:30", at=LONG_AGO)
    assert read == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert read.astimezone(ZoneInfo("Europe/Paris")).hour == 3


def test_an_hour_that_comes_twice_is_the_first_that_is_still_to_come():
    written = "2026-10-25T02:30"
    assert hours.read(written, at=LONG_AGO) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    between = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    assert hours.read(written, at=between) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("nonsense", ["", "soon", "2026-13-01T10:00", "0001-01-01T00:00"])
def test_nonsense_is_no_hour(nonsense):
    with pytest.raises(TimeUnreadable):
        hours.read(nonsense, at=LONG_AGO)


@settings(max_examples=60, deadline=None)
@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_any_hour_is_read_as_one_that_the_house_shows(plain):
    read = hours.read(plain.isoformat(timespec="minutes"), at=LONG_AGO)
    shown = read.astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None)
    assert 0 <= (shown - plain.replace(second=0, microsecond=0)).total_seconds() <= 3600
