"""The rooms of the house: each leads to all the others, and says in words what it does."""

import pytest
from django.test import Client

from coulisses.host import jobs
from coulisses.lib import errands
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_every_room_of_the_house_leads_to_all_others():
    hal = Client()
    hal.force_login(given.host())
    for place in ("", "settings/", "letters/", "reports/"):
        page = hal.get(f"/house/{place}").content.decode()
        assert page.count('aria-current="page"') == 1 + (place == "reports/"), place
        for other in ("settings", "people", "storage", "backups", "jobs", "letters", "reports"):
            assert f'<a href="/house/{other}/"' in page, (place, other)


def test_every_errand_has_words_and_no_words_are_left_over():
    assert set(jobs.WORDS) == {one.name for one in errands._known}
