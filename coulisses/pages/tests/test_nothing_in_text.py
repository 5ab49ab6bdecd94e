"""PostgreSQL has no text with a zero in it: what brings one finds nothing, and breaks nothing."""

import pytest
from django.db import transaction
from django.test import Client

from coulisses.testing import given

pytestmark = pytest.mark.both_databases

ASKED = [
    "/contact?to=%00",
    "/?after=%00",
    "/@atelier/?after=%00",
    "/@atelier/boat/?before=%00&show=%00",
    "/@atelier/boat/files/hull.txt?series=%00&at=1",
    "/@atelier/boat/sessions/?after=%00",
    "/desk/?after=%00",
    "/desk/new/?studio=%00",
    "/desk/@atelier/?after=%00",
    "/desk/@atelier/boat/tell/?gone=%00",
    "/desk/@atelier/boat/tray/?waits=%00",
    "/desk/@atelier/boat/review/?before=%00&show=%00",
    "/desk/letters/@atelier/?after=%00",
    "/house/people/?named=%00&after=%00",
    "/house/people/invitations/?after=%00",
    "/house/storage/?after=%00",
    "/house/storage/atelier/?after=%00",
    "/house/reports/?after=%00",
    "/house/backups/?after=%00",
    "/house/letters/?after=%00",
    "/account/signup/?invitation=%00",
    "/enter?next=%00",
]
SENT = {
    "/@atelier/boat/hooks/close": "id",
    "/@atelier/boat/hooks/open": "forge",
    "/@atelier/boat/originals/choice": "originals",
    "/@atelier/boat/reels": "piece",
    "/@atelier/boat/1/pin": "action",
    "/@atelier/boat/sittings/1/title": "title",
    "/@atelier/boat/1/shredding": "reason",
    "/desk/@atelier/order": "up",
    "/desk/@atelier/address/old": "slug",
    "/desk/@atelier/boat/address/old": "slug",
    "/desk/@atelier/tokens/revocation": "token",
    "/desk/@atelier/boat/sessions/running": "number",
    "/desk/@atelier/boat/tell/": "project",
    "/share/": "text",
    "/language": "next",
    "/privacy": "words",
}


@pytest.fixture
def ana():
    given.project("boat")
    given.host()
    account = given.ana()
    account.is_host = True
    account.save()
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def test_no_question_with_a_zero_in_it_stumbles(ana):
    found = [(asked, ana.get(asked).status_code) for asked in ASKED]
    assert [one for one in found if one[1] >= 500] == []


def sent(client, address, data):
    """Send a form, and let all that it did be undone: an error ends a transaction."""
    with transaction.atomic():
        status = client.post(address, data).status_code
        transaction.set_rollback(True)
    return status


def test_no_form_with_a_zero_in_it_stumbles(ana):
    fields = {"kind": "note", "body": "w", "act": "x"}
    found = [
        (address, sent(ana, address, {**fields, name: "a\x00b"})) for address, name in SENT.items()
    ]
    assert [one for one in found if one[1] >= 500] == []
