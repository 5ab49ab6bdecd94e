"""What is said now is what the log says; threads cost the same whatever their length."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coulisses.manners import gates
from coulisses.people import holding, leaving
from coulisses.people.models import Departure
from coulisses.projects import concerned, credited, waiting
from coulisses.projects import heard as room
from coulisses.sessions import rules as sessions
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.voices import deriving, reading, rules
from coulisses.voices.models import Part, Talk, Word
from coulisses.voices.tests import speaking

pytestmark = pytest.mark.django_db


def standing(project):
    """Return all that is derived, as plain values."""
    return [
        sorted(map(repr, model.objects.filter(project=project).values(*fields)))
        for model, fields in (
            (Word, ["position", "cue", "thread", "voice", "is_gone", "is_waiting", "is_maker"]),
            (Part, ["cue", "voice", "words", "first_position", "is_maker"]),
            (Talk, ["cue", "voices"]),
        )
    ]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["say", "answer", "take back", "amend"]),
        st.sampled_from(["Ana", "Cleo", "Eve"]),
        st.integers(0, 6),
    ),
    max_size=9,
)


class Threads(TestCase):
    @settings(max_examples=10, deadline=None)
    @drawn(acts=ACTS)
    def test_a_replay_makes_what_stands_whatever_was_said(self, acts):
        boat = given.project("boat")
        entries = [speaking.told(boat), speaking.told(boat)]
        for act, name, which in acts:
            _carry_out(boat, entries, act, given.account(name), which)
        before = standing(boat)
        words = Word.objects.filter(project=boat)
        for one in words.filter(is_first=False):
            first = words.get(position=one.thread)
            assert (first.is_first, first.cue, first.audience) == (True, one.cue, one.audience)
        for talk in Talk.objects.filter(project=boat):
            voices = words.filter(cue=talk.cue, is_gone=False).values_list("voice", flat=True)
            assert talk.voices == len(set(voices))
        for one in words.filter(is_waiting=True):
            answers = words.filter(thread=one.position, is_maker=True, is_gone=False)
            assert not answers.exists()
        deriving.replay(boat)
        assert standing(boat) == before
        checked(boat.room)


def _carry_out(boat, entries, act, who, which):
    entry, role = entries[which % 2], speaking.by_team(boat, who)
    words = list(Word.objects.filter(project=boat).order_by("position"))
    if act == "say" or not words:
        speaking.say(boat, entry, "A", by=who, role=role)
        return
    word = words[which % len(words)]
    entry = next(one for one in entries if one.position == word.cue)
    if act == "answer":
        speaking.say(boat, entry, "B", by=who, to=word.position, role=role)
    elif word.voice == who.voice_id and not word.is_gone:
        by = dict(by=who.voice_id, at=timezone.now())
        if act == "amend":
            rules.amend(boat, word, words="C", **by)
        else:
            rules.take_back(boat, word, **by, is_owner=False)


def test_a_long_thread_asks_no_more_than_a_short_one(monkeypatch):
    monkeypatch.setattr(gates, "AT_ONCE", 1_000)  # one voice says it all, in no time
    monkeypatch.setattr(reading, "THREADS", 4)
    boat, cleo = given.project("boat"), given.cleo()
    hull = speaking.told(boat)
    client = speaking.browser(given.eve())

    def asked(address):
        client.get(f"{boat.path}{address}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{boat.path}{address}").status_code == 200
        return len(queries)

    for _ in range(2):
        first = speaking.say(boat, hull, "A", by=cleo)
        speaking.say(boat, hull, "B", by=given.eve(), to=first.position)
    addresses = ("3", "3/said", "said/1/", "")
    few = [asked(one) for one in addresses]
    for number in range(9):
        again = speaking.say(boat, hull, f"A{number}", by=cleo)
        for to in (first.position, again.position):
            speaking.say(boat, hull, "B", by=given.guest(), to=to)
    assert [asked(one) for one in addresses] == few


@pytest.mark.both_databases
def test_threads_and_answers_are_read_a_page_at_a_time(monkeypatch):
    monkeypatch.setattr(gates, "AT_ONCE", 1_000)
    monkeypatch.setattr(reading, "THREADS", 2)
    monkeypatch.setattr(reading, "OPENS", 2)
    monkeypatch.setattr(reading, "A_PAGE", 2)
    boat, cleo = given.project("boat"), given.cleo()
    hull = speaking.told(boat)
    for number in range(5):
        speaking.say(boat, hull, f"first {number}", by=cleo)
        speaking.say(boat, hull, f"answer {number}", by=cleo, to=1)
    dan = speaking.browser()

    def seen(address):
        page = dan.get(f"{boat.path}{address}").content.decode()
        return [one for one in range(5) for kind in ("first", "answer") if f"{kind} {one}" in page]

    assert seen("3") == [3, 4] and seen("3/said") == [3, 4]
    assert "said?before=7" in dan.get(f"{boat.path}3").content.decode()
    assert seen("3/said?before=7") == [1, 2]
    assert seen("3/said?before=3") == [0, 2, 3, 4]  # the first thread, and its last answers
    assert seen("said/1/") == [0, 3, 4]
    assert seen("said/1/?before=8") == [0, 1, 2]
    old = rules.say(boat, hull, rules.draft(hull, words="late", to=1),
                    by=cleo.voice_id, at=given.NOON)  # fmt: skip
    sent = speaking.browser(cleo).post(f"{boat.path}3/say", {"words": "later", "to": "1"})
    assert sent["Location"] == f"{boat.path}said/1/#say-{old.position + 1}"


def test_whom_it_concerns_and_who_took_part():
    boat, cleo, eve = given.project("boat"), given.cleo(), given.eve()
    hull = speaking.told(boat)
    speaking.say(boat, hull, "One", by=cleo)
    speaking.say(boat, hull, "Two", by=eve, to=1)
    last = speaking.say(boat, hull, "Three", by=given.ana(), to=1, role="owner")
    entry = reading.room.read(
        boat, audiences=frozenset({"public"}), at=given.NOON, positions=[last.position]
    )[0]
    why = {one.voice: one.why for one in concerned.of(boat, entry)}
    assert why == {
        cleo.voice_id: "voice_answered",
        eve.voice_id: "voice_thread",
        given.bo().voice_id: "voice_work",
    }
    assert {one.thread for one in concerned.of(boat, entry)} == {"said-1"}
    assert "answered you" in concerned.sentence("voice_answered")
    acts = {one.voice: one for one in credited.acts(boat) if one.role == "voice"}
    assert set(acts) == {cleo.voice_id, eve.voice_id}
    assert acts[eve.voice_id].place == "3#say-2"


@pytest.mark.both_databases
def test_what_is_hidden_waits_for_no_answer_and_credits_nobody():
    boat, cleo, gus = given.project(), given.cleo(), given.guest("Rude Gus")
    hull = speaking.told(boat)
    for words, who in (("Fools", gus), ("Idiots", cleo), ("Sorry", cleo)):
        speaking.say(boat, hull, words, by=who)
    for position in (1, 2):
        room.hide(boat, position, reason="Kinder", at=timezone.now())
    assert waiting.count(boat) == 1
    assert [one.words for _label, one in waiting.oldest(boat, limit=1)] == ["Sorry"]
    acts = [(one.voice, one.place) for one in credited.acts(boat) if one.role == "voice"]
    assert acts == [(cleo.voice_id, f"{hull.position}#say-3")]


def test_what_was_said_is_taken_home_and_goes_on_ones_wish():
    boat, cleo = given.project("boat"), given.cleo()
    hull = speaking.told(boat)
    speaking.say(boat, hull, "My words", by=cleo)
    speaking.say(boat, hull, "Her own", by=given.eve())
    shelf = next(one for one in holding.shelves() if one.name == "said")
    assert [row["said"]["words"] for row in shelf.rows(cleo)] == ["My words"]
    due = given.minutes(-9)
    asked = Departure.objects.create(account=cleo, withdraws=True, asked_at=due, due_at=due)
    leaving.carry_out_next()
    leaving.carry_out_next()
    assert not Departure.objects.filter(pk=asked.pk).exists()
    assert [one.is_gone for one in Word.objects.order_by("position")] == [True, False]
    page = speaking.entry_page(speaking.browser(), boat, hull)
    assert "My words" not in page and "Her own" in page
    checked(boat.room)


def test_words_run_beside_a_session_and_stay_readable_after():
    boat, now = given.project("boat"), timezone.now()
    sessions.start(boat, words="The keel", by=given.ana().voice_id, at=now)
    hull = speaking.told(boat)
    speaking.say(boat, hull, "Go on!", by=given.cleo())
    dan = speaking.browser()
    page = dan.get(f"{boat.path}sessions/1/").content.decode()
    assert "Go on!" in page and f'action="{boat.path}3/say"' in page and "room/live" in page
    dan.post(f"{boat.path}3/say", {"words": "Beside it", "name": "Dan"})
    sessions.end(boat, by=given.ana().voice_id, at=timezone.now())
    speaking.say(boat, hull, "Too late", by=given.cleo())
    page = dan.get(f"{boat.path}sessions/1/").content.decode()
    assert "Go on!" in page and "Beside it" in page and "Too late" not in page
    assert "say-form" not in page


def test_a_quiet_entry_of_a_loud_room_is_looked_up_by_its_own_threads():
    boat = given.project("boat")
    hull = speaking.told(boat)
    speaking.say(boat, hull, "Is it round?", by=given.cleo())
    with CaptureQueriesContext(connection) as asked:
        assert "Is it round?" in speaking.entry_page(speaking.browser(), boat, hull)
    [look] = [one["sql"] for one in asked if "voices_word" in one["sql"] and "LIMIT" in one["sql"]]
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"explain query plan {look}").fetchall())
    assert "word_threads (project_id=? AND cue=? AND is_first=?)" in plan
