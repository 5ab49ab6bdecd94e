"""One's own account: name, address, password, devices."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coulisses.accounts import devices
from coulisses.accounts.models import Device
from coulisses.accounts.tests.signing import (
    ADDRESS,
    PASSWORD,
    code,
    come_in,
    is_in,
    joined,
    letter,
    opened,
)
from coulisses.live import standing
from coulisses.mail.models import Letter
from coulisses.moments import rules as moments
from coulisses.people import holding
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects.models import Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
HERE = {"HTTP_USER_AGENT": FIREFOX, "REMOTE_ADDR": "203.0.113.77"}


@pytest.fixture
def dan():
    opened()
    return joined(Client(**HERE))


def page(client):
    return client.get("/account/").content.decode()


def test_a_new_name_is_signed_with_everywhere(client):
    boat = given.project("boat")
    when = dict(happened_at=given.NOON, told_at=given.NOON)
    moments.tell(boat, kind="note", title="A plank", by=given.bo().voice_id, **when)
    client.force_login(given.ana())
    before = Project.objects.get(pk=boat.pk).revision
    done = client.post("/account/name", {"name": "  Ana\u202e  Lys "})
    assert done["Location"] == "/account/"
    assert given.account("Ana").voice.name == "Ana Lys"
    assert Project.objects.get(pk=boat.pk).revision > before
    given.bo().roles.all().delete()
    after = Project.objects.get(pk=boat.pk).revision
    client.force_login(given.bo())
    client.post("/account/name", {"name": "Bosse"})
    assert Project.objects.get(pk=boat.pk).revision > after, "where Bo spoke, of the team or not"
    refused = client.post("/account/name", {"name": " "})
    assert refused.status_code == 422 and "Say how you want" in refused.content.decode()


def test_who_came_by_the_printed_link_gives_an_address_and_a_password(client):
    owner = people.welcome(name="Ana", email=None, at=timezone.now())
    client.get(f"/enter/{people.sign_in_link(owner, at=timezone.now())}")
    assert "You have given none" in page(client)
    client.post("/account/password/set/", {"password1": PASSWORD})
    client.post("/account/again/?next=/account/address/", {"password": PASSWORD})
    asked = client.post("/account/address/", {"email": ADDRESS, "action_add": "yes"})
    assert asked["Location"] == "/account/address/code/"
    assert "You have given none" in page(client)
    client.post("/account/address/code/", {"code": code()})
    assert f"<b>{ADDRESS}</b>" in page(client) and "not confirmed" not in page(client)
    assert come_in(Client())["Location"] == "/desk/"


def test_another_address_takes_the_place_of_the_first_when_its_code_was_typed(dan):
    dan.post("/account/again/?next=/account/", {"password": PASSWORD})
    dan.post("/account/address/", {"email": "new@cast.test", "action_add": "yes"})
    assert f"<b>{ADDRESS}</b>" in page(dan)
    dan.post("/account/address/code/", {"code": code("new@cast.test")})
    assert "<b>new@cast.test</b>" in page(dan)
    assert "Your address was changed" in letter(ADDRESS).text
    assert Account.objects.filter(email="new@cast.test").count() == 1
    assert come_in(Client(), email="new@cast.test")["Location"] == "/desk/"


def test_eve_takes_nobodys_address_and_does_not_learn_whether_it_is_one(dan):
    eve = joined(email="eve@cast.test", name="Eve")
    eve.post("/account/again/?next=/account/", {"password": PASSWORD})
    page(eve)
    cache.clear()
    answers = []
    for email in (ADDRESS, "nobody@cast.test"):
        answer = eve.post("/account/address/", {"email": email, "action_add": "yes"})
        shown = eve.get(answer["Location"]).content.decode().replace(email, "")
        lines = [line for line in shown.splitlines() if "csrfmiddlewaretoken" not in line]
        answers.append((answer.status_code, answer["Location"], lines))
    assert answers[0] == answers[1]


def test_what_opens_ways_in_asks_who_it_is_again(dan):
    come_in(anew := Client())
    for address in ("/account/app/", "/account/passkeys/add/", "/account/recovery/new/"):
        assert "/account/again/?next=" in anew.get(address)["Location"]
    refused = anew.post("/account/again/?next=/account/app/", {"password": "not these words"})
    assert "That is not the password" in refused.content.decode()
    said = anew.post("/account/again/?next=/account/app/", {"password": PASSWORD})
    assert said["Location"] == "/account/app/"
    assert anew.get("/account/app/").status_code == 200


def test_a_changed_password_shuts_every_other_device(dan):
    come_in(elsewhere := Client())
    assert is_in(elsewhere)
    wrong = {"oldpassword": "not these words", "password1": "other words in a row"}
    assert "Type the password" in dan.post("/account/password/", wrong).content.decode()
    dan.post("/account/password/", {**wrong, "oldpassword": PASSWORD})
    assert is_in(dan) and not is_in(elsewhere)
    assert "Your password was changed" in letter().text
    assert len(devices.of(Account.objects.get(email=ADDRESS))) == 1


def test_devices_are_told_in_plain_words_and_not_where_exactly(dan):
    come_in(Client(HTTP_USER_AGENT=SAFARI, REMOTE_ADDR="2001:db8:1:2::7"))
    is_in(dan)
    shown = page(dan)
    assert "Firefox on Android" in shown and "this one" in shown
    assert "Safari on iPhone" in shown and "2001:db8:1::/48" in shown
    assert "203.0.113.0/24" in shown and "203.0.113.77" not in shown
    assert not Device.objects.filter(network__contains="203.0.113.77").exists()


@pytest.mark.both_databases
def test_one_device_is_shut_or_all_the_others(dan):
    clients = [Client() for _ in range(3)]
    for client in clients:
        come_in(client)
    [lost] = Device.objects.filter(session=clients[0].session.session_key)
    dan.post(f"/account/devices/{lost.pk}/end")
    assert [is_in(client) for client in clients] == [False, True, True]
    dan.post("/account/devices/end")
    assert [is_in(client) for client in [*clients, dan]] == [False, False, False, True]


def test_a_device_that_is_shut_sees_no_stream_of_a_rehearsal_any_more(client):
    boat = given.project("boat", is_raised=False)
    client.force_login(given.ana())
    is_in(client)
    session = client.session.session_key
    before = standing.find("atelier", "boat", session)
    assert standing.ended(boat.pk, before.audiences, [session]) == set()
    devices.end_all(given.ana(), but="")
    assert standing.ended(boat.pk, before.audiences, [session]) == {session}


def test_a_session_is_noted_once_an_hour_and_forgotten_when_it_is_over(
    dan, django_assert_max_num_queries
):
    is_in(dan)
    with django_assert_max_num_queries(12):
        is_in(dan)
    Session.objects.update(expire_date=given.NOON)
    assert devices.forget_ended() is False
    assert not Device.objects.exists() and not Session.objects.exists()


def test_the_account_asks_the_database_no_more_with_more_devices(
    dan, django_assert_max_num_queries
):
    for _ in range(5):
        come_in(Client())
    cache.clear()
    with django_assert_max_num_queries(12):
        assert page(dan).count("Sign out there") == 5


def test_eve_shuts_nobodys_device_and_sees_nobodys_account(dan):
    eve = joined(email="eve@cast.test", name="Eve")
    [his] = Device.objects.filter(account__email=ADDRESS)
    assert eve.post(f"/account/devices/{his.pk}/end").status_code == 302
    assert is_in(dan) and ADDRESS not in page(eve)


@pytest.mark.parametrize(
    "address", ["/account/name", "/account/devices/end", "/account/devices/1/end"]
)
def test_whoever_is_not_in_changes_nothing(client, address):
    assert client.post(address).status_code == 401
    assert client.get(address).status_code == 405
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(given.ana())
    assert forged.post(address).status_code == 403


def test_who_is_not_in_is_led_to_the_entrance(client):
    assert client.get("/account/")["Location"] == "/enter?next=%2Faccount%2F"
    for address in ("address/", "password/", "app/", "recovery/", "passkeys/add/"):
        assert client.get(f"/account/{address}")["Location"].startswith("/enter?next=")


def test_dan_takes_home_what_is_known_of_his_ways_in_and_no_secret(dan):
    [found] = Account.objects.filter(email=ADDRESS)
    held = {one.name: list(one.rows(found)) for one in holding.shelves()}
    assert held["addresses"] == [{"email": ADDRESS, "is_confirmed": True}]
    assert [one["browser"] for one in held["devices"]] == ["Firefox"]
    assert [(one["to"], one["words"]) for one in held["letters"]] == [(ADDRESS, "")]


def test_the_house_forgets_its_letters_to_whoever_leaves_and_those_to_others_stay(dan):
    joined(email="bo@cast.test", name="Bo")
    [found] = Account.objects.filter(email=ADDRESS)
    holding.let_go(found, timezone.now())
    assert {one.to for one in Letter.objects.all()} == {"bo@cast.test"}
    assert not is_in(dan)
