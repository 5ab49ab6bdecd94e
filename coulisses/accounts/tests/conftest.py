"""Letters are written down here as they are in a house."""

import pytest


@pytest.fixture(autouse=True)
def letters_are_written_down(settings):
    """Django's own test runner would put them aside."""
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"


@pytest.fixture(autouse=True)
def passwords_are_hashed_fast(settings):
    """A hash that is slow on purpose would be most of what these tests take."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
