"""A second key: an app with codes, and recovery codes for when it is lost."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from coulisses.accounts.tests.signing import (
    ADDRESS,
    PASSWORD,
    code,
    come_in,
    is_in,
    joined,
    opened,
)
from coulisses.mail.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def dan():
    opened()
    client = joined()
    client.post("/account/again/?next=/account/app/", {"password": PASSWORD})
    return client


def shown(secret, *, later=0):
    """Return what an app shows now."""
    counter = int(time.time()) // 30 + later
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.fixture
def secret(dan):
    """Have Dan's app make codes; its secret."""
    page = dan.get("/account/app/").content.decode()
    assert "data:image/svg+xml;base64," in page
    [found] = re.findall(r'<code class="secret">(\w+)</code>', page)
    assert "That did not open it" in dan.post("/account/app/", {"code": "000000"}).content.decode()
    done = dan.post("/account/app/", {"code": shown(found)})
    assert done["Location"] == "/account/recovery/"
    return found


def recovery(client):
    page = client.get("/account/recovery/").content.decode()
    return re.findall(r"<li><code>(\w+)</code></li>", page)


def test_a_password_is_not_enough_any_more(dan, secret, client):
    assert come_in(client)["Location"] == "/account/factor/"
    assert not is_in(client)
    wrong = client.post("/account/factor/", {"code": "000000"})
    assert "That did not open it" in wrong.content.decode() and not is_in(client)
    client.post("/account/factor/", {"code": shown(secret, later=1)})
    assert is_in(client)


def test_the_owner_is_written_when_a_second_key_is_made(dan, django_capture_on_commit_callbacks):
    page = dan.get("/account/app/").content.decode()
    [found] = re.findall(r'<code class="secret">(\w+)</code>', page)
    with django_capture_on_commit_callbacks(execute=True):
        dan.post("/account/app/", {"code": shown(found)})
    assert Letter.objects.filter(to=ADDRESS, text__contains="as a second factor").exists()


def test_a_code_by_letter_is_not_enough_either(dan, secret, client):
    client.post("/account/code/", {"email": ADDRESS})
    typed = client.post("/account/code/typed/", {"code": code()})
    assert typed["Location"] == "/account/factor/" and not is_in(client)


def test_a_recovery_code_opens_once(dan, secret):
    codes = recovery(dan)
    assert len(codes) == 10
    for client, opens in ((Client(), True), (Client(), False)):
        come_in(client)
        client.post("/account/factor/", {"code": codes[0]})
        assert is_in(client) is opens
    assert "9 recovery codes are left" in dan.get("/account/").content.decode()
    assert codes[1] in dan.get("/account/recovery/download/").content.decode()


def test_new_recovery_codes_take_the_place_of_the_old(dan, secret, client):
    old = recovery(dan)
    dan.post("/account/recovery/new/")
    assert not set(old) & set(recovery(dan))
    come_in(client)
    client.post("/account/factor/", {"code": old[0]})
    assert not is_in(client)


def test_whoever_guesses_the_second_key_is_stopped(dan, secret, client):
    come_in(client)
    for _ in range(8):
        answer = client.post("/account/factor/", {"code": "000000"})
    assert "too many tries" in answer.content.decode()
    client.post("/account/factor/", {"code": shown(secret, later=1)})
    assert not is_in(client)


def test_the_app_is_taken_out_again(dan, secret, client):
    dan.post("/account/app/remove/")
    assert come_in(client)["Location"] == "/desk/"


def test_recovery_codes_are_shown_to_nobody_who_did_not_say_again_who_he_is(dan, secret, client):
    come_in(client)
    client.post("/account/factor/", {"code": shown(secret, later=1)})
    codes = recovery(dan)
    answer = client.get("/account/recovery/", follow=True).content.decode()
    assert not any(one in answer for one in codes)
    assert client.get("/account/recovery/download/").status_code in {302, 403}
