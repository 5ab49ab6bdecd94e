"""Making an account: whom the house lets, and what it asks."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coulisses.accounts.tests.signing import (
    ADDRESS,
    PASSWORD,
    code,
    come_in,
    is_in,
    joined,
    letter,
    opened,
    sign_up,
)
from coulisses.mail.models import Letter
from coulisses.people import invitations
from coulisses.people.models import Account
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def invited(by=None):
    return invitations.issue(kind="house", by=by or given.ana(), at=timezone.now())


@pytest.mark.both_databases
def test_dan_makes_an_account_with_a_voice_and_is_in(client):
    opened()
    joined(client)
    dan = Account.objects.get(email=ADDRESS)
    assert dan.voice.name == "Dan" and dan.voice.is_named
    assert is_in(client)
    client.post("/leave")
    assert not is_in(client)
    assert come_in(client)["Location"] == "/desk/"


def test_nobody_is_in_before_the_code_was_typed(client):
    opened()
    sign_up(client)
    assert not is_in(client)
    wrong = client.post("/account/address/code/", {"code": "WRONG"})
    assert "That is not the code" in wrong.content.decode()
    assert client.post("/account/address/code/", {"code": code()}).status_code == 302
    assert is_in(client)


def test_a_password_alone_opens_nothing_before_the_address_is_confirmed(client):
    opened()
    sign_up(Client())
    cache.clear()
    assert come_in(client)["Location"] == "/account/address/code/"
    assert not is_in(client)


def test_an_address_with_a_slip_is_put_right_before_it_is_confirmed(client):
    opened()
    sign_up(client, email="dam@cast.test")
    client.post("/account/address/code/", {"action": "change", "email": ADDRESS})
    client.post("/account/address/code/", {"action": "verify", "code": code()})
    assert is_in(client) and Account.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize("policy", ["invited", "closed"])
def test_where_accounts_are_not_for_all_the_house_says_so_and_whom_to_ask(client, policy):
    opened(policy, contact="host@house.test")
    page = client.get("/account/signup/").content.decode()
    assert "host@house.test" in page and "<form class" not in page
    sign_up(client)
    assert not Account.objects.exists() and not Letter.objects.exists()


def test_a_closed_house_takes_the_invitations_of_its_host_alone(client):
    opened("closed")
    sign_up(client, invitation=invited()[1])
    assert not Account.objects.filter(email=ADDRESS).exists()
    page = client.get(f"/account/signup/?invitation={invited()[1]}").content.decode()
    assert "No accounts are made here just now" in page
    sign_up(client, invitation=invited(given.host())[1])
    assert Account.objects.filter(email=ADDRESS).exists()


def test_an_invitation_opens_the_door_once(client):
    opened("invited")
    invitation, secret = invited()
    page = client.get(f"/account/signup/?invitation={secret}").content.decode()
    assert "Ana invites you in" in page
    sign_up(client, invitation=secret)
    invitation.refresh_from_db()
    assert invitation.used_by == Account.objects.get(email=ADDRESS)
    sign_up(Client(), email="eve@elsewhere.test", invitation=secret)
    assert not Account.objects.filter(email="eve@elsewhere.test").exists()


def test_an_invitation_that_was_taken_back_opens_nothing_and_says_so(client):
    opened("invited")
    invitation, secret = invited()
    invitations.revoke(invitation, at=timezone.now())
    page = client.get(f"/account/signup/?invitation={secret}").content.decode()
    assert "opens nothing any more" in page
    sign_up(client, invitation=secret)
    assert not Account.objects.filter(email=ADDRESS).exists()


def test_who_was_invited_into_a_house_without_letters_is_in_at_once(client, settings):
    settings.SENDS_LETTERS = False
    opened("invited")
    sign_up(client, invitation=invited()[1])
    assert is_in(client)
    again = Client()
    come_in(again)
    assert is_in(again)


def test_where_letters_are_sent_an_invitation_confirms_no_address(client, settings):
    settings.SENDS_LETTERS = True
    opened("invited")
    sign_up(client, invitation=invited()[1])
    assert not is_in(client)


def test_who_comes_for_a_page_is_led_there_afterwards(client):
    opened()
    said = {"name": "Dan", "email": ADDRESS, "password1": PASSWORD}
    client.post("/account/signup/?next=/account/", {**said, "next": "/account/"})
    typed = client.post("/account/address/code/", {"code": code()})
    assert typed["Location"] == "/account/"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"password": "short"}, "Ten characters or more"),
        ({"password": "password123"}, "Everybody tries this one first"),
        ({"password": ADDRESS}, "That is your address"),
        ({"name": " \u202e "}, "Say how you want to be called"),
    ],
)
def test_a_refused_form_says_why_and_loses_nothing_but_the_password(client, wrong, why):
    opened()
    page = sign_up(client, **wrong).content.decode()
    assert why in page and f'value="{ADDRESS}"' in page
    assert f'value="{wrong.get("password", PASSWORD)}"' not in page.replace(
        f'value="{ADDRESS}"', ""
    )
    assert not Account.objects.exists()


def test_a_taken_address_is_answered_as_a_free_one_and_its_owner_is_written(client):
    opened()
    joined()
    cache.clear()
    free, taken = sign_up(Client(), email="new@cast.test"), sign_up(client)
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert "You have an account" in letter().subject
    shown = client.get("/account/address/code/").content.decode()
    assert "Type the code" not in shown and ADDRESS in shown
    wrong = client.post("/account/address/code/", {"code": "BCDF-GHJK"})
    assert "That is not the code" in wrong.content.decode()
    assert Account.objects.filter(email=ADDRESS).count() == 1


def test_a_taken_address_takes_as_long_as_a_free_one(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    opened()
    joined()

    def lasting(email):
        cache.clear()
        began = time.thread_time()  # whatever else this machine does
        sign_up(Client(), email=email)
        return time.thread_time() - began

    taken = min(lasting(ADDRESS) for _ in range(3))
    free = min(lasting(f"new{number}@cast.test") for number in range(3))
    assert 0.5 < taken / free < 2


@pytest.mark.both_databases
def test_whoever_makes_accounts_by_the_dozen_is_asked_to_wait(client):
    opened()
    answers = [sign_up(Client(), email=f"eve{number}@cast.test") for number in range(21)]
    assert [one.status_code for one in answers] == [302] * 20 + [429]
    assert "One moment" in answers[-1].content.decode()
