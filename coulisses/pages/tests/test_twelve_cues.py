"""A project in twelve cues: a rule that anybody can follow, for whoever may see what it finds."""

import re

import pytest
from django.test import Client
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from coulisses.doubts import rules as doubts
from coulisses.log import ledger
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.pins import rules as pins
from coulisses.projects import rules as projects
from coulisses.recaps import chosen
from coulisses.testing import given

pytestmark = pytest.mark.django_db

CUES = "/@atelier/boat/cues/"
KINDS = ["milestone", "breakthrough", "failure", "doubt"]
NUMBERS = st.sets(st.integers(1, 400), max_size=40)


def positions(client, address=CUES):
    """Return the numbers of the cues of a page, in its order."""
    html = client.get(address).content.decode()
    return [int(one) for one in re.findall(r'<h2 lang="\w*"><a href="[^"]*/(\d+)">', html)]


def pin(project, *where):
    for position in where:
        pins.pin(project, position, by=given.ana().voice_id, at=given.minutes(500))


@settings(max_examples=60, deadline=None)
@drawn(pinned=NUMBERS, others=st.dictionaries(st.sampled_from(chosen.TURNS), NUMBERS))
def test_there_are_twelve_at_most_and_what_must_be_there_is(pinned, others):
    found = chosen.choose((1, 400), pinned, others)
    every = {1, 400}.union(pinned, *others.values())
    assert len(found) == min(12, len(every) if len(pinned - {1, 400}) <= 10 else 12)
    assert list(found) == sorted(found) and set(found) <= every
    assert found[1] == "first" and found[400] == "latest"
    assert len(pinned) > 10 or pinned <= set(found)
    assert found == chosen.choose((1, 400), set(sorted(pinned, reverse=True)), others)


def test_failures_and_doubts_have_their_places_far_from_each_other():
    failures, doubts = {10, 11, 12, 200}, {20, 21, 390}
    found = chosen.choose((1, 400), {2}, {"failure": failures, "doubt": doubts})
    assert {at for at, why in found.items() if why == "failure"} >= {200, 10} - {11}
    assert list(found)[:2] == [1, 2] and {390, 200} <= set(found)


def test_a_doubt_stands_with_its_end_and_a_failure_with_what_it_taught():
    boat, ana = given.project("boat"), given.ana().voice_id
    for number, kind in enumerate(("doubt", "failure", "breakthrough")):
        told.say(boat, f"{kind} so far", kind=kind, at=given.minutes(number))
    cues = Client().get(CUES).content.decode()
    assert "Settled by" not in cues and "What I learnt" not in cues
    doubts.settle(boat, 3, words="alone it holds", settled_by=5, by=ana, at=given.minutes(9))
    moments.learn(boat, 4, words="glue first", by=ana, at=given.minutes(9))
    cues = Client().get(CUES).content.decode()
    assert "Settled by" in cues and "alone it holds" in cues and "glue first" in cues


@pytest.mark.both_databases
def test_a_long_project_is_told_in_twelve_by_the_same_rule_everywhere():
    boat = given.project("boat")
    for number in range(60):
        kind = KINDS[number % 4] if number % 5 == 0 else "note"
        told.say(boat, f"{kind} {number}", kind=kind, at=given.minutes(number))
    pin(boat, 7, 33)
    found = positions(Client())
    assert found == sorted(found) and len(found) == 12
    assert {3, 7, 33, 62} <= set(found)
    titles = Client().get(CUES).content.decode()
    assert all(f">{kind} " in titles for kind in KINDS)


def test_the_page_asks_as_little_of_many_entries_as_of_few(django_assert_num_queries):
    short, long = given.project("short"), given.project("long")
    for project, count in ((short, 12), (long, 80)):
        for number in range(count):
            kind = KINDS[number % 4]
            told.say(project, f"{number}", kind=kind, at=given.minutes(number))
    for project in (short, long):
        with django_assert_num_queries(14):  # one of them for the first page of a project alone
            assert len(positions(Client(), f"{project.path}cues/")) == 12


def test_the_biggest_change_of_a_stretch_is_told_with_its_picture():
    boat = told.everything("boat")
    told.save(boat, told.code(900), title="Rewritten", at=given.minutes(400))
    told.save(boat, told.code(1), title="Typo", at=given.minutes(401))
    html = Client().get(CUES).content.decode()
    assert "Rewritten" in html and f'src="{boat.path}3/picture/0/after/small"' in html


def test_a_day_of_nothing_but_saves_is_told_in_twelve_too():
    boat = given.project("boat")
    for number in range(40):
        told.save(boat, told.code(number + 1), title=f"Save {number}", at=given.minutes(number))
    assert len(positions(Client())) == 12


def test_what_was_shredded_is_no_cue_and_leaves_the_page():
    boat = told.everything("boat")
    assert "A failure" in Client().get(CUES).content.decode()
    projects.shred(boat, 7, reason="in haste", by=given.ana().voice_id, at=given.minutes(300))
    assert 7 not in positions(Client())
    assert "A failure" not in Client().get(CUES).content.decode()


def test_an_empty_project_says_so_and_leads_to_the_stage():
    given.project("boat")
    html = Client().get(CUES).content.decode()
    assert "Nothing to choose from yet." in html and positions(Client()) == []
    assert "/cues/" not in Client().get("/@atelier/punt/").content.decode()


def test_the_stage_leads_there_and_the_page_says_how_they_were_chosen():
    told.everything("boat")
    assert f'href="{CUES}"' in Client().get("/@atelier/boat/").content.decode()
    assert "how these were chosen" in Client().get(CUES).content.decode()


def test_eve_finds_no_members_words_among_the_cues_and_cleo_does():
    boat = told.everything("boat")
    hidden = ledger.read(boat.work, audiences=ledger.EVERYTHING, at=given.NOON)[-2]
    assert hidden.fact.title == told.SECRET
    for number in range(5):
        told.say(boat, f"Later {number}", at=given.minutes(300 + number))
    pin(boat, hidden.position)
    before = Client().get(CUES).content
    assert told.SECRET.encode() not in before
    eve, cleo = Client(), Client()
    eve.force_login(given.eve())
    cleo.force_login(given.cleo())
    assert told.SECRET not in eve.get(CUES).content.decode()
    assert told.SECRET in cleo.get(CUES).content.decode()
    assert Client().post(CUES).status_code == 405


def test_a_rehearsals_cues_are_for_its_team_alone():
    boat = given.project("boat", is_raised=False)
    told.say(boat, "Hush", at=given.minutes(1))
    ana = Client()
    ana.force_login(given.ana())
    assert "Hush" in ana.get(CUES).content.decode()
    for name in ("", "Eve"):
        client = Client()
        if name:
            client.force_login(given.account(name))
        assert client.get(CUES).status_code == 404
