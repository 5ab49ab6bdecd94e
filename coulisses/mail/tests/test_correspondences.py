"""Letters that a room writes when they leave."""

import smtplib
from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.mail import sending, servers, writing
from coulisses.mail.models import Letter
from coulisses.people import letters
from coulisses.people.letters import Correspondence, Written

pytestmark = pytest.mark.django_db
ANA, EVE = "ana@cast.test", "eve@cast.test"


@pytest.fixture
def room(monkeypatch):
    """A room that knows what to say for keys that begin with a word."""

    def write(keys):
        if "stumble" in keys:
            raise LookupError("stumbled")
        return {
            key: Written(f"Of {key}\r\nBcc: eve@cast.test", f"{key}\n", f"<p>{key}</p>")
            for key in keys
            if key != "idle"
        }

    monkeypatch.setitem(letters._known, "room", Correspondence(write, lambda *_: None))
    return write


def test_a_room_writes_when_its_letters_leave_and_says_nothing_for_those_that_are_idle(room):
    letters.address("room", [(ANA, "word"), (ANA, "idle")])
    letters.address("gone", [(ANA, "word")])
    kept = list(Letter.objects.order_by("pk"))
    assert [(one.subject, one.text) for one in kept] == [("", "")] * 3
    said = writing.words(kept)
    assert list(said) == [kept[0].pk] and Letter.objects.count() == 1
    mail = servers.message(kept[0], said[kept[0].pk], sender="House <house@example.org>")
    assert mail["Subject"] == "Of word Bcc: eve@cast.test" and "Bcc" not in mail
    assert mail.get_body(["html"]).get_content() == "<p>word</p>\n"
    again = servers.message(kept[0], said[kept[0].pk], sender="House <house@example.org>")
    assert mail["Message-ID"] == again["Message-ID"]


def test_a_room_that_stumbles_loses_no_letter_and_holds_up_no_other(room):
    letters.address("room", [(ANA, "stumble")])
    letters.address("room", [(ANA, "word")])
    plain = Letter.objects.create(
        to=ANA, subject="Plain", text="Text", made_at=timezone.now(), due_at=timezone.now()
    )
    assert list(writing.words(list(Letter.objects.all()))) == [plain.pk]
    assert Letter.objects.count() == 3


def test_who_waits_for_a_code_waits_for_no_correspondence(room):
    now = timezone.now()
    letters.address("room", [(ANA, f"word{n}") for n in range(sending.AT_ONCE)])
    code = Letter.objects.create(
        to=EVE, subject="Code", text="Text", made_at=now, due_at=now + timedelta(seconds=1)
    )
    assert sending._due(now + timedelta(seconds=2))[0] == code


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (smtplib.SMTPRecipientsRefused({ANA: (550, b"5.1.1 Nobody")}), "5.1.1"),
        (smtplib.SMTPRecipientsRefused({ANA: (550, b"Nobody of that name")}), "5.0.0"),
        (smtplib.SMTPRecipientsRefused({ANA: (451, b"5.1.1 odd")}), ""),
        (smtplib.SMTPDataError(554, b"5.7.1 Spam"), "5.7.1"),
        (smtplib.SMTPServerDisconnected("gone"), ""),
    ],
)
def test_what_is_refused_for_good_is_told_from_what_may_yet_arrive(trouble, status):
    assert servers.refusal(trouble) == status
