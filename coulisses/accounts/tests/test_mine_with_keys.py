"""Ways in are taken home without their secrets, and go with whoever leaves; letters as well."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from coulisses.accounts.models import Device
from coulisses.accounts.tests.test_mine_export import come_in, opened, put_together
from coulisses.mail.models import Letter
from coulisses.pages.tests.test_names_taken_out import files_that_hold
from coulisses.people import invitations, leaving, letters, rules
from coulisses.people.models import Account
from coulisses.testing import given

ADDRESS = "cleo@cast.test"


def stand():
    cleo = given.cleo()
    EmailAddress.objects.create(user=cleo, email=ADDRESS, verified=True, primary=True)
    come_in(cleo).get("/account/data/", HTTP_USER_AGENT="Firefox/140.0 Linux")
    said = {"due_at": timezone.now(), "days": 7}
    letters.write(ADDRESS, "leaving", said, language="en")
    return cleo


@pytest.mark.django_db
def test_cleo_takes_home_how_she_comes_in_and_no_secret():
    cleo = stand()
    _made, secret = invitations.issue(kind="house", by=cleo, at=timezone.now(), note="for Dan")
    packed = opened(put_together(cleo))
    rows = {
        name: json.loads(packed.read(name)) for name in packed.namelist() if name.endswith(".json")
    }
    assert rows["addresses.json"] == [{"email": ADDRESS, "is_confirmed": True}]
    assert rows["devices.json"][0]["browser"]
    assert rows["invitations.json"][0]["label"] == "for Dan"
    assert rows["letters.json"][0]["subject"]
    assert secret not in json.dumps(rows)


@pytest.mark.usefixtures("transactional_house")
def test_whoever_leaves_is_in_nowhere_and_no_letter_says_their_address():
    cleo = stand()
    at = timezone.now() - leaving.GRACE - timedelta(minutes=1)
    Account.objects.filter(pk=cleo.pk).update(last_login=None)
    cleo.refresh_from_db()
    leaving.ask(cleo, withdraws=False, language="en", at=at)
    assert files_that_hold(ADDRESS) and Letter.objects.exists()
    while leaving.carry_out_next():
        pass
    assert files_that_hold(ADDRESS) == []
    assert not Device.objects.exists() and not Session.objects.exists()


@pytest.mark.django_db
def test_a_letter_that_names_somebody_speaks_of_somebody_once_the_name_is_out():
    cleo = given.cleo()
    now = timezone.now()
    how = {"to": "dan@cast.test", "made_at": now, "due_at": now}
    Letter.objects.create(subject="Cleo invites you", text="Come, says Cleo of Cleopatra.", **how)
    rules.erase_name(cleo.voice, at=now)
    kept = Letter.objects.get()
    assert kept.subject == "somebody invites you"
    assert kept.text == "Come, says somebody of Cleopatra."
