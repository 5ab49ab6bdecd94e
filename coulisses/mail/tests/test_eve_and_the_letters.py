"""Eve leaves addresses that no mail server can be told of; nobody else waits for her letters."""

import pytest

from coulisses.mail import sending, servers
from coulisses.mail.models import Letter
from coulisses.mail.tests.test_sending import ANA, a_letter, postbox, write
from coulisses.people.letters import Written

pytestmark = pytest.mark.django_db
assert a_letter and postbox  # fixtures

NO_SERVER_TAKES = ["eve@exämple.org", '"\x0beve\x1c"@cast.test', '"eve\\"@cast.test', "ève@cast.test",
                   "eve@" + "é" * 80 + ".test", "eve@cast.test\ud800", "eve", "", "a@b, c@d.test"]  # fmt: skip


@pytest.mark.parametrize("address", NO_SERVER_TAKES)
def test_an_address_that_cannot_be_written_to_keeps_nobody_waiting(postbox, address):
    if "\ud800" not in address:
        write(address, holds_code=True)
    code = write(ANA, holds_code=True)
    sending.send_due()
    code.refresh_from_db()
    print(repr(address), [(l.to, l.trouble, l.sent_at) for l in Letter.objects.all()], [e.rcpt_tos for e in postbox.taken])
    assert code.sent_at


@pytest.mark.parametrize("address", ['"\x0bBcc: dan@cast.test\x0b"@cast.test', '"x\x1c\x1cfoo: bar"@cast.test'])
def test_raw(address):
    letter = Letter(to=address, pk=1)
    from django.utils import timezone
    letter.made_at = timezone.now()
    try:
        print(servers.message(letter, Written("Hé "*100, "t"), sender="Coulisses <house@example.org>").as_bytes())
    except Exception as e:
        print("ERR", repr(e))
