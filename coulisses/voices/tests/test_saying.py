"""Something is said under an entry: by whom, in which thread, and what becomes of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media.models import Preview
from coulisses.people.models import Guest, Voice
from coulisses.projects import credited, gates, heard, signals, waiting
from coulisses.projects import room as studio_room
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.voices import rules
from coulisses.voices.deriving import replay
from coulisses.voices.models import Part, Talk, Word
from coulisses.voices.tests import speaking
from coulisses.voices.tests.pictures import png
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    return given.project("boat")


@pytest.fixture
def hull(boat):
    return speaking.told(boat)


def test_dan_gives_a_name_and_is_heard(boat, hull):
    dan = speaking.browser()
    page = speaking.entry_page(dan, boat, hull)
    assert "Nobody has said anything here yet" in page and 'name="name"' in page
    answer = dan.post(f"{boat.path}3/say", {"words": "So *round*!", "name": "Dan"})
    assert answer.status_code == 302 and answer["Location"] == f"{boat.path}3#say-1"
    page = speaking.entry_page(dan, boat, hull)
    assert "So <em>round</em>!" in page and "<bdi>Dan</bdi>" in page
    assert "said/1/amendment" in page and 'name="name"' not in page  # he is known now
    other = speaking.entry_page(speaking.browser(), boat, hull)
    assert "So <em>round</em>!" in other and "said/1/amendment" not in other
    assert Guest.objects.count() == 1 and checked(boat.room) == 1


def test_a_passer_by_without_a_name_loses_nothing_and_is_nobody(boat, hull):
    dan = speaking.browser()
    answer = dan.post(f"{boat.path}3/say", {"words": "Hello", "name": " \u200b\u202e"})
    assert answer.status_code == 400
    assert ">Hello</textarea>" in answer.content.decode()
    assert "Give a name" in answer.content.decode()
    answer = dan.post(f"{boat.path}3/say", {"words": "\u200b\u2060 \u3164", "name": "Dan"})
    assert answer.status_code == 422
    assert not Guest.objects.exists() and not Voice.objects.filter(name="Dan").exists()
    assert speaking.room(boat) == []


def test_an_answer_to_an_answer_is_one_to_the_first(boat, hull):
    first = speaking.say(boat, hull, "One", by=given.cleo())
    second = speaking.say(boat, hull, "Two", by=given.eve(), to=first.position)
    third = speaking.say(boat, hull, "Three", by=given.cleo(), to=second.position)
    assert (second.thread, third.thread) == (first.position, first.position)
    page = speaking.entry_page(speaking.browser(given.cleo()), boat, hull)
    assert page.index("One") < page.index("Two") < page.index("Three")
    answer = speaking.browser(given.cleo()).post(f"{boat.path}3/say", {"words": "x", "to": "999"})
    assert answer.status_code == 404


def test_the_makers_answers_are_theirs_and_what_waits_is_answered(boat, hull):
    first = speaking.say(boat, hull, "How?", by=given.cleo())
    speaking.say(boat, hull, "Why?", by=given.eve())
    assert [one.words for _label, one in waiting.oldest(boat, limit=9)] == ["How?", "Why?"]
    bo = speaking.browser(given.bo())
    assert bo.post(f"{boat.path}3/say", {"words": "By steam.", "to": "1"}).status_code == 302
    assert [one.key for _label, one in waiting.oldest(boat, limit=9)] == ["said-2"]
    assert waiting.count(boat) == 1
    assert "of the team" in speaking.entry_page(bo, boat, hull)
    answer = Word.objects.get(project=boat, thread=first.position, is_maker=True)
    rules.take_back(boat, answer, by=given.bo().voice_id, at=given.minutes(9), is_owner=False)
    assert waiting.count(boat) == 2


def test_ana_answers_at_her_desk_and_the_thread_waits_no_longer(boat, hull):
    ana = speaking.browser(given.ana())
    word = speaking.say(boat, hull, "Why?", by=given.cleo())
    form = {"room": "said", "key": f"said-{word.position}", "act": "answer"}
    send = f"{boat.desk}voices/answers"
    empty = ana.post(send, form)
    assert empty.status_code == 422 and "There is nothing to read in it" in empty.content.decode()
    assert ana.post(send, {**form, "words": "It floats."}).status_code == 302
    answer = Word.objects.get(project=boat, thread=word.position, is_first=False)
    assert answer.is_maker and answer.voice == given.ana().voice_id
    assert waiting.count(boat) == 0
    assert ana.post(send, {**form, "words": "It floats."}).status_code == 409


@pytest.mark.both_databases
def test_a_card_says_how_many_spoke_and_on_a_doubt_who(boat, hull):
    doubt = speaking.told(boat, kind="doubt", title="Is it too red?")
    for entry in (hull, doubt):
        speaking.say(boat, entry, "Hm", by=given.cleo())
        speaking.say(boat, entry, "Hm", by=given.cleo())
        speaking.say(boat, entry, "Ha", by=given.eve())
    stage = speaking.browser().get(boat.path).content.decode()
    assert "2 people said something" in stage
    assert "Eve and Cleo said something" in stage
    assert stage.count("people said something") == 1
    moved = signals.changed(boat, audiences=ledger.OUTSIDE, since=given.NOON)["voices"]
    assert moved[hull.position] == {
        "en": "2 people said something",
        "fr": "2 personnes en parlent",
    }
    assert moved[doubt.position]["en"] == "Eve and Cleo said something"
    heard.hide(boat, Word.objects.get(cue=doubt.position, voice=given.eve().voice_id).position,
               reason="spam", at=given.NOON)  # fmt: skip
    assert "Cleo and others said something" in speaking.browser().get(boat.path).content.decode()


def test_words_are_said_anew_with_their_history(boat, hull):
    cleo = speaking.browser(given.cleo())
    speaking.say(boat, hull, "Teh hull", by=given.cleo())
    assert "Teh hull" in cleo.get(f"{boat.path}said/1/amendment").content.decode()
    cleo.post(f"{boat.path}said/1/amendment", {"words": "The hull"})
    page = speaking.entry_page(speaking.browser(), boat, hull)
    assert "The hull" in page and "Teh hull" not in page and "said anew" in page
    assert "Teh hull" in speaking.browser().get(f"{boat.path}said/1/").content.decode()


def test_what_is_taken_back_goes_for_good_and_its_answers_stay(boat, hull):
    cleo = speaking.browser(given.cleo())
    picture = SimpleUploadedFile("a.png", png(), "image/png")
    cleo.post(f"{boat.path}3/say", {"words": "unsayable", "pictures": picture})
    cleo.post(f"{boat.path}said/1/amendment", {"words": "unspeakable"})
    speaking.say(boat, hull, "I heard you", by=given.eve(), to=1)
    assert studio_room.of(boat.studio_id).bytes > 0
    assert cleo.post(f"{boat.path}said/1/taking-back").status_code == 302
    page = speaking.entry_page(speaking.browser(), boat, hull)
    assert "What was said here was taken back" in page and "I heard you" in page
    said = "".join(
        str(bytes(one.sealed.content)) for one in Entry.objects.filter(log=boat.room)
        if not one.is_shredded
    )  # fmt: skip
    assert "unsayable" not in said and "unspeakable" not in said
    assert not Preview.objects.filter(version__log=boat.room).exists()
    assert studio_room.of(boat.studio_id).bytes == 0
    assert cleo.get(f"{boat.path}said/1/file/0/small").status_code == 404
    assert cleo.post(f"{boat.path}said/1/taking-back").status_code == 410
    assert cleo.get(f"{boat.path}said/1/amendment").status_code == 410
    assert Talk.objects.get(project=boat).voices == 1
    checked(boat.room)


def test_what_a_gate_keeps_waits_and_the_words_come_back(boat, hull, monkeypatch):
    def keep(project, fact, by, at):
        raise gates.Waits

    monkeypatch.setattr(gates, "_gates", [keep])
    dan = speaking.browser()
    answer = dan.post(f"{boat.path}3/say", {"words": "See example.org", "name": "Dan"})
    assert answer.status_code == 202
    assert "Somebody of the team looks at it first" in answer.content.decode()
    assert "See example.org" in answer.content.decode()
    assert not Word.objects.exists() and Guest.objects.count() == 1
    fact = rules.draft(hull, words="See example.org")
    heard.note(boat, fact, by=Guest.objects.get().voice_id, at=given.NOON)  # it was looked at
    assert Word.objects.get().cue == 3 and Part.objects.get().words == 1
    ana = speaking.browser(given.ana())
    assert ana.post(f"{boat.path}3/say", {"words": "My own"}).status_code == 302


def test_a_picture_and_an_attempt_go_with_a_word(boat, hull):
    cleo = speaking.browser(given.cleo())
    files = {
        "pictures": SimpleUploadedFile("a.png", png(), "image/png"),
        "attempt": SimpleUploadedFile("mine\u202e.txt", b"My own hull\n", "text/plain"),
    }
    answer = cleo.post(f"{boat.path}3/say", {"words": "", "alt": "A hull", **files})
    assert answer.status_code == 302
    page = speaking.entry_page(speaking.browser(), boat, hull)
    assert 'alt="A hull"' in page and "an attempt" in page and "mine.txt" in page
    dan = speaking.browser()
    assert dan.get(f"{boat.path}said/1/file/0/small")["Content-Type"] == "image/webp"
    text = dan.get(f"{boat.path}said/1/file/1/text")
    assert b"My own hull" in b"".join(text) and text["Content-Type"].startswith("text/plain")
    assert dan.get(f"{boat.path}said/1/file/1/original").status_code == 404
    bad = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nno", "image/png")
    answer = cleo.post(f"{boat.path}3/say", {"words": "kept words", "pictures": bad})
    assert answer.status_code == 422 and "kept words</textarea>" in answer.content.decode()


def test_who_brings_an_attempt_tried_it_out(boat, hull):
    cleo = speaking.browser(given.cleo())
    for words in ("Look", "And mine"):
        mine = SimpleUploadedFile("mine.txt", b"My own hull\n", "text/plain")
        cleo.post(f"{boat.path}3/say", {"words": words, "attempt": mine})
    speaking.say(boat, hull, "Only words", by=given.guest())
    acts = [one for one in credited.acts(boat) if one.role == "test"]
    assert [(one.voice, one.place) for one in acts] == [(given.cleo().voice_id, "3#say-1")]
    heard.hide(boat, 1, reason="Not ours", at=given.NOON)
    assert [one.place for one in credited.acts(boat) if one.role == "test"] == ["3#say-2"]
    replay(boat)
    assert Word.objects.filter(is_attempt=True).count() == 2


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_a_sound_note_is_heard_beside_the_words(boat, hull, kind):
    cleo, dan = speaking.browser(given.cleo()), speaking.browser()
    note = SimpleUploadedFile(f"note.{kind}", sounds.recorded(kind), f"audio/{kind}")
    assert cleo.post(f"{boat.path}3/say", {"words": "", "sound": note}).status_code == 302
    address = f"{boat.path}said/1/file/1/sound"
    assert f'src="{address}"' in speaking.entry_page(dan, boat, hull)
    assert dan.get(address)["Content-Type"] == "audio/mpeg"
    assert dan.get(f"{boat.path}said/1/file/0/sound").status_code == 404  # there is no attempt
    bad = SimpleUploadedFile("note.webm", png(), "audio/webm")
    answer = cleo.post(f"{boat.path}3/say", {"words": "kept words", "sound": bad})
    assert answer.status_code == 422 and "cannot be heard" in answer.content.decode()


def test_a_sound_note_is_a_remark(boat, hull, monkeypatch):
    monkeypatch.setattr("coulisses.voices.files.LONGEST_SECONDS", -2)
    cleo = speaking.browser(given.cleo())
    note = SimpleUploadedFile("note.webm", sounds.recorded("webm"), "audio/webm")
    assert cleo.post(f"{boat.path}3/say", {"words": "", "sound": note}).status_code == 422
    assert not Preview.objects.exists(), "what is refused is not kept"


def test_a_second_of_a_sound_and_a_place_in_a_picture_are_said(boat):
    from coulisses.moments.pictures import keep as keep_pictures

    shown = keep_pictures(boat, [SimpleUploadedFile("hull.png", png(), "image/png")])
    hull = speaking.told(boat, pictures=shown)
    cleo = speaking.browser(given.cleo())
    place = {"at_file": "0", "at_x": "120", "at_y": "900"}
    assert cleo.post(f"{boat.path}3/say", {"words": "Here", **place}).status_code == 302
    page = speaking.entry_page(speaking.browser(), boat, hull)
    assert "at the bottom left" in page and 'data-x="120"' in page
    for wrong in ({"at_file": "7"}, {"at_file": "0", "at_x": "1001", "at_y": "0"}):
        assert cleo.post(f"{boat.path}3/say", {"words": "x", **wrong}).status_code == 422


def test_a_script_is_handed_the_html_or_the_sentence(boat, hull):
    cleo = speaking.browser(given.cleo(), HTTP_ACCEPT="application/json")
    answer = cleo.post(f"{boat.path}3/say", {"words": "Live"})
    assert answer.status_code == 201 and 'id="say-1"' in answer.json()["html"]
    answer = cleo.post(f"{boat.path}3/say", {"words": ""})
    assert answer.status_code == 422 and "write a few words" in answer.json()["sentence"]


def test_words_under_a_shredded_entry_stay_and_nothing_is_added(boat, hull):
    speaking.say(boat, hull, "I saw it", by=given.cleo())
    rude = speaking.say(boat, hull, "It is ugly", by=given.eve())
    heard.hide(boat, rude.position, reason="rude", at=given.NOON)
    projects.shred(boat, 3, reason="no", by=given.ana().voice_id, at=given.NOON)
    cleo = speaking.browser(given.cleo())
    assert "I saw it" in cleo.get(f"{boat.path}said/1/").content.decode()
    assert cleo.post(f"{boat.path}3/say", {"words": "More"}).status_code == 409
    assert cleo.post(f"{boat.path}4/say", {"words": "On a shredding"}).status_code == 409
    page = speaking.entry_page(cleo, boat, hull)
    said = page.partition("said-title")[2].partition("</section>")[0]
    assert "I saw it" in said and "It is ugly" not in said and "<textarea" not in said
    assert "I saw it" not in cleo.get(boat.path).content.decode()


def test_what_members_said_under_a_shredded_entry_stays_theirs(boat):
    circle = given.tier(boat, given.cleo())
    hushed = speaking.told(boat, audience=circle.pk)
    speaking.say(boat, hushed, "Hush", by=given.cleo())
    projects.shred(boat, hushed.position, reason="no", by=given.ana().voice_id, at=given.NOON)
    assert "Hush" in speaking.entry_page(speaking.browser(given.cleo()), boat, hushed)
    assert "Hush" not in speaking.entry_page(speaking.browser(), boat, hushed)
