"""What is kept of who follows: theirs to take home, and gone with them."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from coulisses.following.models import Device, Follower
from coulisses.following.tests import scene
from coulisses.following.tests.scene import DAN
from coulisses.people import holding
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def device(project, account=None, endpoint="https://push.example.org/SECRET-PLACE"):
    return Device.objects.create(
        project=project,
        endpoint=endpoint,
        digest=endpoint[-8:],
        public_key="SECRET-KEY",
        secret="SECRET",
        language="en",
        account=account,
        made_at=timezone.now(),
    )


@pytest.fixture
def cleo():
    made = given.cleo()
    EmailAddress.objects.create(user=made, email="cleo@cast.test", verified=True, primary=True)
    return made


def test_cleo_takes_home_what_she_follows_and_no_secret_with_it(cleo):
    boat = given.project()
    scene.follower(boat, "cleo@cast.test")
    scene.follower(given.project("oar"), "old@cast.test", account=cleo)
    scene.follower(boat)
    device(boat, cleo), device(boat, endpoint="https://push.example.org/other")
    shelves = {one.name: list(one.rows(cleo)) for one in holding.shelves()}
    assert {row["address"] for row in shelves["following"]} == {"cleo@cast.test", "old@cast.test"}
    assert len(shelves["notices"]) == 1
    assert "SECRET" not in str(shelves["notices"]) and DAN not in str(shelves["following"])


def test_when_cleo_leaves_nothing_of_her_following_stays_and_all_of_dans_does(cleo):
    boat = given.project()
    scene.follower(boat, "cleo@cast.test")
    scene.follower(given.project("oar"), "old@cast.test", account=cleo)
    scene.follower(boat)
    device(boat, cleo), device(boat, endpoint="https://push.example.org/other")
    holding.let_go(cleo, timezone.now())
    assert list(Follower.objects.values_list("address", flat=True)) == [DAN]
    assert Device.objects.count() == 1


def test_the_page_on_privacy_says_it_to_all(client):
    page = client.get("/privacy").content.decode()
    assert "The address you leave to follow a work" in page
    assert "Where your browser takes notices" in page
