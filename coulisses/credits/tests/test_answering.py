"""The desk says who waits for a word; an owner holds a place for whoever gave something."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from coulisses.credits import handing
from coulisses.credits.models import Credit, Held
from coulisses.credits.refusals import NobodyThere, PlaceNotHeld
from coulisses.credits.templatetags.waits import waits_since
from coulisses.credits.tests import room
from coulisses.lib.refusals import require
from coulisses.manners.models import Held as Waits
from coulisses.people.models import Voice
from coulisses.projects import team, waiting
from coulisses.projects.models import Role
from coulisses.projects.waiting import AnsweredMeanwhile, Waiting
from coulisses.testing import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    """Ana's boat, in which Cleo waits for a word since Tuesday."""
    before = dict(waiting._asked)
    cleo = given.cleo().voice_id
    at = given.NOON - timedelta(days=5)

    @waiting.by("tested", "said under an entry", lambda project: 2)
    def asked(project, limit):
        later = Waiting("b", "", "A vote", "4", given.NOON)
        return [later, Waiting("a", cleo, "Why blue?", "1#say-1", at)][:limit]

    yield given.project()
    waiting._asked.clear()
    waiting._asked.update(before)
    waiting._ways.pop("tested", None)


def desk(boat, who, of="voices/"):
    return given.come_in(Client(), who).get(f"{boat.desk}{of}")


def hold(boat, who, by=None):
    return handing.hold(boat, who.voice_id, by=by or given.ana(), at=timezone.now())


def test_who_waits_longest_comes_first_and_a_tap_leads_to_the_place(boat):
    said = desk(boat, given.bo()).content.decode()
    assert said.index("Why blue?") < said.index("A vote")
    assert f'href="{boat.path}1#say-1"' in said and "<bdi>Cleo</bdi>" in said
    assert "until you have looked" not in said
    Waits.objects.create(
        project=boat, voice=given.cleo().voice, kind="voice.said", body={}, at=given.NOON
    )
    said = desk(boat, given.bo()).content.decode()
    assert "Somebody’s words wait until you have looked" in said
    assert (
        "2 things that people gave wait for a word of yours"
        in desk(boat, given.bo(), "").content.decode()
    )


def test_ana_answers_where_it_is_listed_and_only_what_still_waits(boat):
    said = []

    @waiting.answered("tested", answer="Answer", later="Later")
    def answer(project, seen, key, act, *, words, by, at):
        require(words, AnsweredMeanwhile)
        said.append((key, act, words, by))

    page = desk(boat, given.bo()).content.decode()
    assert 'value="later">Later</button>' in page and "voices/answers" in page
    ana, form = given.come_in(Client(), given.ana()), {"room": "tested", "key": "a"}
    send = f"{boat.desk}voices/answers"
    again = ana.post(send, {**form, "act": "answer"})
    assert again.status_code == 409 and "That waits no longer" in again.content.decode()
    assert ana.post(send, {**form, "act": "answer", "words": "For the sea"}).status_code == 302
    assert said == [("a", "answer", "For the sea", given.ana().voice_id)]
    for wrong in ({"act": "sell"}, {"act": "answer", "room": "nowhere"}):
        assert ana.post(send, {**form, "words": "x", **wrong}).status_code == 409
    assert len(said) == 1


def test_a_day_of_this_week_is_called_by_its_name():
    assert waits_since(given.NOON, given.minutes(5)) == "waits since today"
    assert waits_since(given.NOON, given.NOON + timedelta(days=3)) == "waits since Sunday"
    assert "2026" in waits_since(given.NOON, given.NOON + timedelta(days=30))


def test_nobody_waits_and_the_page_says_so():
    oar = given.project("oar")
    assert "Nobody waits for a word." in desk(oar, given.ana()).content.decode()
    assert "for a word of yours" not in desk(oar, given.ana(), "").content.decode()


def test_an_account_is_told_in_the_page_and_by_letter_and_takes_its_place(boat, settings):
    settings.SENDS_LETTERS = True
    room.say(boat, given.cleo())
    ana, cleo = given.come_in(Client(), given.ana()), given.come_in(Client(), given.cleo())
    said = {"voice": given.cleo().voice_id}
    assert ana.post(f"{boat.desk}voices/places", said).status_code == 302
    assert f"{boat.path}place/" in mail.outbox[-1].body
    assert "holds a place in the team for you" in cleo.get(boat.path).content.decode()
    assert "holds a place" not in Client().get(boat.path).content.decode()
    assert "Take the place" in cleo.get(f"{boat.path}place/").content.decode()
    assert cleo.post(f"{boat.path}place/").status_code == 302
    assert Role.objects.get(account=given.cleo(), studio=boat.studio).role == "contributor"
    assert cleo.post(f"{boat.path}place/").status_code == 410
    assert team.open_invitations(boat.studio, at=timezone.now()) == []


def test_ana_holds_a_place_straight_from_what_was_said(boat):
    said = room.say(boat, given.cleo())
    here = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    hold_from = f"{boat.path}said/{said}/place"
    for who in (given.bo(), given.eve(), given.cleo()):
        assert given.come_in(Client(**here), who).post(hold_from).status_code == 403
    assert not Held.objects.exists()
    ana = given.come_in(Client(**here), given.ana())
    assert ana.post(hold_from)["Location"].endswith(f"#say-{said}")
    assert Held.objects.get().voice_id == given.cleo().voice_id
    assert ana.post(f"{boat.path}said/99/place").status_code == 404


def test_a_guest_gets_an_invitation_of_their_own_and_the_one_before_ends(boat):
    gus = given.guest()
    room.say(boat, gus), hold(boat, gus)
    client = given.come_in(Client(), gus)
    first = client.post(f"{boat.path}place/")["Location"]
    second = client.post(f"{boat.path}place/")["Location"]
    assert first.startswith("/join/") and first != second
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    dora = given.account("Dora")
    assert given.come_in(Client(), dora).post(second).status_code == 302
    assert client.post(f"{boat.path}place/").status_code == 410


def test_a_place_is_held_for_whoever_gave_something_and_can_be_told(boat):
    room.say(boat, given.bo())
    erased = given.guest("Gone")
    room.say(boat, erased)
    Voice.objects.filter(pk=erased.voice_id).update(erased_at=given.NOON)
    for voice in [given.cleo().voice_id, given.bo().voice_id, erased.voice_id, "nobody", ""]:
        with pytest.raises(NobodyThere):
            handing.hold(boat, voice, by=given.ana(), at=given.NOON)


def test_what_an_owner_holds_ends_with_them_with_time_and_by_their_word(boat):
    room.say(boat, given.cleo())
    hold(boat, given.cleo())
    with pytest.raises(PlaceNotHeld):
        handing.find(boat, given.cleo().voice_id, at=timezone.now() + timedelta(days=20))
    handing.take_back(boat, given.cleo().voice_id, at=timezone.now())
    assert not Held.objects.exists()
    Role.objects.filter(account=given.bo()).update(role="owner")
    held = hold(boat, given.cleo(), given.bo())
    Role.objects.filter(account=given.bo()).update(role="maker")
    with pytest.raises(PlaceNotHeld):
        handing.take(held, by=given.cleo(), at=timezone.now())


@pytest.mark.parametrize("name", ["", "Eve", "Fay", "Gus"])
def test_whoever_must_not_moves_nothing_at_the_desk(boat, name):
    given.fay(boat.studio), given.studio("elsewhere", owner=given.eve())
    room.say(boat, given.cleo()), room.gathered(boat)
    line = Credit.objects.get(project=boat, role="maker")
    who = given.guest() if name == "Gus" else given.account(name) if name else None
    client = given.come_in(Client(), who) if who else Client()
    for address, said in [
        ("voices/places", {"voice": given.cleo().voice_id}),
        ("voices/answers", {"room": "said", "key": "said-1", "act": "answer", "words": "Hm"}),
        ("credits/", {"name": "Me", "role": "maker"}),
        (f"credits/{line.pk}/", {"act": "out"}),
    ]:
        answer = client.post(f"{boat.desk}{address}", said)
        assert answer.status_code in (302, 401, 403, 404)
        assert answer.status_code != 302 or "/enter" in answer["Location"]
    assert client.get(f"{boat.path}place/").status_code == 410
    assert not Held.objects.exists()
    assert not Credit.objects.filter(is_out=True).exists()
    if name != "Fay":
        assert client.get(f"{boat.desk}voices/").status_code in (302, 401, 404)


def test_a_line_of_another_project_is_not_found_and_no_form_goes_without_its_token(boat):
    oar = room.gathered(given.project("oar"))
    line = Credit.objects.get(project=oar)
    assert desk(boat, given.ana(), f"credits/{line.pk}/").status_code == 404
    assert desk(oar, given.ana(), f"credits/{line.pk}/").status_code == 200
    ana = given.come_in(Client(enforce_csrf_checks=True), given.ana())
    for of in (f"{oar.desk}credits/{line.pk}/", f"{oar.desk}voices/places", f"{oar.path}place/"):
        assert ana.post(of, {"act": "out"}).status_code == 403
