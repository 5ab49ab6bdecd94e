"""A house that is served counts what it answers, out of memory and by Django alike."""

import time

import httpx
import pytest

from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.visits.models import Day, Reading
from coulisses.visits.tests.readers import FIREFOX

pytestmark = pytest.mark.usefixtures("transactional_house")


def test_cached_pages_are_counted_stays_are_thanked_and_sums_are_written_soon():
    project, hidden = given.project(), given.project("hidden", is_raised=False)
    with served() as house:
        browser = httpx.Client(base_url=house.address, headers={"user-agent": FIREFOX}, timeout=60)
        pages = [browser.get(project.path) for _ in range(4)]  # the last ones from memory
        again = browser.get(project.path, headers={"if-none-match": pages[-1].headers["etag"]})
        assert {one.status_code for one in pages} == {200} and again.status_code == 304
        assert browser.get(f"{project.path}nothing").status_code == 404
        said = [
            browser.post(f"{path}stay", content=body).status_code
            for path in (project.path, hidden.path, "/@no/body/", f"{project.path}9/")
            for body in ("30", "31", "x" * 5000, "")
        ]
        assert set(said) == {204}
        assert browser.get(f"{project.path}stay").status_code == 404
        until = time.monotonic() + 60
        while not Reading.objects.filter(reads=5, stays=1) and time.monotonic() < until:
            time.sleep(0.1)
    assert list(Day.objects.values_list("project", "visits", "reads")) == [(project.pk, 1, 5)]
    found = Reading.objects.values_list("position", "reads", "stays", "seconds")
    assert list(found) == [(0, 5, 1, 30)]
