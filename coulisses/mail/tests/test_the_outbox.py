"""The host reads the house's letters; nobody else does."""

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.mail import queries
from coulisses.mail.models import Letter
from coulisses.testing import given

pytestmark = pytest.mark.django_db
OUTBOX = "/house/letters/"


def letter(number=1, **said):
    now = timezone.now()
    words = {"to": "ana@cast.test", "subject": f"Letter {number}", "text": "CODE-WORD"}
    return Letter.objects.create(**{**words, "made_at": now, "due_at": now, **said})


@pytest.fixture
def hal(client):
    client.force_login(given.host())
    return client


def test_the_host_reads_codes_only_where_no_letters_leave(hal, settings):
    letter(holds_code=True)
    page = hal.get(OUTBOX).content.decode()
    assert "CODE-WORD" in page and "sends no letters yet" in page
    settings.SENDS_LETTERS = True
    page = hal.get(OUTBOX).content.decode()
    assert "CODE-WORD" not in page and "Only its reader" in page
    letter(2)
    assert "CODE-WORD" in hal.get(OUTBOX).content.decode()


def test_letters_are_paged_and_the_newest_comes_first(
    hal, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(queries, "A_PAGE", 2)
    for number in range(5):
        letter(number)
    hal.get(OUTBOX)  # notes the device
    seen, after = [], ""
    while True:
        found = queries.page(after=after)
        seen += [one.subject for one in found.letters]
        if not found.older:
            break
        after = str(found.older)
        with django_assert_max_num_queries(8):
            assert hal.get(OUTBOX, {"after": after}).status_code == 200
    assert seen == [f"Letter {number}" for number in (4, 3, 2, 1, 0)]
    for wrong in ("x", "-1", "9" * 30, "²"):
        assert hal.get(OUTBOX, {"after": wrong}).status_code == 400


def test_the_host_has_a_letter_tried_again(hal, settings):
    settings.SENDS_LETTERS = True
    now = timezone.now()
    lost = letter(given_up_at=now, trouble="550 Nobody of that name")
    assert "550 Nobody" in hal.get(OUTBOX).content.decode()
    assert hal.post(f"{OUTBOX}{lost.pk}/again").status_code == 302
    lost.refresh_from_db()
    assert lost.given_up_at is None
    sent = letter(2, sent_at=now)
    assert hal.post(f"{OUTBOX}{sent.pk}/again").status_code == 404


@pytest.mark.parametrize("name", ["", "Eve", "Ana", "Fay"])
def test_eve_reads_and_moves_no_letter(name):
    given.fay(given.studio())
    lost, client = letter(), Client()
    if name:
        client.force_login(given.account(name))
    for method in ("get", "head", "post", "put", "patch", "delete"):
        for address in (OUTBOX, f"{OUTBOX}{lost.pk}/again"):
            answer = getattr(client, method)(address)
            assert answer.status_code in {302, 401, 403, 405}
            assert b"CODE-WORD" not in answer.content
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(given.host())
    assert forged.post(f"{OUTBOX}{lost.pk}/again").status_code == 403


def test_a_subject_from_outside_stays_one_line(client, settings):
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"
    from django.core.mail import EmailMessage

    EmailMessage("One\nBcc: eve@cast.test", "Text", None, ["ana@cast.test"]).send()
    assert Letter.objects.get().subject == "One Bcc: eve@cast.test"
