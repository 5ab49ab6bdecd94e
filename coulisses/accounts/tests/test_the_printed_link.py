"""The printed link: the way into one's own house, and back in when all else is lost."""

import pytest
from django.utils import timezone

from coulisses.people import rules as people
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_the_printed_link_signs_in_once_and_leads_to_the_work(client):
    project = given.project("boat", is_raised=False)
    link = people.sign_in_link(given.ana(), at=timezone.now())
    assert client.get(f"/enter/{link}")["Location"] == project.path
    assert client.get(project.path).status_code == 200
    assert client.post("/leave").status_code == 302
    assert client.get(project.path).status_code == 404
    used = client.get(f"/enter/{link}")
    assert used.status_code == 410 and "used" in used.content.decode()


def test_whoever_only_looks_at_a_printed_link_does_not_use_it_up(client):
    link = f"/enter/{people.sign_in_link(given.ana(), at=timezone.now())}"
    assert client.head(link).status_code == 405
    ahead = {"sec-purpose": "prefetch;prerender"}
    assert client.get(link, headers=ahead).status_code == 425
    assert client.get(link).status_code == 302


def test_who_is_led_to_a_printed_link_by_another_site_is_asked_first(client):
    """Else Eve could have Ana work in Eve's name, by a link of her own."""
    link = f"/enter/{people.sign_in_link(given.eve(), at=timezone.now())}"
    asked = client.get(link, headers={"sec-fetch-site": "cross-site"})
    assert asked.status_code == 200 and "Come in as Eve?" in asked.content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(link).status_code == 302
    assert client.session["_auth_user_id"] == str(given.eve().pk)
    assert client.get(link, headers={"sec-fetch-site": "cross-site"}).status_code == 410


def test_a_session_eve_has_planted_is_not_the_one_ana_signs_in_with(client):
    client.cookies["coulisses_session"] = planted = "e" * 32
    client.get(f"/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    assert client.cookies["coulisses_session"].value != planted
