"""Letters leave by a real mail server, one that fails, or one that is gone."""

import itertools
import smtplib
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings
from django.utils import timezone

from coulisses.mail import sending, servers
from coulisses.mail.models import Letter
from coulisses.people import letters
from coulisses.site.config import House
from coulisses.testing.programs import free_port

pytestmark = pytest.mark.django_db
ANA, EVE = "ana@cast.test", "eve@cast.test"


class Postbox:
    """Takes letters, but none for Eve."""

    def __init__(self):
        self.taken = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == EVE:
            return "550 Nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope)
        return "250 Taken"


@pytest.fixture
def postbox():
    box = Postbox()
    port = free_port()
    running = Controller(box, hostname="127.0.0.1", port=port)
    running.start()
    with sending_by(f"smtp://127.0.0.1:{port}"):
        yield box
    running.stop()


def sending_by(smtp):
    return override_settings(
        SENDS_LETTERS=True,
        HOUSE=House(smtp=smtp),
        DEFAULT_FROM_EMAIL="Coulisses <house@example.org>",
    )


def write(to=ANA, *, holds_code=False):
    letters.write(to, "test", {"code": "BCDF-GHJK"}, language="fr", holds_code=holds_code)
    return Letter.objects.latest("pk")


@pytest.fixture(autouse=True)
def a_letter(settings, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "test.txt").write_text("Voilà\nLe code : {{ code }} — l’été\n")
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [tmp_path]}]


def test_a_letter_is_taken_by_a_real_server_as_it_was_written(postbox):
    letter = write()
    assert sending.send_due() is False
    letter.refresh_from_db()
    assert letter.sent_at and not letter.trouble
    [taken] = postbox.taken
    assert (taken.mail_from, taken.rcpt_tos) == ("house@example.org", [ANA])
    words = taken.content.decode()
    assert "Auto-Submitted: auto-generated" in words and "From: Coulisses" in words
    assert "X-Coulisses" not in words
    assert not sending.send_due() and len(postbox.taken) == 1


def test_a_code_is_kept_by_nobody_once_it_is_sent(postbox):
    plain, secret = write(), write(holds_code=True)
    sending.send_due()
    plain.refresh_from_db()
    secret.refresh_from_db()
    assert "BCDF" in plain.text and secret.text == "" and len(postbox.taken) == 2


def test_one_reader_who_is_refused_holds_up_nobody_else(postbox):
    refused, other = write(EVE), write()
    sending.send_due()
    refused.refresh_from_db()
    other.refresh_from_db()
    assert other.sent_at and not refused.sent_at
    assert refused.trouble == "550 Nobody of that name" and refused.due_at > timezone.now()


def gone():
    return sending_by("smtp://127.0.0.1:1")


def put_back(letter, **ago):
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(due_at=now, made_at=now - timedelta(**ago))


def test_a_server_that_is_gone_is_asked_again_with_growing_rests(postbox):
    letter, rests = write(), []
    with gone():
        for _ in range(9):
            before = timezone.now()
            put_back(letter, hours=1)
            assert sending.send_due() is False
            letter.refresh_from_db()
            rests.append((letter.due_at - before).total_seconds())
    assert letter.tries == 9 and "refused" in letter.trouble.lower()
    assert all(later > earlier for earlier, later in itertools.pairwise(rests[:8]))
    assert max(rests) < 3610
    put_back(letter, hours=1)
    sending.send_due()
    letter.refresh_from_db()
    assert letter.sent_at and letter.trouble == ""


@pytest.mark.parametrize(("holds_code", "life"), [(False, {"days": 1}), (True, {"minutes": 15})])
def test_a_letter_that_nobody_takes_is_given_up(holds_code, life):
    letter = write(holds_code=holds_code)
    with gone():
        put_back(letter, seconds=1)
        sending.send_due()
        letter.refresh_from_db()
        assert letter.given_up_at is None
        put_back(letter, seconds=1, **life)
        sending.send_due()
        letter.refresh_from_db()
        assert letter.given_up_at
        put_back(letter, seconds=1)
        sending.send_due()
    letter.refresh_from_db()
    assert letter.tries == 2


@pytest.mark.both_databases
def test_a_letter_that_another_process_has_claimed_is_left_to_it(postbox):
    letter = write()
    another = Letter.objects.get(pk=letter.pk)
    assert sending._claim(letter, timezone.now())
    assert not sending._claim(another, timezone.now())
    sending.send_due()
    assert postbox.taken == []


def test_a_password_is_not_said_to_a_server_without_encryption(postbox):
    port = servers.urlsplit(sending.settings.HOUSE.smtp).port
    with (
        pytest.raises(smtplib.SMTPException, match="no encryption"),
        servers.connect(f"smtp://ana:secret@127.0.0.1:{port}"),
    ):
        pass


def test_a_house_without_a_mail_server_keeps_its_letters_and_forgets_them_after_a_month():
    old, new = write(), write()
    Letter.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=31))
    assert sending.send_due() is False and sending.forget_old() is False
    assert list(Letter.objects.values_list("pk", "tries")) == [(new.pk, 0)]


def test_who_takes_longer_than_a_claim_lasts_sends_nothing_that_another_has_taken():
    write()
    slow, quick, now = Letter.objects.get(), Letter.objects.get(), timezone.now()
    assert sending._claim(slow, now) and not sending._claim(quick, now)
    assert sending._claim(slow, now + timedelta(minutes=4))  # it goes on as long as it lives
    quick.refresh_from_db()
    assert sending._claim(quick, now + timedelta(minutes=9))
    assert not sending._claim(slow, now + timedelta(minutes=9))
