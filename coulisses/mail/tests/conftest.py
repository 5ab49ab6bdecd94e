"""Letters are written down here as they are in a house."""

import pytest


@pytest.fixture(autouse=True)
def letters_are_written_down(settings):
    """Django's own test runner would put them aside."""
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"
