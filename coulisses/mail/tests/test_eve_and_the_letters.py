"""Eve leaves addresses that no mail server can be told; nobody else waits for her letters."""

from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from coulisses.mail import sending
from coulisses.mail.models import Letter
from coulisses.mail.tests import test_sending as posts
from coulisses.mail.tests.test_sending import ANA, a_letter, write
from coulisses.testing.programs import free_port

pytestmark = pytest.mark.django_db
assert a_letter  # a fixture, used by all

NO_SERVER_IS_TOLD = [
    "ève@cast.test",
    f"eve@{'é' * 80}.test",
    '"\x0beve\x1c"@cast.test',
    "eve@",
    "eve",
]


@pytest.fixture
def old_postbox():
    """A mail server that knows addresses in ASCII alone, as many do."""
    box = posts.Postbox()
    port = free_port()
    running = Controller(box, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    running.start()
    with posts.sending_by(f"smtp://127.0.0.1:{port}"):
        yield box
    running.stop()


def test_an_address_that_cannot_be_written_to_keeps_no_code_waiting(old_postbox):
    for address in NO_SERVER_IS_TOLD:
        write(address)
    code = write(ANA, holds_code=True)
    Letter.objects.exclude(pk=code.pk).update(due_at=code.due_at - timedelta(hours=1))
    sending.send_due()
    code.refresh_from_db()
    assert code.sent_at and ANA in [one.rcpt_tos[0] for one in old_postbox.taken]


def test_a_domain_of_other_letters_is_spelled_for_any_server(old_postbox):
    write("dan@exämple.test")
    sending.send_due()
    assert [one.rcpt_tos for one in old_postbox.taken] == [["dan@xn--exmple-cua.test"]]
