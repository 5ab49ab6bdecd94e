"""What is told is found at once: the bell calls the errands that read it."""

import time

import pytest

from coulisses.lib import errands
from coulisses.search import feeding
from coulisses.search.tests.looking import find, tell
from coulisses.site.clockwork import Clockwork
from coulisses.testing import given

pytestmark = pytest.mark.usefixtures("transactional_house")


def test_the_index_does_not_wait_for_its_next_look(monkeypatch):
    monkeypatch.setattr(errands, "_known", [])
    errands.every(600, feeding.some, is_called=True)
    project, clockwork = given.project(), Clockwork()
    clockwork.start()
    try:
        tell(project, "a wave", at=1)
        until = time.monotonic() + 60
        while not find("wave").hits and time.monotonic() < until:
            time.sleep(0.05)
        assert len(find("wave").hits) == 1
    finally:
        clockwork.end()
        for thread in clockwork._threads:
            thread.join(10)
