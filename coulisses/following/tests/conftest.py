"""A house that sends letters to a postbox."""

import pytest

from coulisses.following.tests import scene
from coulisses.site.config import House


@pytest.fixture(autouse=True)
def sends_letters(settings):
    """Letters are written down, as in a house; nobody sends them unless there is a postbox."""
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"
    settings.SENDS_LETTERS = True
    settings.PUBLIC_URL = scene.HOUSE
    settings.DEFAULT_FROM_EMAIL = "Coulisses <house@example.org>"


@pytest.fixture(scope="module")
def server():
    """Yield a postbox that is filled by a mail server, and that server's address."""
    box = scene.Postbox()
    with scene.running(box) as address:
        yield box, address


@pytest.fixture
def postbox(server, settings):
    """Return an empty postbox that letters are sent to."""
    box, address = server
    settings.HOUSE = House(smtp=address)
    box.taken, box.refused = [], {}
    return box
