"""Who keeps the house no more, or is let in no more, leaves no door open behind them."""

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.people import invitations
from coulisses.people.invitations import InvitationNoLongerOpens
from coulisses.people.models import Account
from coulisses.testing import given

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", ["guest", "stop"])
def test_who_keeps_the_house_no_more_has_invited_nobody(act):
    hal, keeper = Client(), given.cleo()
    hal.force_login(given.host())
    Account.objects.filter(pk=keeper.pk).update(is_host=True)
    _made, secret = invitations.issue(kind="house", by=keeper, at=timezone.now())
    assert invitations.find(secret, at=timezone.now())
    hal.post(f"/house/people/{keeper.pk}", {"act": act})
    with pytest.raises(InvitationNoLongerOpens):
        invitations.find(secret, at=timezone.now())
