"""Letters are written down here as they are in a house, and tries are counted anew."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def letters_are_written_down(settings):
    """Django's own test runner would put them aside."""
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    """Have each test count from nought."""
    cache.clear()


@pytest.fixture(autouse=True)
def passwords_are_hashed_fast(settings):
    """A hash that is slow on purpose would be most of what these tests take."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
