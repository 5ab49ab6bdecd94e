"""Eve's corpus, tried on a room: floods, stuffing, tricks of letters, hostile markdown, forgeries,
guesses. And a school behind one address, which takes part."""

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.utils import timezone

from coulisses.cheers import limits
from coulisses.cheers.models import Cheer
from coulisses.cheers.tests.cheering import tap
from coulisses.decisions.models import Ballot
from coulisses.decisions.tests.voting import put, send
from coulisses.guests import codes
from coulisses.log.models import Entry
from coulisses.manners.models import Held
from coulisses.manners.tests import corpus
from coulisses.people import crowds, likeness
from coulisses.people.models import Guest, Voice
from coulisses.projects import concerned, sight
from coulisses.testing import given
from coulisses.ui.slots import Reader
from coulisses.voices import reading
from coulisses.voices.models import Word
from coulisses.voices.tests.speaking import browser, entry_page, say, told

pytestmark = pytest.mark.django_db
SCHOOL = {"REMOTE_ADDR": "203.0.113.7"}
SAFE_TAGS = {"a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong"}
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")
STACKED = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{5}")
SAFE_TAGS |= {"table", "tbody", "td", "th", "thead", "tr", "ul", "h3", "h4", "h5", "h6"}


@pytest.fixture(autouse=True)
def _anew():
    cache.clear()
    for one in (crowds.newcomers, crowds.words, limits.taps, limits.lines_taps, limits.newcomers):
        one.forget()


def speak(client, boat, entry, words="Hello", **said):
    return client.post(f"{boat.path}{entry.position}/say", {"words": words, **said})


class Said(HTMLParser):
    """All tags and attributes inside of what was said."""

    def __init__(self, page):
        super().__init__()
        self.tags, self._deep = [], 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if self._deep:
            self.tags.append((tag, dict(attributes)))
        if tag == "div":
            is_words = "words" in (dict(attributes).get("class") or "").split()
            self._deep += 1 if self._deep or is_words else 0

    def handle_endtag(self, tag):
        self._deep -= 1 if tag == "div" and self._deep else 0


def test_a_school_behind_one_address_takes_part():
    boat = given.project()
    entry, decision = told(boat), put(boat)
    for number in range(30):
        pupil, name = browser(**SCHOOL), f"Pupil {number}"
        assert speak(pupil, boat, entry, "Good morning", name=name).status_code == 302
        assert number % 3 or tap(pupil, boat, entry.position).status_code == 200
        assert send(pupil, decision, option="a").status_code == 302
    assert Word.objects.count() == Ballot.objects.count() == 3 * Cheer.objects.count() == 30
    assert Voice.objects.filter(guest__isnull=False).count() == 30


def test_a_flood_of_words_ends_and_so_does_one_of_new_names_from_one_address():
    boat = given.project()
    entry, eve = told(boat), browser(given.eve())
    answers = [speak(eve, boat, entry, f"Number {number}").status_code for number in range(10)]
    assert answers == [302] * 8 + [429] * 2
    for _ in range(400):
        crowds.newcomers.require("203.0.113.7")
    refused = speak(browser(**SCHOOL), boat, entry, "One more", name="Nobody")
    assert refused.status_code == 429 and "One more" in refused.content.decode()
    assert int(refused["Retry-After"]) > 0
    assert not Guest.objects.exists()
    elsewhere = browser(REMOTE_ADDR="203.0.113.8")
    assert speak(elsewhere, boat, entry, name="Dan").status_code == 302


def test_ballots_are_stuffed_by_no_number_of_browsers_nor_by_playing_one_again(settings):
    settings.BALLOTS_PER_ADDRESS = 3
    boat = given.project()
    decision, secret = put(boat), "s" * 24
    for _ in range(3):  # what was sent once, sent again by a browser that never heard
        assert send(browser(**SCHOOL), decision, option="a", once=secret).status_code == 302
    assert Ballot.objects.count() == 1
    answers = [send(browser(**SCHOOL), decision, option="b").status_code for _ in range(4)]
    assert answers == [302, 302, 429, 429]
    assert Ballot.objects.count() == 3


def test_a_forged_ballot_is_none():
    decision, eve = put(), browser(given.eve())
    for said in corpus.FORGED_BALLOTS:
        answer = eve.post(f"{decision.project.path}{decision.place}", said)
        assert 400 <= answer.status_code < 500, said
    assert not Ballot.objects.exists()


def test_what_another_site_sends_is_nobodys_word_cheer_or_ballot():
    boat = given.project()
    entry, decision, eve = told(boat), put(boat), browser(given.eve())
    afar = {"HTTP_SEC_FETCH_SITE": "cross-site"}
    for address, said in [
        (f"{boat.path}{entry.position}/say", {"words": "Hello"}),
        (f"{boat.path}{entry.position}/cheers", {"give": "courage"}),
        (f"{boat.path}{decision.place}", {"option": "a"}),
        (f"{boat.path}manners/yours/", {"act": "1", "words": "x"}),
    ]:
        assert eve.post(address, said, **afar).status_code in (403, 409)
    assert not (Word.objects.exists() or Cheer.objects.exists() or Ballot.objects.exists())


def test_a_bomb_of_mentions_is_each_ones_business_once():
    boat = given.project()
    entry = told(boat)
    say(boat, entry, "I was here", by=given.cleo())
    word = say(boat, entry, "@Ana @Bo @Cleo @everybody " * 190, by=given.eve())
    who = [one.voice for one in concerned.of(boat, Entry.objects.get(
        log=boat.room, position=word.position
    ))]  # fmt: skip
    assert sorted(who) == sorted({given.ana().voice_id, given.bo().voice_id})


def test_words_by_a_name_that_looks_like_anas_wait():
    boat = given.project()
    entry = told(boat)
    names = [*corpus.NAMES_LIKE_ANA, boat.studio.name]
    for name in names:
        answer = speak(browser(), boat, entry, "Send me your keys", name=name)
        assert answer.status_code == 202, ascii(name)
    assert Held.objects.count() == len(names) and not Word.objects.exists()
    today = browser(given.ana()).get(boat.desk).content.decode()
    assert f"{len(names)} words of others wait until you have looked" in today


def test_a_name_of_ones_own_is_heard_and_ana_herself_and_her_namesake_who_is_known():
    boat, namesake = given.project(), given.account("\u0391na")  # a Greek capital
    entry = told(boat)
    for name in ("Anna", "Ane", "\u0410\u043d\u043d\u0430", "An", "\u05d0"):
        assert speak(browser(), boat, entry, name=name).status_code == 302
    assert speak(browser(given.ana()), boat, entry).status_code == 302
    assert speak(browser(namesake), boat, entry).status_code == 202
    ana = browser(given.ana())
    ana.post(f"{boat.desk}manners/waiting/{Held.objects.get().pk}")
    assert speak(browser(namesake), boat, entry).status_code == 302
    assert likeness.look("\u2603") == ""


def test_who_gives_a_name_that_nobody_sees_is_asked_for_one():
    boat = given.project()
    entry = told(boat)
    for name in corpus.NAMES_OF_NOBODY:
        answer = speak(browser(), boat, entry, "Hello", name=name)
        assert answer.status_code == 400 and "Hello" in answer.content.decode(), ascii(name)
    assert not Guest.objects.exists()


def test_a_name_breaks_no_page():
    boat = given.project()
    entry = told(boat)
    for name in corpus.NAMES_THAT_BREAK:
        assert speak(browser(), boat, entry, name=name).status_code in (302, 400), ascii(name)
    page = entry_page(browser(), boat, entry)
    assert "<bdi>" in page and "<img src=x" not in page and "<script>alert" not in page
    for known in Voice.objects.filter(guest__isnull=False).values_list("name", flat=True):
        assert len(known) <= 60 and not HIDDEN.search(known) and not STACKED.search(known)


def test_hostile_words_are_words():
    boat = given.project()
    entry, eve = told(boat), given.eve()
    for number, words in enumerate(corpus.WORDS_THAT_HARM):
        one = given.account(f"Eve{number}")
        say(boat, entry, "I was here before", by=one, at=given.NOON)  # so that links don't wait
        say(boat, entry, words, by=one)
    positions = list(Word.objects.order_by("position").values_list("position", flat=True))
    reader = Reader(sight.of(eve, boat), "en", timezone.now(), is_full=True)
    for html in reading.drawn(boat, positions, reader).values():
        for tag, attributes in Said(html).tags:
            assert tag in SAFE_TAGS
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert re.match(r"https?:|mailto:|[^:]*$", attributes.get("href") or "")
        assert not HIDDEN.search(html) and not STACKED.search(html)
    assert len(positions) == 2 * len(corpus.WORDS_THAT_HARM)


def test_words_that_nobody_sees_are_not_said():
    boat = given.project()
    doubt, entry = told(boat, "doubt", "Is it too loud?", asks="advice"), told(boat)
    eve = browser(given.eve())
    for words in corpus.WORDS_OF_NOTHING:
        assert 400 <= speak(eve, boat, entry, words).status_code < 500, ascii(words)
        sent = eve.post(f"{boat.path}{doubt.position}/leads/", {"words": words})
        assert 400 <= sent.status_code < 500, ascii(words)
    assert not Entry.objects.filter(log=boat.room).exists()


def test_a_guessed_code_says_the_same_as_one_that_leads_to_what_is_hidden():
    hidden = given.project("secret")
    known = codes.make(hidden, at=timezone.now()).code
    type(hidden).objects.filter(pk=hidden.pk).update(withdrawn_at=timezone.now())

    def answered(code):
        answer = browser().post("/join", {"code": code})
        return answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())

    for code in corpus.CODES:
        assert answered(code) == answered(known), ascii(code)
    assert answered(known)[0] == 404


def test_codes_are_guessed_thirty_times_and_not_for_ever():
    answers = {browser(**SCHOOL).post("/join", {"code": "NOSUCH"}).status_code for _ in range(31)}
    assert answers == {404, 429}


def test_no_act_tells_a_hidden_project_from_none():
    hidden, eve = given.project("secret", is_raised=False), browser(given.eve())
    for below, said in [
        ("3/say", {"words": "x"}), ("3/cheers", {"give": "courage"}), ("3/ballot", {"option": "a"}),
        ("said/1/quiet", {"act": "mute"}), ("manners/yours/", {"act": "1", "words": "x"}),
        ("credits/mine", {"choice": "none"}), ("here", {"act": "show"}), ("said/1/person", {}),
        ("said/1/hiding", {"reason": "x"}), ("3/closing", {}), ("3/leads/", {"words": "x"}),
    ]:  # fmt: skip

        def bare(page, name):
            return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page).replace(name, b"")

        there = eve.post(f"{hidden.path}{below}", said)
        none = eve.post(f"/@atelier/no-such/{below}", said)
        assert there.status_code == none.status_code == 404, below
        assert bare(there.content, b"secret") == bare(none.content, b"no-such")


def test_no_answer_tells_who_has_an_account_or_is_a_guest():
    """A code by letter is sent, or not, in the same words; a guest's page is their browser's."""
    given.cleo()
    gus = browser(given.guest())
    for email in ("cleo@cast.test", "nobody@cast.test"):
        answer = gus.post("/account/guest/", {"act": "send", "email": email})
        assert answer.status_code == 302 and answer["Location"] == "/account/guest/"
    stranger = browser()
    voice = {"voice": given.cleo().voice_id, "act": "mute"}
    assert stranger.post("/account/kept-away/", voice).status_code == 401
    eve = browser(given.eve())
    pages = [
        eve.post("/account/kept-away/", {"voice": one, "act": "mute"}).status_code
        for one in ("a" * 26, "x\x00y", "")
    ]
    assert pages == [404] * 3
