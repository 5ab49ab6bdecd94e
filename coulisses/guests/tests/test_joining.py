"""Guests join by a code, know what happens to what they give, and are verified once."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coulisses.decisions.tests.voting import HERE, address, put
from coulisses.guests import codes, proving, queries, terms, views
from coulisses.guests.models import Accepted, JoinCode, Proof, Terms
from coulisses.guests.refusals import CodeUnknown, LineNeeded, WrongCode
from coulisses.lib.calm import TooOften
from coulisses.lib.pace import Bucket
from coulisses.mail.models import Letter
from coulisses.manners import rules as manners
from coulisses.manners.models import Held
from coulisses.media.models import Preview
from coulisses.people import crowds
from coulisses.people import rules as people
from coulisses.people.models import Guest
from coulisses.testing import given
from coulisses.voices.tests.pictures import png
from coulisses.voices.tests.speaking import browser, entry_page, say, told

pytestmark = pytest.mark.django_db
ME = "/account/guest/"


@pytest.fixture(autouse=True)
def calm(settings):
    """Nobody has tried anything yet, and letters are written down as they are in a house."""
    cache.clear()
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"


def choose(project, choice, words=""):
    return terms.choose(project, choice=choice, words=words, at=timezone.now())


def sent(guest, email="gus@cast.test"):
    """Have a code sent; return it."""
    proving.send(guest, email=email, language="en", at=timezone.now())
    letter = Letter.objects.filter(to=email).order_by("-pk")[0]
    assert letter.holds_code
    [code] = [line.strip() for line in letter.text.splitlines() if line.startswith("    ")]
    return code


@pytest.mark.both_databases
def test_what_happens_to_a_gift_is_said_before_and_the_version_is_kept():
    boat, gus = given.project(), given.guest()
    entry, client = told(boat), browser(gus)
    assert "It stays yours" in entry_page(browser(), boat, entry)
    client.post(f"{boat.path}{entry.position}/say", {"words": "A keel of oak"})
    client.post(f"{boat.path}{entry.position}/say", {"words": "Or elm"})
    assert list(Accepted.objects.values_list("voice", "version")) == [(gus.voice_id, 0)]
    assert "given-terms" not in entry_page(client, boat, entry)
    choose(boat, "own", "It hangs in the yard")
    assert choose(boat, "own", " It hangs in the yard ").version == 1
    assert "It hangs in the yard" in entry_page(client, boat, entry)
    client.post(f"{boat.path}{entry.position}/say", {"words": "Larch then"})
    assert Accepted.objects.filter(voice=gus.voice_id).count() == 2
    with pytest.raises(LineNeeded):
        choose(boat, "own", "\u200b ")


def test_ana_chooses_the_line_at_her_desk_and_keeps_what_she_typed():
    boat, ana = given.project(), browser(given.ana())
    wrong = ana.post(f"{boat.desk}guests/", {"choice": "own", "words": " "})
    assert wrong.status_code == 422 and "Write the line" in wrong.content.decode()
    assert ana.post(f"{boat.desk}guests/", {"choice": "free"}).status_code == 302
    assert Terms.objects.get().choice == "free"


@pytest.mark.both_databases
def test_a_class_joins_by_six_letters_until_ana_ends_it():
    boat, ana, gus = given.project(), browser(given.ana()), browser()
    ana.post(f"{boat.desk}guests/code")
    code = JoinCode.objects.get().code
    assert len(code) == 6 and set(code) <= set(codes.LETTERS)
    assert b"<svg" in ana.get(f"{boat.desk}guests/code.svg").content
    assert gus.get("/join").status_code == 200
    led = gus.post("/join", {"code": f" {code[:3].lower()}-{code[3:].lower()}"})
    assert led["Location"] == f"/j/{code}"
    assert "It stays yours" in gus.get(led["Location"]).content.decode()
    assert gus.post(led["Location"], {"name": " "}).status_code == 400
    assert gus.post(led["Location"], {"name": "Gus"})["Location"] == boat.path
    assert "Gus" in gus.get(ME).content.decode()
    assert gus.post(led["Location"], {"name": "Gil"}).status_code == 302
    assert Guest.objects.count() == 1
    ana.post(f"{boat.desk}guests/code", {"act": "end"})
    assert gus.get(f"/j/{code}").status_code == 404


def test_eve_cannot_go_through_all_codes():
    hidden = given.project("boat", is_raised=False)
    JoinCode.objects.create(code="ABCDEF", project=hidden, at=timezone.now())
    eve = browser(given.eve())
    answers = {code: eve.get(f"/j/{code}") for code in ("ABCDEF", "ABCDEG")}
    told_apart = {
        re.sub(r'value="\w{64}"', "", one.content.decode()).replace(code, "")
        for code, one in answers.items()
    }
    assert {one.status_code for one in answers.values()} == {404} and len(told_apart) == 1
    for _try in range(30):
        last = eve.post("/join", {"code": "QQQQQQ"})
        if last.status_code == 429:
            break
    assert last.status_code == 429
    boat = given.project("oar")
    there = codes.make(boat, at=timezone.now())
    assert eve.get(f"/j/{there}").status_code == 429
    with pytest.raises(CodeUnknown):
        codes.follow("ABCDEF' or 1=1")


@pytest.mark.both_databases
def test_a_letter_shows_that_gus_is_a_person():
    gus = given.guest()
    client, code = browser(gus), sent(gus)
    assert gus.email == ""
    assert client.post(ME, {"act": "prove", "code": f"{code[:3]} {code[3:]}"}).status_code == 302
    gus.refresh_from_db()
    assert gus.verified_at and gus.email == "gus@cast.test" and not Proof.objects.exists()


def test_eve_forges_no_code_and_uses_nobody_elses():
    gus, eve = given.guest(), given.guest("Eve")
    code = sent(gus)
    sent(eve, "eve@cast.test")
    wrong = "000000" if code != "000000" else "111111"
    now = timezone.now()
    with pytest.raises(WrongCode):
        proving.prove(eve, code=code, at=now)
    for _try in range(proving.MOST_TRIES):
        with pytest.raises(WrongCode):
            proving.prove(gus, code=wrong, at=now)
    with pytest.raises(WrongCode):
        proving.prove(gus, code=code, at=now)
    later = sent(gus)
    with pytest.raises(WrongCode):
        proving.prove(gus, code=later, at=now + proving.LIVES + timedelta(minutes=1))
    sent(gus)
    with pytest.raises(TooOften):
        sent(gus)
    assert not Guest.objects.filter(verified_at__isnull=False).exists()


def test_only_a_maker_says_who_is_a_person_and_only_of_her_own_guests():
    boat, gus = given.project(), given.guest()
    yard = given.project("yard", house=given.studio("elsewhere", owner=given.eve()))
    entry = told(boat)
    browser(gus).post(f"{boat.path}{entry.position}/say", {"words": "Bonjour"})
    place = f"guests/{gus.voice_id}/verified"
    eve, cleo = browser(given.eve()), browser(given.cleo())
    assert eve.post(f"{boat.desk}{place}").status_code == 404
    assert cleo.post(f"{boat.desk}{place}").status_code == 404
    assert browser(gus).post(f"{boat.desk}{place}").status_code in (302, 401)
    assert eve.post(f"{yard.desk}{place}").status_code == 404
    assert not Guest.objects.get().verified_at
    ana = browser(given.ana())
    assert "This is a person" in ana.get(f"{boat.desk}guests/").content.decode()
    assert ana.post(f"{boat.desk}{place}").status_code == 302
    assert Guest.objects.get().verified_at


def test_a_guest_goes_by_another_name_and_leaves():
    boat, gus = given.project(), given.guest()
    entry, client = told(boat), browser(gus)
    client.post(f"{boat.path}{entry.position}/say", {"words": "Bonjour"})
    assert client.post(ME, {"act": "name", "name": ""}).status_code == 400
    client.post(ME, {"act": "name", "name": "Gustave"})
    assert "Gustave" in entry_page(browser(), boat, entry)
    client.post(ME, {"act": "leave"})
    assert client.get(ME).status_code == 404 and browser(given.ana()).get(ME).status_code == 404
    assert "Gustave" in entry_page(browser(), boat, entry)


@pytest.mark.parametrize("bucket, heard", [("newcomers", 2), ("words", 3)])
def test_a_machine_behind_one_address_is_not_heard_for_ever(monkeypatch, bucket, heard):
    monkeypatch.setattr(crowds, bucket, Bucket(heard, each=60.0))
    boat = given.project()
    address = f"{boat.path}{told(boat).position}/say"
    said = {"words": "Cheap oars", "name": "Eve"}

    def say(line, client):
        return client.post(address, said, REMOTE_ADDR=line).status_code

    answers = [say("203.0.113.7", browser()) for _again in range(5)]
    assert answers == [302] * heard + [429] * (5 - heard)
    assert say("203.0.113.8", browser()) == 302
    assert say("203.0.113.7", browser(given.cleo())) == 302


def test_letters_to_strangers_lead_nowhere_and_are_few(monkeypatch):
    monkeypatch.setattr(views, "MOST_LETTERS", 3)
    sent = [
        browser(given.guest("WIN at www.evil.test/x")).post(
            ME, {"act": "send", "email": f"stranger{number}@out.test"}
        )
        for number in range(5)
    ]
    assert [one.status_code for one in sent] == [302] * 3 + [429] * 2
    letters = " ".join(one.text for one in Letter.objects.all())
    assert "as WIN at …" in letters and "evil." not in letters


def test_pictures_of_words_that_wait_go_with_whoever_takes_their_name_out():
    boat, cleo = given.project(), given.cleo()
    manners.choose(boat, looks_at="everybody", slow=0, rules="")
    picture = SimpleUploadedFile("me.png", png(), "image/png")
    place = f"{boat.path}{told(boat).position}/say"
    browser(cleo).post(place, {"words": "Me", "pictures": picture})
    assert Held.objects.exists() and Preview.objects.filter(version__log=boat.room).exists()
    people.erase_name(cleo.voice, at=timezone.now())
    assert not Held.objects.exists()
    assert not Preview.objects.filter(version__log=boat.room).exists()


def test_ana_says_from_a_word_that_gus_is_a_person_and_eve_cannot():
    boat, gus = given.project(), given.guest()
    entry = told(boat)
    word = say(boat, entry, "I am no machine", by=gus)
    hand = f"{boat.path}said/{word.position}/person"
    assert hand in entry_page(browser(given.ana()), boat, entry)
    for who in (None, given.eve(), given.fay(boat.studio), gus):
        assert hand not in entry_page(browser(who), boat, entry)
        assert browser(who).post(hand).status_code in (302, 401, 403, 404)
    assert not Guest.objects.get().verified_at
    assert browser(given.bo()).post(hand).status_code == 302
    assert Guest.objects.get().verified_at
    assert hand not in entry_page(browser(given.ana()), boat, entry)


@pytest.mark.both_databases
def test_before_the_first_vote_a_line_of_its_own_is_read_and_kept():
    decision, gus = put(), given.guest()
    boat, client = decision.project, browser(gus)
    vote = f"{boat.path}{decision.place}"
    line = "Your vote is counted with the others"
    assert line in client.get(vote).content.decode()
    client.post(vote, {"option": "a"}, **HERE)
    client.post(vote, {"option": "b"}, **HERE)
    mine = Accepted.objects.filter(voice=gus.voice_id)
    assert list(mine.values_list("version", "what")) == [(0, "vote")]
    assert line not in client.get(vote).content.decode()
    entry = told(boat)
    assert "It stays yours" in entry_page(client, boat, entry)  # of words they read nothing yet
    choose(boat, "own", "It hangs in the yard")
    again = client.get(vote).content.decode()
    assert line in again and "It hangs in the yard" in again
    client.post(vote, {"option": "a"}, **HERE)
    assert list(mine.order_by("pk").values_list("version", "what")) == [(0, "vote"), (1, "vote")]
    assert queries.guests(boat) == []


@pytest.mark.parametrize("what", ["words", "lead", "vote"])
def test_what_was_read_holds_where_the_line_changed_meanwhile_the_form_comes_back(what):
    boat = given.project()
    place, field = form_of(boat, what)
    gus = browser()
    line = choose(boat, "own", "Ours to sing.")
    sent = {"words": "My own words", "name": "Gus", "option": "a", "terms": "0"}
    answer = gus.post(place, sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Ours to sing." in page and field in page
    assert f'name="terms" value="{line.version}"' in page
    for forged in ("99", "-1", "x"):
        assert gus.post(place, {**sent, "terms": forged}).status_code == 409
    assert not Accepted.objects.exists() and not Guest.objects.exists()
    assert gus.post(place, {**sent, "terms": str(line.version)}).status_code == 302
    assert Accepted.objects.get().version == line.version
    choose(boat, "stays")  # whoever knew the line before is asked again, too
    assert gus.post(place, {**sent, "terms": str(line.version)}).status_code == 409


def form_of(boat, what):
    if what == "vote":
        return address(put(boat, is_changeable=True)), 'value="a" checked'
    kind = {"words": ("note", {}), "lead": ("doubt", {"asks": "advice"})}[what]
    entry = told(boat, kind[0], **kind[1])
    name = "say" if what == "words" else "leads/"
    return f"{boat.path}{entry.position}/{name}", "My own words</textarea>"


def test_whoever_gave_no_name_yet_finds_their_page_and_is_called_nothing():
    decision, client = put(), browser()
    stage, to_me = decision.project.path, f'href="{ME}"'
    assert to_me not in client.get(stage).content.decode()
    client.post(f"{stage}{decision.place}", {"option": "a"}, **HERE)
    assert to_me in client.get(stage).content.decode()
    mine = client.get(ME).content.decode()
    assert "without a name" in mine and "take part as" not in mine
