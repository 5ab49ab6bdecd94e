"""A few words given with one tap: once each, taken back with the same, counted on the work."""

import re

import pytest
from django.test import Client

from coulisses.cheers import queries, rules, words
from coulisses.cheers.models import Cheer, Tally
from coulisses.cheers.tests.cheering import HERE, tap, told
from coulisses.moments import rules as moments
from coulisses.people import acting, holding
from coulisses.people.models import Guest
from coulisses.pins import rules as pins
from coulisses.projects import credited
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def page(client, project, position=""):
    return client.get(f"{project.path}{position}").content.decode()


def cheers_of(html, position):
    found = re.search(rf'<cheer-words[^>]*data-position="{position}".*?</cheer-words>', html, re.S)
    return found[0] if found else ""


@pytest.mark.both_databases
def test_one_of_each_per_person_undone_with_the_same_tap():
    boat, cleo = given.project(), given.come_in(Client(), given.cleo())
    entry = told(boat)
    for _ in range(2):
        assert tap(cleo, boat, entry.position).json() == {"courage": 1}
    tap(cleo, boat, entry.position, "beautiful")
    html = cheers_of(page(cleo, boat, entry.position), entry.position)
    assert '<button name="undo" value="courage" aria-pressed="true">' in html
    assert '<span data-word="courage" class="is-mine">courage <b>1</b>' in html
    for _ in range(2):
        assert tap(cleo, boat, entry.position, act="undo").json() == {"courage": 0}
    assert list(Cheer.objects.values_list("word", flat=True)) == ["beautiful"]


def test_dan_cheers_without_a_name_and_may_give_it_later(rf):
    boat, dan = given.project(), Client()
    entry = told(boat, "doubt")
    tap(dan, boat, entry.position)
    assert page(dan, boat, entry.position).count('aria-pressed="true"') == 1
    guest = Guest.objects.get()
    assert (guest.voice.name, guest.voice.is_named) == ("", False)
    request = rf.get("/")
    request.user, request.session = None, dan.session
    assert acting.of(request).is_nameless
    named = acting.come_in(request, name="Dan", at=given.NOON)
    assert named.voice == guest.voice_id and Guest.objects.count() == 1
    assert "from <b>Dan</b>" in cheers_of(page(Client(), boat), entry.position)


def test_a_stage_holds_the_words_once_and_under_each_card_what_was_given():
    boat, cleo = given.project(), given.come_in(Client(), given.cleo())
    first, doubt, last = told(boat), told(boat, "doubt"), told(boat)
    tap(cleo, boat, first.position, "more")
    html = page(cleo, boat)
    assert html.count('value="courage"') == 1 and html.count("<template><form") == 1
    assert "<template>" in cheers_of(html, last.position)
    for entry, more in ((first, ""), (doubt, " silent")):
        opened = f'<cheer-words class="cheers" data-position="{entry.position}"{more}>'
        link = f'<a href="{boat.path}{entry.position}#cheer">Cheer</a>'
        assert cheers_of(html, entry.position).startswith(opened + link)
    assert ' class="is-mine">tell me more <b>1</b>' in cheers_of(html, first.position)
    assert 'id="cheer"' in page(Client(), boat, first.position)  # where that leads to


def test_it_works_without_script_and_comes_back_to_where_one_was():
    boat, dan = given.project(), Client()
    entry = told(boat)
    asked = f"{boat.path}{entry.position}/cheers"
    came = {"HTTP_REFERER": f"http://testserver{boat.path}?show=moments"}
    answer = dan.post(asked, {"give": "courage"}, **HERE, **came)
    assert answer["Location"] == f"{boat.path}?show=moments#cue-{entry.position}"
    away = dan.post(asked, {"undo": "courage"}, **HERE, HTTP_REFERER="https://elsewhere.test/x")
    assert away["Location"] == f"{boat.path}{entry.position}#cue-{entry.position}"
    assert not Cheer.objects.exists()


@pytest.mark.parametrize("kind", ["doubt", "failure"])
def test_no_number_stands_on_a_doubt_or_a_failure_but_a_few_names(kind):
    boat = given.project()
    entry = told(boat, kind)
    shown = []
    for number in range(5):
        client = Client()
        given.come_in(client, given.guest(f"Guest {'ABCDE'[number]}"))
        answer = tap(client, boat, entry.position)
        assert answer.json()["courage"] is True
        shown.append(
            (
                cheers_of(page(Client(), boat), entry.position),
                page(Client(), boat, entry.position),
                Client().get(f"{boat.path}cheers?of={entry.position}").content,
            )
        )
    assert "from <b>Guest A, Guest B, Guest C</b>" in shown[4][0]
    assert shown[2] == shown[3] == shown[4]  # nobody can count what comes later
    assert "<b>5</b>" not in shown[4][0] and " 5" not in shown[4][0]


@pytest.mark.both_databases
def test_a_signal_of_a_doubt_is_said_only_where_what_is_shown_moved():
    boat = given.project()
    entry = told(boat, "doubt")
    eyes = frozenset({"public"})
    for number, name in enumerate("ABCDE"):
        at = given.minutes(number)
        rules.give(boat, entry, "courage", by=given.guest(name).voice_id, at=at)
    assert queries.moved(boat, eyes, given.minutes(1.5)) == {
        str(entry.position): {"courage": True, "names": ["A", "B", "C"]}
    }
    assert queries.moved(boat, eyes, given.minutes(2.5)) == {}


def test_a_project_chooses_its_words_and_what_was_given_keeps_its_own():
    boat, cleo, ana = given.project(), Client(), given.come_in(Client(), given.ana())
    given.come_in(cleo, given.cleo())
    entry = told(boat)
    tap(cleo, boat, entry.position, "beautiful")
    desk = f"/desk/@atelier/{boat.slug}/cheers/"
    assert 'value="thank you for showing"' in ana.get(desk).content.decode()
    ana.post(desk, {"word": ["Ahoy", "courage", "Moi  aussi", ""]})
    known = words.of(boat)
    assert [known.says(key) for key in known.keys] == ["Ahoy", "courage", "me too"]
    ahoy = known.keys[0]
    tap(cleo, boat, entry.position, ahoy)
    assert tap(cleo, boat, entry.position, "thanks").status_code == 422
    ana.post(desk, {"word": ["Oars!"]})
    html = cheers_of(page(Client(), boat, entry.position), entry.position)
    assert ">Ahoy <b>1</b>" in html and ">beautiful <b>1</b>" in html
    assert re.findall(r'<button name="give" value="(\w+)"', html) == list(words.of(boat).keys)
    html = cheers_of(page(cleo, boat, entry.position), entry.position)
    assert 'name="undo" value="beautiful"' in html
    ana.post(desk, {"word": ["ahoy"]})
    assert words.of(boat).keys == (ahoy,)
    ana.post(desk, {"house": "1"})
    assert words.of(boat).keys == tuple(words.HOUSE)
    long = ana.post(desk, {"word": ["x" * 41]})
    assert long.status_code == 422 and "x" * 41 in long.content.decode()
    assert ana.post(desk, {"word": list("abcdefg")}).status_code == 422


def test_what_is_shredded_takes_its_cheers_along_and_a_rehearsal_has_none():
    boat, quiet = given.project(), given.project("quiet", is_raised=False)
    entry, hidden = told(boat), told(quiet)
    cleo, ana = given.come_in(Client(), given.cleo()), given.come_in(Client(), given.ana())
    tap(cleo, boat, entry.position)
    assert tap(ana, quiet, hidden.position).status_code == 409
    assert "<cheer-words" not in page(ana, quiet)
    moments.shred(boat, entry.position, reason="", by=given.ana().voice_id, at=given.NOON)
    assert not Cheer.objects.exists() and not Tally.objects.exists()
    assert tap(cleo, boat, entry.position).status_code == 409
    pinned = pins.pin(boat, told(boat).position, by=given.ana().voice_id, at=given.NOON)
    assert tap(cleo, boat, pinned.position).status_code == 409  # one line among others


def test_who_cheered_is_credited_and_takes_it_home():
    boat, cleo = given.project(), given.cleo()
    first, second = told(boat), told(boat)
    client = given.come_in(Client(), cleo)
    tap(client, boat, second.position, "beautiful")
    tap(client, boat, first.position)
    tap(Client(), boat, first.position)
    acts = [one for one in credited.acts(boat) if one.role == "support"]
    assert [(one.voice, one.place) for one in acts] == [(cleo.voice_id, str(second.position))]
    shelf = next(one for one in holding.shelves() if one.name == "cheers")
    assert [(one["entry"], one["word"]) for one in shelf.rows(cleo)] == [
        (second.position, "beautiful"),
        (first.position, "courage"),
    ]


def test_a_page_asks_no_more_for_thirty_entries_than_for_three(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    boat, cleo = given.project(), given.come_in(Client(), given.cleo())
    counts = []
    for size in (3, 12):
        for number in range(size):
            entry = told(boat, "doubt" if number % 2 else "progress", title=f"{number}")
            tap(cleo, boat, entry.position)
        page(cleo, boat)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(cleo, boat)
        counts.append(len([one for one in asked.captured_queries if "cheers" in one["sql"]]))
    assert counts[0] == counts[1]
