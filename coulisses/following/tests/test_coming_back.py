"""Letters that come back end what nobody reads; nothing else does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.following import rules
from coulisses.following.tests import scene
from coulisses.mail import bounces, handles
from coulisses.mail.models import Letter
from coulisses.site.config import House
from coulisses.testing import given

pytestmark = pytest.mark.django_db

DSN = """From: MAILER-DAEMON@far.test
To: {to}
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; far.test

Final-Recipient: rfc822; dan@far.test
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {message}
Subject: Boat

--b--
"""


def report(dan, *, status="5.1.1", action="failed", by="Message-ID"):
    known = handles.spell("following", dan.pk)
    to = f"bounces+{known}@example.org" if by == "To" else "house@example.org"
    message = f"<{known}.0123@example.org>" if by == "Message-ID" else "<1@far.test>"
    said = DSN.format(to=to, action=action, status=status, message=message)
    return said.encode()


def post(raw, secret=None):
    address = f"/mail/bounces/{secret or bounces.secret()}"
    return Client(enforce_csrf_checks=True).post(address, raw, "message/rfc822")


@pytest.mark.parametrize("by", ["Message-ID", "To"])
def test_a_report_that_nobody_is_there_ends_all_letters_to_the_address(by):
    boat, oar = given.project(), given.project("oar")
    dan, also, cleo = (
        scene.follower(boat), scene.follower(oar), scene.follower(oar, "cleo@far.test"),
    )  # fmt: skip
    assert post(report(dan, by=by)).status_code == 204
    for one in (dan, also, cleo):
        one.refresh_from_db()
    assert dan.ending == also.ending == "returned" and cleo.is_written_to
    page = Client().get(scene.path(dan)).content
    assert b"came back" in page


def test_what_is_no_lasting_failure_of_a_letter_of_ours_ends_nothing():
    dan = scene.follower(given.project())
    known = handles.spell("following", dan.pk)
    forged = report(dan).replace(known.encode(), f"{dan.pk}.{'0' * 16}".encode())
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
    )
    for raw in (
        report(dan, status="4.2.2", action="delayed"),
        report(dan, status="5.7.1"),
        report(dan, action="delivered"),
        forged,
        b"",
        b"\xff" * 5000,
        nested,
        b"x" * (bounces.LONGEST * 3),
        b'Content-Type: message/delivery-status; charset="\xff"\n\n\xff: \n\nAction\n',
    ):
        assert post(raw).status_code == 204
    assert post(report(dan), secret="x" * 40).status_code == 404
    dan.refresh_from_db()
    assert dan.is_written_to and dan.failures == 0


def test_the_third_return_ends_letters_a_week_after_the_first():
    dan, now = scene.follower(given.project()), timezone.now()
    for days, ended in ((0, False), (1, False), (2, False), (8, True)):
        rules.came_back(dan.pk, "5.2.2", now + timedelta(days=days))
        dan.refresh_from_db()
        assert (dan.ended_at is not None) is ended
    cleo = scene.follower(given.project("oar"), "cleo@far.test")
    for days in (0, 35, 70, 105):
        rules.came_back(cleo.pk, "5.2.2", now + timedelta(days=days))
    cleo.refresh_from_db()
    assert cleo.is_written_to and cleo.failures == 1


def test_a_server_that_refuses_ends_letters_at_once_and_holds_up_nobody(postbox):
    boat = given.project()
    dan, cleo = scene.follower(boat), scene.follower(boat, "cleo@far.test")
    bo = scene.follower(boat, "bo@far.test")
    postbox.refused = {
        dan.address: "550 5.1.1 Nobody of that name",
        bo.address: "451 4.7.1 Come again",
    }
    scene.say(boat, "A plank")
    scene.due()
    scene.leave()
    for one in (dan, cleo, bo):
        one.refresh_from_db()
    assert dan.ending == "returned" and cleo.is_written_to and bo.is_written_to
    assert [one.rcpt_tos for one in postbox.taken] == [[cleo.address]]
    lost, waiting = Letter.objects.get(to=dan.address), Letter.objects.get(to=bo.address)
    assert lost.given_up_at and "5.1.1" in lost.trouble and not waiting.given_up_at


def test_letters_carry_outside_by_what_they_are_known_when_they_come_back(postbox, settings):
    settings.HOUSE = House(smtp=settings.HOUSE.smtp, mail_bounces="bounces@example.org")
    boat = given.project()
    dan = scene.follower(boat)
    scene.say(boat, "A plank")
    scene.due()
    scene.leave()
    [taken] = postbox.taken
    assert taken.mail_from.startswith("bounces+") and len(taken.mail_from.split("@")[0]) <= 64
    assert handles.read(taken.mail_from) == ("following", dan.pk)
    [said] = [line for line in taken.content.decode().splitlines() if line.startswith("Message-ID")]
    assert handles.read(said) == ("following", dan.pk)
