"""Coming in: by password, by a code, and what the entrance never tells."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from coulisses.accounts.tests.signing import (
    ADDRESS,
    code,
    come_in,
    is_in,
    joined,
    letter,
    opened,
)
from coulisses.mail.models import Letter
from coulisses.people.models import Account
from coulisses.testing import given

pytestmark = pytest.mark.django_db
NEW = "other words in a row"


@pytest.fixture
def dan():
    opened()
    joined()
    return Account.objects.get(email=ADDRESS)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, dan):
    def answer(email):
        page = come_in(Client(), email=email, password="not these words").content.decode()
        return page.replace(email, "")

    known, unknown = answer(ADDRESS), answer("nobody@cast.test")
    assert "do not open the door together" in known
    assert strip_token(known) == strip_token(unknown)


def strip_token(page):
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_an_unknown_address_takes_as_long_as_a_known_one(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    opened()
    joined()

    def lasting(email):
        began = time.thread_time()  # whatever else this machine does
        come_in(Client(), email=email, password="not these words")
        return time.thread_time() - began

    known = min(lasting(ADDRESS) for _ in range(3))
    unknown = min(lasting("nobody@cast.test") for _ in range(3))
    assert 0.5 < known / unknown < 2


def test_whoever_guesses_passwords_is_stopped_and_dan_still_comes_in_by_code(client, dan):
    for _ in range(6):
        stopped = come_in(Client(), password="a guess of Eve’s").content.decode()
    assert "too many tries" in stopped
    assert "too many tries" in come_in(Client()).content.decode()
    client.post("/account/code/", {"email": ADDRESS})
    client.post("/account/code/typed/", {"code": code()})
    assert is_in(client)


def test_a_code_opens_once_and_only_for_the_browser_that_asked(client, dan):
    client.post("/account/code/", {"email": ADDRESS})
    sent = code()
    eve = Client()
    assert eve.post("/account/code/typed/", {"code": sent})["Location"] == "/account/code/"
    client.post("/account/code/typed/", {"code": sent.lower().replace("-", "")})
    assert is_in(client)
    client.post("/leave")
    client.post("/account/code/typed/", {"code": sent})
    assert not is_in(client)


def test_a_third_wrong_code_ends_the_try(client, dan):
    client.post("/account/code/", {"email": ADDRESS})
    for _ in range(3):
        client.post("/account/code/typed/", {"code": "BCDF-GHJK"})
    client.post("/account/code/typed/", {"code": code()})
    assert not is_in(client)


@pytest.mark.parametrize("where", ["/account/code/", "/account/password/forgotten/"])
def test_an_unknown_address_is_answered_as_a_known_one_and_written_too(dan, where):
    answers = []
    for email in (ADDRESS, "nobody@cast.test"):
        client = Client()
        asked = client.post(where, {"email": email})
        shown = client.get(asked["Location"]).content.decode().replace(email, "")
        answers.append((asked.status_code, asked["Location"], strip_token(shown)))
    assert answers[0] == answers[1]
    assert "Nobody in Coulisses has this address" in letter("nobody@cast.test").subject
    assert not Letter.objects.get(to="nobody@cast.test").holds_code


def test_a_forgotten_password_is_replaced_and_everything_open_is_shut(client, dan):
    elsewhere = Client()
    come_in(elsewhere)
    client.post("/account/password/forgotten/", {"email": ADDRESS})
    client.post("/account/password/forgotten/code/", {"code": code()})
    done = client.post("/account/password/forgotten/new/", {"password1": NEW})
    assert done.status_code == 302
    assert not is_in(elsewhere)
    assert "do not open" in come_in(Client()).content.decode()
    fresh = Client()
    come_in(fresh, password=NEW)
    assert is_in(fresh)
    assert "replaced" in letter().text


def test_a_session_eve_has_planted_is_not_the_one_dan_comes_in_with(client, dan):
    eve = Client()
    eve.post("/account/code/", {"email": "eve@cast.test"})
    planted = eve.cookies["coulisses_session"].value
    client.cookies["coulisses_session"] = planted
    come_in(client)
    assert is_in(client)
    assert client.cookies["coulisses_session"].value != planted
    assert not is_in(eve) and not Session.objects.filter(session_key=planted).exists()


def test_nobody_is_led_to_another_site(client, dan):
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert come_in(Client(), next=elsewhere)["Location"] == "/desk/"
    assert come_in(client, next="/account/")["Location"] == "/account/"


def test_the_entrance_says_what_a_house_is_like(client):
    opened("invited", contact="host@house.test")
    page = client.get("/enter").content.decode()
    assert "by invitation" in page and "host@house.test" in page and "/signup/" not in page
    opened("open")
    assert "/account/signup/" in client.get("/enter").content.decode()


def test_pages_of_accounts_are_kept_by_nobody(client, dan):
    for address in ("/enter", "/account/signup/", "/account/code/"):
        answer = client.get(address)
        assert (
            answer["Cache-Control"] == "private, no-store"
            and "X-Coulisses-Logs" not in answer.headers
        )


def test_who_is_closed_out_is_told_whom_to_ask(client, dan):
    Account.objects.filter(pk=dan.pk).update(is_active=False)
    assert not is_in(client)
    come_in(client)
    assert not is_in(client)


def test_an_account_made_by_the_host_comes_in_by_code_alone(client):
    cleo = given.cleo()
    client.post("/account/code/", {"email": cleo.email})
    client.post("/account/code/typed/", {"code": code(cleo.email)})
    assert is_in(client)
