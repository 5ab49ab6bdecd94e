"""A house that writes letters down."""

import pytest

from coulisses.notices.tests import scene


@pytest.fixture(autouse=True)
def sends_letters(settings):
    """Letters are written down, as in a house; nobody sends them."""
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"
    settings.SENDS_LETTERS = True
    settings.PUBLIC_URL = scene.HOUSE
