"""An address is left, confirmed by who reads its letters, changed and taken back."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from coulisses.following import rules
from coulisses.following.models import Follower
from coulisses.following.tests import scene
from coulisses.following.tests.scene import DAN
from coulisses.mail.models import Letter
from coulisses.testing import given

pytestmark = pytest.mark.django_db
FORM = {"address": DAN, "rhythm": "daily", "language": "fr"}


def text(envelope):
    mail = message_from_bytes(envelope.content, policy=policy.default)
    return mail["Subject"] + "\n" + mail.get_body(["plain"]).get_content()


def test_dan_leaves_an_address_and_only_his_button_begins_the_letters(client, postbox):
    boat = given.project()
    answer = client.post(f"{boat.path}follow", {**FORM, "address": "Dan@Far.TEST"}, follow=True)
    assert b"Look into your letters" in answer.content and DAN.encode() not in answer.content
    waiting = Letter.objects.get()
    assert (waiting.to, waiting.text, waiting.subject) == (DAN, "", "")
    scene.leave()
    assert not Letter.objects.exists()
    [taken] = postbox.taken
    assert "Voulez-vous suivre" in text(taken)
    page, mail_program = scene.link(text(taken)), Client()
    for look in ("get", "head"):
        assert getattr(mail_program, look)(page).status_code == 200
    dan = Follower.objects.get()
    assert dan.confirmed_at is None
    client.post(f"{page}confirmation")
    dan.refresh_from_db()
    assert dan.is_written_to and (dan.rhythm, dan.language) == ("daily", "fr")
    boat.work.refresh_from_db()
    assert dan.position == boat.work.size
    page_now = client.get(page)
    assert b"You follow this work" in page_now.content
    assert page_now["Cache-Control"] == "private, no-store"


def test_the_answer_is_the_same_whoever_an_address_is(client):
    boat = given.project()
    scene.follower(boat, "ana@cast.test")
    answers = []
    for address in (DAN, DAN, "ana@cast.test", "bo@cast.test"):
        answer = client.post(f"{boat.path}follow", {**FORM, "address": address}, follow=True)
        answers.append((answer.status_code, answer.redirect_chain, len(answer.content)))
    assert len(set(map(str, answers))) == 1
    assert Letter.objects.filter(to="ana@cast.test").count() == 1


def test_who_follows_already_is_told_so_and_nothing_changes(client, postbox):
    boat = given.project()
    dan = scene.follower(boat, rhythm="weekly")
    client.post(f"{boat.path}follow", FORM)
    scene.leave()
    assert "You follow “Boat” already" in text(postbox.taken[0])
    dan.refresh_from_db()
    assert dan.rhythm == "weekly" and dan.is_written_to


def test_an_account_needs_no_second_letter_for_its_own_address(client):
    boat, cleo = given.project(), given.cleo()
    client.force_login(cleo)
    own = {**FORM, "address": "cleo@cast.test"}
    client.post(f"{boat.path}follow", own)
    assert not Follower.objects.get().is_written_to  # not confirmed: anybody's
    EmailAddress.objects.create(user=cleo, email="Cleo@cast.test", verified=True, primary=True)
    assert b"cleo@cast.test" in client.get(f"{boat.path}follow").content
    answer = client.post(f"{boat.path}follow", own)
    one = Follower.objects.get()
    assert one.is_written_to and one.account == cleo and answer["Location"] == scene.path(one)
    page = client.get("/account/following/").content.decode()
    assert "Boat" in page and scene.path(one) in page
    assert "/account/following/" in client.get("/account/").content.decode()


def test_rhythm_and_language_are_changed_and_letters_ended_and_begun_again(client):
    dan = scene.follower(given.project())
    page = scene.path(dan)
    client.post(page, {"rhythm": "weekly", "language": "fr"})
    dan.refresh_from_db()
    assert (dan.rhythm, dan.language) == ("weekly", "fr")
    assert client.post(page, {"rhythm": "hourly", "language": "xx"}).status_code == 422
    assert b"last letter" in client.post(f"{page}end").content
    dan.refresh_from_db()
    assert dan.ending == "asked" and not dan.is_written_to
    assert client.post(page, {"rhythm": "each", "language": "fr"}).status_code == 409
    client.post(f"{page}confirmation")
    dan.refresh_from_db()
    assert dan.is_written_to


def test_one_click_of_a_mail_program_ends_the_letters_without_cookies_or_token():
    dan, program = scene.follower(given.project()), Client(enforce_csrf_checks=True)
    page = f"{scene.path(dan)}end"
    assert program.get(page).status_code == 200 and program.head(page).status_code == 200
    dan.refresh_from_db()
    assert dan.is_written_to
    answer = program.post(page, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and not answer.cookies.get("sessionid")
    dan.refresh_from_db()
    assert not dan.is_written_to


def test_addresses_are_forgotten_when_nobody_wants_them():
    boat, now = given.project(), timezone.now()
    old, older = now - timedelta(days=3), now - timedelta(days=31)
    scene.follower(boat, "a@far.test", confirmed_at=None, asked_at=old)
    scene.follower(boat, "b@far.test", ended_at=older, ending="asked")
    scene.follower(boat, "c@far.test", confirmed_at=None)
    scene.follower(boat, "d@far.test", ended_at=old, ending="asked")
    scene.follower(boat, "e@far.test", asked_at=older)
    rules.forget_old()
    left = Follower.objects.order_by("address").values_list("address", flat=True)
    assert [one[0] for one in left] == ["c", "d", "e"]


def test_who_never_confirmed_is_forgotten_at_once_when_they_say_so(client):
    dan = scene.follower(given.project(), confirmed_at=None)
    client.post(f"{scene.path(dan)}end")
    assert not Follower.objects.exists()


def test_a_house_without_letters_says_so_and_offers_the_rest(client, settings):
    settings.SENDS_LETTERS = False
    boat = given.project()
    page = client.get(f"{boat.path}follow").content.decode()
    assert "sends no letters" in page and "feed.atom" in page and "<push-notices" in page
    assert client.post(f"{boat.path}follow", FORM).status_code == 409
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dan",
        "a@b",
        "dan@far.test\r\nBcc: eve@cast.test",
        "dän@far.test",
        "x" * 250 + "@far.test",
    ],
)
def test_what_is_no_address_is_given_back_with_what_was_typed(client, address):
    boat = given.project()
    answer = client.post(f"{boat.path}follow", {**FORM, "address": address})
    assert answer.status_code == 422 and not Follower.objects.exists()
    assert b"checked" in answer.content


def test_a_stage_leads_to_following_and_a_rehearsal_does_not(client):
    boat, oar = given.project(), given.project("oar", is_raised=False)
    assert f'href="{boat.path}follow"' in client.get(boat.path).content.decode()
    client.force_login(given.ana())
    assert f'href="{oar.path}follow"' not in client.get(oar.path).content.decode()
    assert client.get(f"{oar.path}follow").status_code == 404
