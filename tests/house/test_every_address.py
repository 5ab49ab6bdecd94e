"""Every address of the house, with every method, asked by whoever must not."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client

from coulisses.log.models import Log
from coulisses.testing import given
from tools import reference

pytestmark = pytest.mark.django_db

METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
BEHIND_A_DOOR = ("desk/", "house/")
FOR_ALL = ("desk/new/", "desk/new/arrival/", "desk/")  # whoever has an account begins there
CLOSED = {400, 401, 403, 404, 405, 409, 410, 422}
SIGN_INS = {"django_session", "accounts_device"}  # each counts those who came in
# What another site may send without a token: it moves nothing, or proves itself otherwise.
TOKENLESS = (
    "language",
    "share/",
    "api/",
    "mail/bounces/",
    "following/<token>/end",
    "notices/letters/<token>/end",
    "notices/threads/<token>/",
)
PLACES = {
    "studio": "atelier", "project": "boat", "position": "3", "index": "0", "side": "after",
    "variant": "small", "first": "1", "path": "hull.txt", "rest": "0/000",
}  # fmt: skip


def addresses():
    return [
        (address, "/" + re.sub(r"<(\w+)>", lambda place: PLACES.get(place[1], "1"), address))
        for address in reference.addresses()
    ]


def rows():
    """Return how many rows each table holds, and how far each log has grown."""
    kept = {model._meta.db_table for model in apps.get_models()} - {
        "django_session",
        "accounts_device",
    }
    there = kept & set(connection.introspection.table_names())
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(there):
            cursor.execute(f'select count(*) from "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts, dict(Log.objects.values_list("pk", "size"))


def come_in(name):
    client = Client()
    if name:
        client.force_login(given.account(name))
    return client


def ask(client, method, address):
    client.raise_request_exception = False
    return getattr(client, method)(address)


@pytest.fixture
def house():
    boat = given.project("boat", is_raised=False)
    given.fay(boat.studio)
    given.cleo()
    given.studio("elsewhere", owner=given.eve())
    return rows()


@pytest.mark.parametrize("name", ["", "Eve", "Cleo"])
def test_nobody_from_outside_opens_or_moves_anything_behind_a_door(house, name):
    wrong = []
    client = come_in(name)
    for address, asked in addresses():
        if not address.startswith(BEHIND_A_DOOR) or address in FOR_ALL:
            continue
        client = begin_again(client, name)
        for method in METHODS:
            answer = ask(client, method, asked)
            is_led = answer.status_code == 302 and answer["Location"].startswith("/enter?next=")
            if not (is_led and not name) and answer.status_code not in CLOSED:
                wrong.append((method, asked, answer.status_code))
    assert wrong == []
    assert rows() == house


def begin_again(client, name):
    """Let a client ask the next address as if it were the first: with a session, and no more."""
    for cookie in set(client.cookies) - {settings.SESSION_COOKIE_NAME}:
        del client.cookies[cookie]
    return client if not name or SESSION_KEY in client.session else come_in(name)


# Cleo's account is Eve's without a studio, and Hal has none either. A head is made by the view
# that makes the whole answer: who sees most asks for it, and who sees least.
@pytest.mark.parametrize("name", ["", "Eve", "Fay", "Bo", "Ana", "Hal"])
def test_no_address_stumbles_whoever_asks(house, name):
    given.host()
    wrong, client = [], come_in(name)
    methods = METHODS if name in ("", "Ana", "Hal") else sorted(set(METHODS) - {"head"})
    for _, asked in addresses():
        client = begin_again(client, name)
        wrong += [
            (method, asked) for method in methods if ask(client, method, asked).status_code >= 500
        ]
    assert wrong == []


def test_a_rehearsal_is_nowhere_for_whoever_is_outside(house):
    wrong, clients = [], {name: come_in(name) for name in ("", "Eve", "Cleo")}
    for address, asked in addresses():
        if not address.startswith("@<studio>/<project>/"):
            continue
        for name in clients:
            status = ask(clients[name], "get", asked).status_code
            if status not in CLOSED:
                wrong.append((name, asked, status))
    assert wrong == []


def test_no_form_is_taken_from_another_site(house):
    wrong, client = [], Client(enforce_csrf_checks=True)
    client.force_login(given.ana())
    for address, asked in addresses():
        if address.startswith(TOKENLESS):
            continue
        status = ask(client, "post", asked).status_code
        if status not in {403, 405}:
            wrong.append((asked, status))
    assert wrong == []
    assert rows() == house
