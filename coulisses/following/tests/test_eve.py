"""Eve, who must not: guess a token, confirm or end what is others', bomb, look into a rehearsal."""

import pytest
from django.test import Client

from coulisses.following import queries, rules
from coulisses.following.models import Follower
from coulisses.following.tests import scene
from coulisses.following.tests.scene import DAN
from coulisses.mail.models import Letter
from coulisses.testing import given

pytestmark = pytest.mark.django_db
FORM = {"address": DAN, "rhythm": "each", "language": "en"}


def browser(name):
    client = Client()
    if name:
        client.force_login(given.account(name))
    return client


@pytest.mark.parametrize("name", ["", "Eve", "Ana"])
def test_nobody_guesses_a_token(name):
    boat = given.project()
    dan, eve = scene.follower(boat), scene.follower(boat, "eve@cast.test", confirmed_at=None)
    signed = scene.path(eve).split("/")[2].partition(".")[2]
    client = browser(name)
    for token in (dan.pk, f"{dan.pk}.", f"{dan.pk}.{signed}", "x", "%00", "." * 300):
        for rest in ("", "confirmation", "end"):
            for method in ("get", "post", "put", "delete"):
                answer = getattr(client, method)(f"/following/{token}/{rest}")
                assert answer.status_code in {404, 405} and DAN.encode() not in answer.content
    dan.refresh_from_db()
    assert dan.is_written_to


def test_eve_bombs_nobody(client):
    given.studio()
    works = [given.project(f"p{n}") for n in range(12)]
    for n, work in enumerate(works):
        for tag in ("", f"+{n}", f"+x{n}"):
            address = DAN.replace("@", f"{tag}@")
            assert (
                client.post(f"{work.path}follow", {**FORM, "address": address}).status_code == 302
            )
    assert Letter.objects.count() == rules.MOST_LETTERS
    assert Letter.objects.filter(key__startswith=Follower.objects.first().pk).count() <= 3


@pytest.mark.parametrize("spelled", ['"dan"@far.test', '"d\\an"@far.test', '"\x0bdan"@far.test',
                                     "dan@[127.0.0.1]"])  # fmt: skip
def test_eve_finds_no_second_spelling_of_dans_box(client, spelled):
    boat = given.project()
    answer = client.post(f"{boat.path}follow", {**FORM, "address": spelled})
    assert answer.status_code == 422 and not Follower.objects.exists()
    told = {
        "studio": "atelier",
        "project": "boat",
        "reason": "other",
        "words": "See",
        "address": spelled,
    }
    answer = client.post("/api/v1/reports", told, content_type="application/json")
    assert answer.status_code == 422 and not Letter.objects.exists()


def test_eve_tries_no_thousand_addresses(client):
    boat = given.project()
    answers = [
        client.post(f"{boat.path}follow", {**FORM, "address": f"{n}@far.test"}).status_code
        for n in range(61)
    ]
    assert answers[:60] == [302] * 60 and answers[60] == 429


def test_eve_can_have_anas_address_asked_but_not_begun(client):
    boat = given.project()
    client.force_login(given.eve())
    client.post(f"{boat.path}follow", {**FORM, "address": "ana@cast.test"})
    asked = Follower.objects.get()
    assert not asked.is_written_to and asked.account is None
    scene.say(boat, "A plank")
    scene.due()
    assert Letter.objects.count() == 1  # the one that asks


@pytest.mark.parametrize("name", ["", "Eve", "Cleo", "viewer", "Ana"])
def test_there_is_nothing_to_follow_in_a_rehearsal_or_of_what_left(name):
    boat = given.project(is_raised=False)
    client = browser("" if name == "viewer" else name)
    if name == "viewer":
        client.get(given.watch_link(boat))
    for rest in ("follow", "follow/notices", "follow/notices/end"):
        for method in ("get", "post"):
            answer = getattr(client, method)(f"{boat.path}{rest}", FORM)
            assert answer.status_code in {404, 405}
    assert not Follower.objects.exists() and not Letter.objects.exists()


def test_a_robot_that_fills_every_field_hears_the_same_and_does_nothing(client):
    boat = given.project()
    answer = client.post(f"{boat.path}follow", {**FORM, "website": "spam"})
    assert answer.status_code == 302 and not Follower.objects.exists()


def test_forms_are_taken_from_this_site_only_and_lists_are_ones_own():
    boat = given.project()
    dan = scene.follower(boat, "cleo@cast.test")
    forged = Client(enforce_csrf_checks=True)
    for address in (f"{boat.path}follow", f"{boat.path}follow/notices", scene.path(dan)):
        assert forged.post(address, FORM).status_code == 403
    assert browser("").get("/account/following/").status_code == 302
    for name in ("Eve", "Ana", "Cleo"):  # Cleo has not confirmed the address either
        assert b"cleo@cast" not in browser(name).get("/account/following/").content


def test_the_team_hears_how_many_and_nobody_who():
    boat = given.project()
    scene.follower(boat), scene.follower(boat, "x@far.test", confirmed_at=None)
    assert (queries.by_letter(boat), queries.by_notice(boat)) == (1, 0)
    client = browser("Ana")
    for page in (boat.path, boat.desk, f"{boat.path}follow"):
        assert DAN.encode() not in client.get(page).content
