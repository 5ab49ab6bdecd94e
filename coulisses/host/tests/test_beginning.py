"""A house finds its host: by a link on the terminal, by name, or because somebody opens it."""

import os
from datetime import timedelta

import pytest
from django.test import Client

from coulisses.host import beginning
from coulisses.host.models import FirstLink
from coulisses.host.refusals import AddressTaken, FirstLinkClosed, NameMissing
from coulisses.people import hosting
from coulisses.people.models import Account
from coulisses.site import staging
from coulisses.site.wishes import Wish
from coulisses.testing import given, warm

pytestmark = pytest.mark.django_db


def first_link():
    return beginning.link(at=given.NOON)


def test_the_first_who_opens_the_printed_link_keeps_the_house():
    secret = first_link().rpartition("/")[2]
    host = beginning.begin(secret, name=" Hal ", email="hal@cast.test", at=given.NOON)
    assert (host.is_host, host.voice.name, host.email) == (True, "Hal", "hal@cast.test")
    assert beginning.link(at=given.NOON) is None
    with pytest.raises(FirstLinkClosed):
        beginning.begin(secret, name="Eve", email="", at=given.NOON)


@pytest.mark.parametrize(("name", "email", "refusal"), [
    ("", "", NameMissing), ("Hal", "ana@cast.test", AddressTaken),
])  # fmt: skip
def test_a_link_is_not_used_up_by_what_is_refused(name, email, refusal):
    given.ana()
    secret = first_link().rpartition("/")[2]
    with pytest.raises(refusal):
        beginning.begin(secret, name=name, email=email, at=given.NOON)
    assert beginning.begin(secret, name="Hal", email="", at=given.NOON).is_host


def test_eve_cannot_use_an_old_link_or_guess_one():
    old = first_link().rpartition("/")[2]
    new = first_link().rpartition("/")[2]
    for secret, at in [(old, given.NOON), ("guess", given.NOON), (new, timedelta(days=1))]:
        moment = at if at == given.NOON else given.NOON + at
        with pytest.raises(FirstLinkClosed):
            beginning.begin(secret, name="Eve", email="", at=moment)
    assert not hosting.is_hosted()
    assert new not in str(FirstLink.objects.values())


def test_eve_cannot_come_second_once_a_host_was_named():
    secret = first_link().rpartition("/")[2]
    hosting.name("hal@cast.test", at=given.NOON)
    client = Client()
    assert client.get(f"/house/first/{secret}").status_code == 410
    assert client.post(f"/house/first/{secret}", {"name": "Eve"}).status_code == 410
    assert Account.objects.filter(is_host=True).count() == 1


def test_the_first_host_is_made_on_a_page(client):
    address = beginning.link(at=_now())
    assert "Your name" in client.get(address).content.decode()
    assert client.head(address).status_code == 405
    answer = client.post(address, {"name": "", "email": "hal@cast.test"})
    assert answer.status_code == 422 and "hal@cast.test" in answer.content.decode()
    answer = client.post(address, {"name": "Hal", "email": "hal@cast.test"})
    assert (answer.status_code, answer["Location"]) == (302, "/house/")
    assert client.get("/house/").status_code == 200


def test_the_page_of_the_first_host_takes_no_form_from_elsewhere():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(beginning.link(at=_now()), {"name": "Eve"}).status_code == 403
    assert not hosting.is_hosted()


def test_who_opens_a_folder_keeps_its_house():
    wish = Wish("ana", "boat", "Boat", "Ana", None, is_raised=False)
    _project, owner = staging.stage(wish, at=given.NOON)
    assert Account.objects.get(pk=owner.pk).is_host and beginning.link(at=given.NOON) is None


def test_a_served_house_says_who_may_keep_it_until_somebody_does(tmp_path):
    where = ["--data", str(tmp_path / "house")]
    server = warm.Process(["serve", "--port", "0", *where], environment=os.environ)
    try:
        with server.stdout:
            lines = [server.stdout.readline() for _ in range(4)]
    finally:
        server.terminate()
        server.wait()
    assert "Nobody keeps this house yet" in lines[2] and "/house/first/" in lines[3]
    named = warm.say("host", "--email", "hal@cast.test", "--name", "Hal", *where)
    assert named.startswith("/enter/")
    assert warm.say("host", *where) == "Hal hal@cast.test"


def _now():
    from django.utils import timezone

    return timezone.now()
