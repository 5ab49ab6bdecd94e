"""Hours on the house's clock, on the days when it is put forward and back."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from coulisses.projects import hours
from coulisses.projects.hours import HourMalformed, HourSkipped


@pytest.fixture
def paris(settings):
    settings.TIME_ZONE = "Europe/Paris"
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


def test_hours_are_those_of_the_houses_clock(paris):
    assert hours.read("2027-01-10", "18:00") == datetime(2027, 1, 10, 17, tzinfo=UTC)
    assert hours.read("2027-07-10", "18:00:00") == datetime(2027, 7, 10, 16, tzinfo=UTC)
    assert hours.spelled(datetime(2027, 7, 10, 16, tzinfo=UTC)) == ("2027-07-10", "18:00")
    assert hours.zone() == "Europe/Paris"


def test_an_hour_that_does_not_exist_is_refused(paris):
    with pytest.raises(HourSkipped):
        hours.read("2027-03-28", "02:30")
    assert hours.read("2027-03-28", "03:00") == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_of_an_hour_that_strikes_twice_the_first_is_meant(paris):
    assert hours.read("2027-10-31", "02:30") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", ["", "soon", "2027-02-30", "2027-1-1x", "0000-00-00"])
def test_what_is_no_day_is_refused(day):
    with pytest.raises(HourMalformed):
        hours.read(day, "18:00")


@pytest.mark.parametrize(
    ("day", "zone"), [("0001-01-01", "Europe/Paris"), ("9999-12-31", "America/Lima")]
)
def test_a_day_that_some_zone_cannot_name_is_refused(settings, day, zone):
    settings.TIME_ZONE = zone
    timezone.get_default_timezone.cache_clear()
    with pytest.raises(HourMalformed):
        hours.read(day, "23:59" if day > "2" else "00:00")
    timezone.get_default_timezone.cache_clear()
