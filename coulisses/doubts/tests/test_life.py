"""A doubt is open, then tried, then settled or let go; its table is what its log says."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from coulisses.doubts import life, queries, rules
from coulisses.doubts.models import Life
from coulisses.doubts.refusals import (
    DoubtIsOpen,
    DoubtIsOver,
    NotADoubt,
    NothingThatSettles,
    SettledOutOfSight,
    TooManyWords,
    WordsNeeded,
)
from coulisses.doubts.tests.telling import ana, told
from coulisses.lib.places import GREATEST
from coulisses.lib.refusals import Refusal
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.moments import rules as moments
from coulisses.projects import finishing
from coulisses.projects.refusals import CurtainHasFallen
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def table(project):
    names = ("position", "audience", "state", "said", "settled_by", "at")
    return sorted(Life.objects.filter(project=project).values_list(*names))


def standing(project, position):
    rows = Life.objects.filter(project=project, position=position)
    return rows.values_list("state", "settled_by").first()


@pytest.mark.both_databases
def test_a_doubt_is_tried_settled_and_opened_again():
    boat = given.project()
    doubt, other = told(boat), told(boat, title="Will it float?")
    rules.tried(boat, doubt, words="A darker red", **ana())
    rules.tried(boat, doubt, words="A smaller one", **ana())
    assert standing(boat, doubt) == ("tried", 0)
    answer = told(boat, "breakthrough", "It was alone")
    settled = rules.settle(boat, doubt, settled_by=answer, **ana())
    assert (settled.about, settled.fact.by) == (doubt, answer)
    assert standing(boat, doubt) == ("settled", answer)
    with pytest.raises(DoubtIsOver):
        rules.let_go(boat, doubt, **ana())
    rules.reopen(boat, doubt, words="Not in the evening", **ana())
    with pytest.raises(DoubtIsOpen):
        rules.reopen(boat, doubt, **ana())
    rules.let_go(boat, doubt, **ana())
    assert standing(boat, doubt) == ("let_go", 0) and standing(boat, other) is None
    assert [one.position for one in queries.open_doubts(boat)[0]] == [other]
    before = table(boat)
    rules.replay(boat)
    assert table(boat) == before
    checked(boat.work)


def test_what_cannot_be_is_refused_by_name():
    boat = given.project()
    doubt, note = told(boat), told(boat, "note", "A note")
    early, late = told(boat), told(boat, "note", "Later")
    wings = given.tier(boat, given.cleo())
    members = told(boat, "note", "For the wings", audience=wings.pk)
    pinned = rules.tried(boat, early, words="x", **ana()).position
    for position, refusal in [
        (note, NotADoubt),
        (999, EntryNotFound),
        (GREATEST + 1, EntryNotFound),
    ]:
        with pytest.raises(refusal):
            rules.tried(boat, position, words="x", **ana())
    for words, refusal in [("", WordsNeeded), (" \u202e ", WordsNeeded), ("x" * 501, TooManyWords)]:
        with pytest.raises(refusal):
            rules.tried(boat, doubt, words=words, **ana())
    for by in (doubt, 2, 999, pinned, GREATEST + 1):
        with pytest.raises(NothingThatSettles):
            rules.settle(boat, early, settled_by=by, **ana())
    with pytest.raises(SettledOutOfSight):
        rules.settle(boat, doubt, settled_by=members, **ana())
    with pytest.raises(WordsNeeded):
        rules.settle(boat, doubt, **ana())
    finishing.finish(boat, **ana())
    with pytest.raises(CurtainHasFallen):
        rules.settle(boat, doubt, settled_by=late, **ana())
    assert table(boat) == [row for row in table(boat) if row[0] == early]


def test_what_is_said_of_a_members_doubt_is_for_members():
    boat = given.project()
    wings = given.tier(boat, given.cleo())
    doubt = told(boat, audience=wings.pk, asks="advice")
    answer = told(boat, "note", "For all")
    rules.settle(boat, doubt, words="hush", settled_by=answer, **ana())
    last = Entry.objects.filter(log=boat.work).latest("position")
    assert last.audience == wings.pk
    outside = queries.lives(boat, [answer], audiences=ledger.OUTSIDE)
    inside = queries.lives(boat, [answer], audiences=ledger.OUTSIDE | {wings.pk})
    assert outside == ([], []) and [one.position for one in inside[1]] == [doubt]


def test_words_about_a_doubt_go_with_it_and_what_settled_it_may_go_alone():
    boat = given.project()
    doubt, other = told(boat), told(boat)
    answer = told(boat, "note", "Answer")
    said = rules.tried(boat, doubt, words="secret", **ana()).position
    rules.settle(boat, other, words="so", settled_by=answer, **ana())
    moments.shred(boat, doubt, reason="", **ana())
    moments.shred(boat, answer, reason="", **ana())
    assert Entry.objects.get(log=boat.work, position=said).is_shredded
    assert standing(boat, doubt) is None and standing(boat, other) == ("settled", 0)
    before = table(boat)
    rules.replay(boat)
    assert table(boat) == before
    checked(boat.work)


ACTS = ["tried", "settle", "let_go", "reopen", "shred"]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), max_size=12)


@settings(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck))
@drawn(steps=STEPS)
def test_whatever_is_told_the_table_is_what_the_log_says(steps, db):
    boat = given.project(f"boat-{Entry.objects.count()}")
    doubts = [told(boat), told(boat), told(boat)]
    expected = dict.fromkeys(doubts, life.OPEN)
    kinds = {"tried": "doubt.tried", "settle": "doubt.settled"}
    kinds |= {"let_go": "doubt.let_go", "reopen": "doubt.reopened"}
    for act, which in steps:
        doubt = doubts[which]
        if act == "shred":
            with_words = expected.pop(doubt, None)
            if with_words:
                moments.shred(boat, doubt, reason="", **ana())
            continue
        becomes = life.after(expected.get(doubt, life.OPEN), kinds[act])
        try:
            getattr(rules, act)(boat, doubt, words="so", **ana())
        except Refusal:
            assert doubt not in expected or becomes is None
        else:
            expected[doubt] = becomes
    found = {at: life.OPEN for at in expected} | {row[0]: row[2] for row in table(boat)}
    assert found == expected
    before = table(boat)
    rules.replay(boat)
    assert table(boat) == before
