"""An invitation lets one person in, and can be taken back."""

from datetime import timedelta

import pytest

from coulisses.people import invitations
from coulisses.people.invitations import InvitationNoLongerOpens
from coulisses.people.models import Invitation
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


@pytest.fixture
def invited():
    return invitations.issue(kind="house", by=given.ana(), note="Bo, who glues", at=given.NOON)


def test_an_invitation_is_found_by_its_secret_alone_and_the_secret_is_not_kept(invited):
    invitation, secret = invited
    assert invitations.find(secret, at=given.NOON) == invitation
    assert secret not in repr(Invitation.objects.values().get())


def test_one_person_uses_an_invitation_and_may_come_again(invited):
    invitation, secret = invited
    invitations.use(invitation, by=given.bo(), at=given.NOON)
    invitations.use(invitation, by=given.bo(), at=given.minutes(5))
    assert invitations.find(secret, by=given.bo(), at=given.minutes(5)) == invitation


def test_eve_cannot_use_an_invitation_after_bo(invited):
    invitation, secret = invited
    invitations.use(invitation, by=given.bo(), at=given.NOON)
    for by in (None, given.eve()):
        with pytest.raises(InvitationNoLongerOpens):
            invitations.find(secret, by=by, at=given.NOON)
    with pytest.raises(InvitationNoLongerOpens):
        invitations.use(invitation, by=given.eve(), at=given.NOON)


@pytest.mark.parametrize("is_used", [True, False])
def test_an_invitation_that_was_taken_back_opens_nothing(invited, is_used):
    invitation, secret = invited
    if is_used:
        invitations.use(invitation, by=given.bo(), at=given.NOON)
    invitations.revoke(invitation, at=given.NOON)
    with pytest.raises(InvitationNoLongerOpens):
        invitations.find(secret, by=given.bo(), at=given.NOON)


@pytest.mark.parametrize("forged", ["", "x", "é" * 43])
def test_a_made_up_invitation_opens_nothing(invited, forged):
    with pytest.raises(InvitationNoLongerOpens):
        invitations.find(forged, at=given.NOON)


def test_an_invitation_grows_too_old(invited):
    with pytest.raises(InvitationNoLongerOpens):
        invitations.find(invited[1], at=given.NOON + timedelta(days=15))
