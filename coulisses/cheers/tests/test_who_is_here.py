"""Who is here: those alone who wish to be seen, for a minute, and strangers' names nowhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.cheers import here
from coulisses.cheers.models import Here, Wish
from coulisses.cheers.tests.cheering import HERE, JSON
from coulisses.people import holding, merging
from coulisses.people import rules as people
from coulisses.people.acting import Actor
from coulisses.people.models import Guest
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def act(client, project, what):
    return client.post(f"{project.path}here", {"act": what}, **JSON)


def here_now(project):
    return Client().get(f"{project.path}here").json()["here"]["names"]


def test_cleo_is_seen_once_she_wishes_it_until_she_takes_it_back():
    boat, oar = given.project(), given.project("oar")
    cleo = given.come_in(Client(), given.cleo())
    assert act(cleo, boat, "still").json() == {"here": {"names": []}}
    assert act(cleo, boat, "show").json() == {"here": {"names": ["Cleo"]}}
    assert act(cleo, oar, "still").json() == {"here": {"names": ["Cleo"]}}
    html = cleo.get(boat.path).content.decode()
    assert "<li>Cleo</li>" in html and 'value="hide"' in html
    assert "<li>Cleo</li>" in Client().get(boat.path).content.decode()
    away = cleo.post(f"{boat.path}here", {"act": "hide"}, **HERE)
    assert away["Location"] == f"{boat.path}#here"
    assert here_now(boat) == here_now(oar) == [] and not Wish.objects.exists()


@pytest.mark.both_databases
def test_who_gives_no_sign_is_gone_within_a_minute():
    boat, now = given.project(), timezone.now()
    cleo, ana = given.cleo(), given.ana()
    for account in (cleo, ana):
        here.show(boat, Actor(account.voice_id, str(account), account=account), at=now)
    assert here_now(boat) == ["Cleo", "Ana"]
    Here.objects.filter(voice=cleo.voice).update(seen_at=now - timedelta(seconds=46))
    assert here_now(boat) == ["Ana"]
    assert here.moved(boat, frozenset({"public"}), timezone.now()) == {}
    since = timezone.now()
    assert here.sweep() is False
    assert here.moved(boat, frozenset({"public"}), since) == {"names": ["Ana"]}
    assert Here.objects.count() == 1


def test_eve_writes_no_name_of_her_own_on_the_wall():
    boat, guest = given.project(), given.guest("BUY NOW")
    stranger = given.come_in(Client(), guest)
    for client in (Client(), stranger):
        assert act(client, boat, "show").status_code == 403
        assert act(client, boat, "still").json() == {"here": {"names": []}}
        assert 'name="act"' not in client.get(boat.path).content.decode()
    forged = Client().post(f"{boat.path}here", {"act": "show"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert forged.status_code == 403
    Guest.objects.filter(pk=guest.pk).update(verified_at=given.NOON)
    assert act(stranger, boat, "show").json() == {"here": {"names": ["BUY NOW"]}}
    quiet = given.project("quiet", is_raised=False)
    assert act(stranger, quiet, "still").status_code == 404


def test_a_name_that_is_taken_out_is_seen_nowhere_and_a_guests_wish_goes_along():
    boat, cleo, guest = given.project(), given.cleo(), given.guest("Gus")
    Guest.objects.filter(pk=guest.pk).update(verified_at=given.NOON)
    act(given.come_in(Client(), guest), boat, "show")
    merging.merge(guest.voice, cleo.voice, at=given.NOON)
    assert act(given.come_in(Client(), cleo), boat, "still").json() == {"here": {"names": ["Cleo"]}}
    shelf = next(one for one in holding.shelves() if one.name == "here")
    assert len(list(shelf.rows(cleo))) == 2
    people.erase_name(cleo.voice, at=given.NOON)
    assert here_now(boat) == [] and not Wish.objects.exists() and not Here.objects.exists()
