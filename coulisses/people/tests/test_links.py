"""A printed link signs its owner in, once."""

from datetime import timedelta

import pytest

from coulisses.people import rules
from coulisses.people.models import SignInLink
from coulisses.people.rules import LinkNoLongerOpens
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def test_a_link_opens_once():
    secret = rules.sign_in_link(given.ana(), at=given.NOON)
    assert rules.enter(secret, at=given.NOON) == given.ana()
    with pytest.raises(LinkNoLongerOpens):
        rules.enter(secret, at=given.NOON)


def test_a_link_grows_too_old():
    secret = rules.sign_in_link(given.ana(), at=given.NOON)
    with pytest.raises(LinkNoLongerOpens):
        rules.enter(secret, at=given.NOON + timedelta(days=2))


@pytest.mark.parametrize("forged", ["", "x", "é" * 43])
def test_a_made_up_link_opens_nothing(forged):
    rules.sign_in_link(given.ana(), at=given.NOON)
    with pytest.raises(LinkNoLongerOpens):
        rules.enter(forged, at=given.NOON)


def test_the_secret_itself_is_never_kept():
    secret = rules.sign_in_link(given.ana(), at=given.NOON)
    assert secret not in SignInLink.objects.get().digest
