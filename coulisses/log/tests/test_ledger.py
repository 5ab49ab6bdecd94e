"""What is told stays told, in order, once, and seen by those it was told to."""

import threading
from datetime import timedelta

import pytest
from django.db import Error, close_old_connections, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coulisses.log import guards, kinds, ledger
from coulisses.log.kinds import Fact, kind
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry, Log, Sealed
from coulisses.log.refusals import EntryTooLong
from coulisses.testing.checked import checked
from coulisses.testing.given import NOON

pytestmark = pytest.mark.both_databases

ANA = "a" * 26
WINGS = "w" * 26


@kind("test.said")
class Said(Fact):
    """Something said in a test. Shreds: words."""

    words: str
    about: int | None = None
    teaser: str = ""

    def filed_under(self) -> str:
        """Return the first word."""
        return self.words.split(" ")[0][:16]

    def teaser_for_others(self) -> str:
        """Return the teaser."""
        return self.teaser


def say(log: Log, words: str, **more):
    defaults = {"by": ANA, "happened_at": NOON, "told_at": NOON}
    about, teaser = more.pop("about", None), more.pop("teaser", "")
    fact = Said(words=words, about=about, teaser=teaser)
    return ledger.append(log, fact, **{**defaults, **more})


def seen(log: Log, audiences=ledger.OUTSIDE, at=NOON, **more):
    return [
        (entry.position, "curtained" if isinstance(entry, Curtained) else entry.fact.words)
        for entry in ledger.read(log, audiences=audiences, at=at, **more)
    ]


def test_what_is_told_is_read_back_in_order():
    log = ledger.open_log()
    for words in ("one", "two", "three"):
        say(log, words)
    assert seen(log) == [(1, "one"), (2, "two"), (3, "three")]
    assert seen(log, after=1, before=3) == [(2, "two")]
    assert seen(log, newest_first=True, limit=1) == [(3, "three")]
    assert checked(log) == 3


def test_a_key_said_twice_is_told_once():
    log = ledger.open_log()
    first, again = say(log, "one", once="k"), say(log, "one", once="k")
    assert (first.pk, first.is_new, again.is_new) == (again.pk, True, False)
    assert ledger.once_known(log, ["k", "other"]) == {"k"}
    assert checked(log) == 1


def test_the_same_key_in_another_log_is_another_entry():
    first, second = ledger.open_log(), ledger.open_log()
    assert say(first, "one", once="k").pk != say(second, "one", once="k").pk


def test_five_writers_leave_no_gap(transactional_house):
    log = ledger.open_log()

    def write():
        for number in range(20):
            say(log, str(number))
        close_old_connections()
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert checked(log) == 100


def test_an_entry_rolled_back_leaves_nothing():
    log = ledger.open_log()
    say(log, "one")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        say(log, "two")
        raise ZeroDivisionError
    assert (seen(log), checked(log)) == ([(1, "one")], 1)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda: Entry.objects.update(by="x" * 26),
        lambda: Entry.objects.all()._raw_delete("default"),
        lambda: Sealed.objects.update(content=b"{}"),
        lambda: Sealed.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_rewrite(rewrite):
    log = ledger.open_log()
    say(log, "one")
    with pytest.raises(Error), transaction.atomic():
        rewrite()
    assert checked(log) == 1


def test_the_database_refuses_to_replace_an_entry():
    if connection.vendor != "sqlite":
        return  # INSERT OR REPLACE is SQLite's
    log = ledger.open_log()
    say(log, "one")
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert or replace into log_entry select * from log_entry")
    assert checked(log) == 1


def test_the_guards_stand_and_are_missed_when_one_falls():
    guards.assert_armed()
    on = "" if connection.vendor == "sqlite" else " on log_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"drop trigger entries_stay{on}")
    with pytest.raises(guards.GuardsMissing, match="entries_stay"):
        guards.assert_armed()
    guards.rearm()
    guards.assert_armed()


def test_an_entry_for_members_shows_others_only_its_place():
    log = ledger.open_log()
    say(log, "secret", audience=WINGS, teaser="soon")
    say(log, "open")
    assert seen(log) == [(1, "curtained"), (2, "open")]
    assert seen(log, audiences=ledger.OUTSIDE | {WINGS}) == [(1, "secret"), (2, "open")]
    assert seen(log, audiences=ledger.EVERYTHING) == [(1, "secret"), (2, "open")]
    assert ledger.read(log, audiences=ledger.OUTSIDE, at=NOON)[0] == Curtained(1, WINGS, "soon")


def test_the_moment_of_a_members_entry_is_hidden_until_the_next_hour_or_public_entry():
    log = ledger.open_log()
    say(log, "open")
    say(log, "secret", audience=WINGS, told_at=NOON + timedelta(minutes=20))
    assert seen(log, at=NOON + timedelta(minutes=59)) == [(1, "open")]
    assert ledger.horizon(log, audiences=ledger.OUTSIDE, at=NOON + timedelta(minutes=59)) == 1
    assert seen(log, at=NOON + timedelta(minutes=60)) == [(1, "open"), (2, "curtained")]
    say(log, "next", told_at=NOON + timedelta(minutes=30))
    assert len(seen(log, at=NOON + timedelta(minutes=30))) == 3


def test_a_filter_never_tells_what_a_curtained_entry_is():
    log = ledger.open_log()
    say(log, "doubt one", audience=WINGS)
    say(log, "doubt two")
    assert seen(log, topics=["doubt"]) == [(2, "doubt two")]


def test_what_happened_between_two_times_is_found_by_its_hour_whenever_it_was_told():
    log = ledger.open_log()
    for minutes in (0, 5, 10, 60):
        say(log, f"at {minutes}", happened_at=NOON + timedelta(minutes=minutes))
    say(log, "told late", happened_at=NOON + timedelta(minutes=7))
    hour = (NOON + timedelta(minutes=5), NOON + timedelta(minutes=10))
    assert seen(log, during=hour) == [(2, "at 5"), (3, "at 10"), (5, "told late")]
    say(log, "secret", audience=WINGS, happened_at=NOON + timedelta(minutes=6), teaser="psst")
    say(log, "and on")
    assert seen(log, during=hour) == [(2, "at 5"), (3, "at 10"), (5, "told late")]
    assert (6, "secret") in seen(log, frozenset({"public", WINGS}), during=hour)


def test_sequels_are_found_by_the_entry_they_speak_of():
    log = ledger.open_log()
    say(log, "one")
    say(log, "better", about=1)
    say(log, "hidden", about=1, audience=WINGS)
    say(log, "two")
    found = ledger.sequels(log, [1, 4], audiences=ledger.OUTSIDE, at=NOON)
    assert {key: [entry.position for entry in value] for key, value in found.items()} == {1: [2]}


def test_a_log_of_no_sequels_or_of_no_positions_asked_for_has_none():
    log = ledger.open_log()
    say(log, "one")
    say(log, "two", about=1)
    for asked in ([], [2]):
        assert ledger.sequels(log, asked, audiences=ledger.EVERYTHING, at=NOON) == {}
    assert seen(log, positions=[]) == seen(log, topics=[]) == []


@pytest.mark.parametrize("audiences", [ledger.OUTSIDE, ledger.OUTSIDE | {WINGS}, ledger.EVERYTHING])
def test_a_part_of_a_log_is_a_part_of_what_may_be_seen_of_all(audiences):
    log = ledger.open_log()
    for number in range(12):
        words = f"{'doubt' if number % 2 else 'step'} {number}"
        say(log, words, audience=WINGS if number % 3 == 1 else ledger.PUBLIC)
    whole = seen(log, audiences)
    assert [position for position, _ in whole] == list(range(1, 13))
    assert seen(log, audiences, after=3, before=11) == whole[3:10]
    assert seen(log, audiences, after=3, before=11, limit=2) == whole[3:5]
    assert seen(log, audiences, before=11, newest_first=True, limit=3) == whole[9:6:-1]
    assert seen(log, audiences, positions=[2, 5, 99]) == [whole[1], whole[4]]
    doubts = [one for one in whole[2:] if one[1].startswith("doubt")]
    assert seen(log, audiences, topics=["doubt", "note"], after=2) == doubts


def test_an_entry_outlives_the_room_that_said_it():
    log = ledger.open_log()
    say(log, "old words")
    gone = kinds._by_name.pop("test.said")
    try:
        (entry,) = ledger.read(log, audiences=ledger.OUTSIDE, at=NOON)
        assert entry.fact.spelled() == {"words": "old words", "about": None, "teaser": ""}
    finally:
        kinds._by_name["test.said"] = gone


def test_an_entry_too_long_is_refused_and_nothing_is_told():
    log = ledger.open_log()
    with pytest.raises(EntryTooLong):
        say(log, "x" * (ledger.LONGEST + 1))
    assert checked(log) == 0


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    told=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40),
            st.booleans(),
            st.integers(0, 200),
        ),
        max_size=12,
    )
)
def test_whatever_is_told_the_tree_holds_and_nobody_sees_too_much(told):
    log = ledger.open_log()
    at = NOON
    for words, is_public, minutes in told:
        at += timedelta(minutes=minutes)
        say(log, words, audience="public" if is_public else WINGS, told_at=at)
    assert checked(log) == len(told)
    outside = seen(log, at=at)
    for position, words in outside:
        original, is_public, _ = told[position - 1]
        assert words == (original if is_public else "curtained")
    assert [position for position, _ in outside] == list(range(1, len(outside) + 1))
