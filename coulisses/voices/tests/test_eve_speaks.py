"""Eve, who must not: rehearsals, members' entries, other people's words, tricks and floods."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coulisses.lib.text import clean_name
from coulisses.log import ledger
from coulisses.log.models import Log
from coulisses.manners import rules as manners
from coulisses.manners.models import Held
from coulisses.media.models import Room
from coulisses.people import becoming
from coulisses.people.models import Guest
from coulisses.projects import heard, room, signals
from coulisses.projects.gates import Waits
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.voices import files, lines, rules
from coulisses.voices.models import Word
from coulisses.voices.refusals import SaidAnewEnough, TakenBackAlready
from coulisses.voices.rules import LONGEST
from coulisses.voices.tests import speaking
from coulisses.voices.tests.pictures import png

pytestmark = pytest.mark.django_db

HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(1)>
[click](javascript:alert(1)) ![p](https://evil.test/x.png) \u202egnp.exe\u202c
"""


@pytest.fixture
def boat():
    return given.project("boat")


def nobody(project):
    """Yield those who must not act on what Cleo said: a passer-by, Eve, a guest, a contributor."""
    yield speaking.browser()
    yield speaking.browser(given.eve())
    yield speaking.browser(given.guest("Cleo"))
    yield speaking.browser(given.fay(project.studio))


def test_nobody_changes_or_takes_back_what_another_said(boat):
    hull = speaking.told(boat)
    word = speaking.say(boat, hull, "Mine", by=given.cleo())
    for client in nobody(boat):
        for name in ("amendment", "taking-back"):
            address = f"{boat.path}said/{word.position}/{name}"
            assert client.post(address, {"words": "Ours"}).status_code in {401, 403}
        assert client.get(f"{boat.path}said/1/amendment").status_code in {401, 403}
    assert speaking.room(boat) == ["voice.said"]
    ana = speaking.browser(given.ana())  # who owns the studio may take it out
    assert ana.post(f"{boat.path}said/1/taking-back").status_code == 302
    page = speaking.entry_page(speaking.browser(), boat, hull)
    assert "Mine" not in page and checked(boat.room) == 2


@pytest.mark.both_databases
def test_what_was_taken_back_does_not_come_back_by_new_words(boat):
    cleo, now = given.cleo(), timezone.now()
    hull = speaking.told(boat)
    word = speaking.say(boat, hull, "My street is", by=cleo)
    manners.choose(boat, looks_at="everybody", slow=0, rules="")
    with pytest.raises(Waits):
        rules.amend(boat, word, words="My street is Keel Row", by=cleo.voice_id, at=now)
    held = Held.objects.select_related("project").get()
    rules.take_back(boat, word, by=cleo.voice_id, at=now, is_owner=False)
    assert not Held.objects.exists()
    held.save(force_insert=True)  # two who act at once: one looked a moment before it went
    with pytest.raises(TakenBackAlready):
        manners.release(held, at=now)
    manners.choose(boat, looks_at="links", slow=0, rules="")
    with pytest.raises(TakenBackAlready):  # as read a moment before it was taken back
        rules.amend(boat, word, words="My street is Keel Row", by=cleo.voice_id, at=now)
    assert speaking.room(boat) == ["voice.said", "entry.shredded"]


def test_who_left_the_team_puts_old_words_right_like_anybody_else(boat):
    bo, at = given.bo(), timezone.now()
    word = speaking.say(boat, speaking.told(boat), "Of oak", by=bo, role="maker")
    rules.amend(boat, word, words="Of elm", by=bo.voice_id, at=at, role="maker")
    bo.roles.all().delete()
    manners.choose(boat, looks_at="everybody", slow=0, rules="")
    client, address = speaking.browser(bo), f"{boat.path}said/{word.position}/amendment"
    assert client.post(address, {"words": "Of nothing"}).status_code == 202
    assert Held.objects.get().body["words"] == "Of nothing"


def test_a_doubt_names_nobody_for_words_that_were_taken_back(boat):
    doubt = speaking.told(boat, "doubt", "Is the red too loud?")
    cleo, gus = given.cleo(), given.guest()
    word = speaking.say(boat, doubt, "It is", by=cleo)
    speaking.say(boat, doubt, "It is not", by=gus)
    rules.take_back(boat, word, by=cleo.voice_id, at=timezone.now(), is_owner=False)
    assert lines.of(boat, {doubt.position: "doubt"})[doubt.position] == "Gus said something"


def test_whose_words_are_hidden_may_still_put_them_right(boat):
    gus = given.guest()
    word = speaking.say(boat, speaking.told(boat), "You fools", by=gus)
    manners.hide(boat, 1, reason="Kinder, please", by=given.ana().voice_id, at=timezone.now())
    client, address = speaking.browser(gus), f"{boat.path}said/{word.position}/amendment"
    assert "You fools" in client.get(address).content.decode()
    assert client.post(address, {"words": "You dears"}).status_code == 302
    assert "You fools" not in speaking.browser().get(f"{boat.path}said/1/").content.decode()
    cleo = given.cleo()
    becoming.join(cleo, gus, at=timezone.now())
    assert "You dears" in speaking.browser(cleo).get(address).content.decode()


def test_a_word_is_said_anew_as_often_as_anybody_reads(boat, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ANEW", 2)
    cleo = given.cleo()
    word = speaking.say(boat, speaking.told(boat), "One", by=cleo)
    said = {"by": cleo.voice_id, "at": timezone.now()}
    for words in ("Two", "Three"):
        rules.amend(boat, word, words=words, **said)
    with pytest.raises(SaidAnewEnough):
        rules.amend(boat, word, words="Four", **said)


def test_what_is_for_members_is_spoken_of_among_members(boat):
    tier = given.tier(boat, given.cleo())
    hull = speaking.told(boat, audience=tier.pk, teaser="For the wings")
    cleo = speaking.browser(given.cleo())
    picture = SimpleUploadedFile("a.png", png(), "image/png")
    cleo.post(f"{boat.path}3/say", {"words": "among us", "pictures": picture})
    assert "among us" in speaking.entry_page(cleo, boat, hull)
    assert Word.objects.get().audience == tier.pk
    assert signals.changed(boat, audiences=ledger.OUTSIDE, since=given.NOON) == {}
    for client in (speaking.browser(), speaking.browser(given.eve())):
        for address in ("3/said", "said/1/", "said/1/file/0/large", "said/1/amendment"):
            assert client.get(f"{boat.path}{address}").status_code in {401, 404}, address
        for address in ("3/say", "said/1/taking-back"):
            sent = client.post(f"{boat.path}{address}", {"words": "I know", "name": "Eve"})
            assert sent.status_code in {401, 404}
        for address in ("", "3", "sessions/"):
            page = client.get(f"{boat.path}{address}").content.decode()
            assert "among us" not in page and "person said" not in page
    assert Log.objects.get(pk=boat.room_id).size == 1 and not Guest.objects.exists()


def test_nothing_is_said_in_a_rehearsal_not_even_by_the_team():
    quiet = given.project("quiet", is_raised=False)
    hull = speaking.told(quiet)
    watcher = Client(HTTP_SEC_FETCH_SITE="same-origin")
    watcher.get(given.watch_link(quiet))
    for client, status in (
        (speaking.browser(), 404),
        (speaking.browser(given.eve()), 404),
        (speaking.browser(given.guest()), 404),
        (watcher, 403),
        (speaking.browser(given.ana()), 409),
    ):
        sent = client.post(f"{quiet.path}{hull.position}/say", {"words": "psst", "name": "X"})
        assert sent.status_code == status
    assert "say-form" not in speaking.entry_page(speaking.browser(given.ana()), quiet, hull)
    assert speaking.room(quiet) == []


def test_no_form_is_taken_from_elsewhere(boat):
    hull = speaking.told(boat)
    speaking.say(boat, hull, "Mine", by=given.cleo())
    addresses = ("2/say", "said/1/amendment", "said/1/taking-back")
    for header in ({}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.test"}):
        client = given.come_in(Client(**header), given.cleo())
        for address in addresses:
            sent = client.post(f"{boat.path}{address}", {"words": "forged"})
            assert sent.status_code == 403, (header, address)
    for address in ("2/say", "said/1/taking-back"):
        assert speaking.browser(given.cleo()).get(f"{boat.path}{address}").status_code == 405
    assert speaking.room(boat) == ["voice.said"]


def test_hostile_words_and_names_are_only_words(boat):
    hull = speaking.told(boat)
    dan = speaking.browser()
    name = "<b>\u202eanA\u202c\u200b</b>"
    dan.post(f"{boat.path}3/say", {"words": HOSTILE, "name": name})
    manners.release(Held.objects.get(), at=timezone.now())  # a newcomer's link has been looked at
    page = speaking.entry_page(speaking.browser(), boat, hull)
    for wrong in (
        "<script>alert",
        "<img src=x",
        'href="javascript',
        "evil.test",
        "\u202e",
        "<b>anA",
    ):
        assert wrong not in page, wrong
    assert "&lt;b&gt;anA&lt;/b&gt;" in page
    assert "of the team" not in page


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ana\u200b", "Ana"),
        ("A\u00adna \u2060", "Ana"),
        ("\u3164\u3164", ""),
        ("\u200b \ufeff\u200d", ""),
        ("\u0301\u0301", ""),
        ("نیم\u200cفاصله", "نیم\u200cفاصله"),
        ("👩\u200d🎨", "👩\u200d🎨"),
    ],
)
def test_a_name_is_what_one_sees_of_it(typed, name):
    assert clean_name(typed) == name


def test_a_flood_is_bounded(boat):
    speaking.told(boat)
    cleo = speaking.browser(given.cleo())
    for words, status in (("x" * LONGEST, 302), ("x" * (LONGEST + 1), 422)):
        assert cleo.post(f"{boat.path}3/say", {"words": words}).status_code == status
    pictures = [SimpleUploadedFile(f"{one}.png", png(), "image/png") for one in range(5)]
    sent = cleo.post(f"{boat.path}3/say", {"words": "x", "pictures": pictures})
    assert sent.status_code == 422
    for said in ({"to": "9" * 30}, {"to": "-1"}, {"to": "\u0661"}, {"at_file": "9" * 40}):
        sent = cleo.post(f"{boat.path}3/say", {"words": "x", **said})
        assert sent.status_code in {302, 404, 422}, said
    secret = SimpleUploadedFile(".env", b"AWS_SECRET=abc\n", "text/plain")
    assert cleo.post(f"{boat.path}3/say", {"words": "x", "attempt": secret}).status_code == 422
    for address in (f"{'9' * 30}/said", f"said/{'9' * 19}/", f"said/1/?before={'9' * 25}"):
        assert cleo.get(f"{boat.path}{address}").status_code in {400, 404}


def test_hidden_words_are_for_their_author_and_the_team(boat):
    hull = speaking.told(boat)
    picture = SimpleUploadedFile("a.png", png(), "image/png")
    cleo = speaking.browser(given.cleo())
    cleo.post(f"{boat.path}3/say", {"words": "buy this", "pictures": picture})
    heard.hide(boat, 1, reason="an advertisement", at=given.NOON)
    for client in (speaking.browser(), speaking.browser(given.eve())):
        for address in ("3", "3/said", "said/1/"):
            page = client.get(f"{boat.path}{address}").content.decode()
            assert "an advertisement" in page and "buy this" not in page
        assert client.get(f"{boat.path}said/1/file/0/large").status_code == 404
    for who in (given.cleo(), given.bo()):
        assert "buy this" in speaking.entry_page(speaking.browser(who), boat, hull)


def test_an_erased_name_is_nowhere_and_the_words_stay(boat):
    from coulisses.people import rules as people

    hull = speaking.told(boat)
    speaking.say(boat, hull, "So round", by=given.cleo())
    people.erase_name(given.cleo().voice, at=given.NOON)
    page = speaking.entry_page(speaking.browser(), boat, hull)
    assert "So round" in page and "Cleo" not in page and "somebody" in page
    read = ledger.read(boat.room, audiences=ledger.OUTSIDE, at=given.NOON)
    assert len(read) == 1


def unreadable():
    return SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nno", "image/png")


def test_files_are_not_looked_at_for_who_is_refused_anyway(boat):
    speaking.told(boat)
    gus = given.guest()
    by = {"by": given.ana().voice_id, "at": timezone.now()}
    manners.ask_to_rest(boat, gus.voice_id, hours=0, reason="It hurts", **by)
    answer = speaking.browser(gus).post(f"{boat.path}3/say", {"pictures": unreadable()})
    assert answer.status_code == 403 and "It hurts" in answer.content.decode()
    manners.close(boat, 3, reason="Enough", **by)
    answer = speaking.browser(given.eve()).post(f"{boat.path}3/say", {"pictures": unreadable()})
    assert answer.status_code == 409 and "cannot be read" not in answer.content.decode()


def test_a_flood_of_strangers_files_leaves_the_maker_her_room(boat):
    speaking.told(boat)
    gus, cleo = speaking.browser(given.guest()), speaking.browser(given.cleo())
    for _each in range(files.A_DAY - 1):
        files.strangers.require(boat.pk)
    two = {"pictures": [unreadable(), unreadable()]}
    answer = gus.post(f"{boat.path}3/say", two)
    assert answer.status_code == 429 and "show an address" in answer.content.decode()
    two = {"pictures": [unreadable(), unreadable()]}
    assert cleo.post(f"{boat.path}3/say", two).status_code == 422
    files.strangers.forget()
    room.allow(boat.studio, 100)
    Room.objects.update_or_create(log=boat.work, defaults={"previews": 76})
    answer = gus.post(f"{boat.path}3/say", {"words": "kept words", "pictures": unreadable()})
    assert answer.status_code == 413 and "kept words</textarea>" in answer.content.decode()
    assert gus.post(f"{boat.path}3/say", {"words": "In words"}).status_code == 302
