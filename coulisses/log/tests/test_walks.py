"""A reading costs what it brings: it goes by an index, however long the log is."""

import re

import pytest
from django.db import connection

from coulisses.log import ledger, rows
from coulisses.log.models import Entry, Log
from coulisses.log.tests.test_ledger import say, seen
from coulisses.testing.given import NOON, minutes

pytestmark = pytest.mark.django_db

WALKS = {
    "the newest": ({"limit": 30, "newest_first": True}, {"position"}),
    "a page": ({"before": 300, "limit": 30, "newest_first": True}, {"position"}),
    "some positions": ({"positions": [2, 3, 5, 7, 11, 13]}, {"position="}),
    "a kind": ({"topics": ["doubt"], "limit": 5, "newest_first": True}, {"topic=", "position"}),
    "kinds": ({"topics": ["doubt", "failure"], "limit": 5}, {"topic=", "position"}),
    "hours": ({"during": (NOON, minutes(9))}, {"happened_at"}),
}


def plan(ask):
    """Return how SQLite finds entries for what a function asks: the columns that it goes by."""
    plans = []

    def explained(execute, sql, params, many, context):
        if "log_entry" in sql and "explain" not in sql:
            with connection.cursor() as cursor:
                cursor.execute(f"explain query plan {sql}", params)
                plans.extend(str(row[-1]) for row in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        ask()
    found = [one for one in plans if re.search(r"(entry|few) USING", one)]
    assert found and not any("SCAN entry" in one for one in plans), plans
    return [one.replace("=?", "=").replace("<?", "").replace(">?", "") for one in found]


@pytest.mark.parametrize(("between", "by"), WALKS.values(), ids=WALKS.keys())
def test_a_reading_goes_by_its_own_index(between, by):
    log = ledger.open_log()
    found = plan(lambda: ledger.read(log, audiences=ledger.OUTSIDE, at=NOON, **between))
    its = [one for one in found if "audience=" not in one or "COVERING" not in one]
    assert any(all(column in one for column in by) for one in its), found
    assert not any("(log_id=)" in one for one in its), found


def test_an_older_page_begins_where_it_is_asked_for_and_not_at_the_newest_end():
    log = ledger.open_log()
    for words in ["doubt"] * 9:
        say(log, words)
    bounds = []

    def listen(execute, sql, params, many, context):
        if "sealed" in sql:
            bounds.append((sql.count('entry."position" <'), params[2]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        assert [at for at, _ in seen(log, topics=["doubt"], before=5, limit=2)] == [1, 2]
    assert bounds == [(1, 4)]


def test_what_speaks_of_entries_is_looked_up_by_what_it_is_about():
    log = ledger.open_log()
    for position in range(1, 10):
        say(log, "doubt", about=position if position > 5 else None)
    found = plan(lambda: ledger.sequels(log, range(1, 9), audiences=ledger.OUTSIDE, at=NOON))
    assert [one for one in found if "about=" in one]
    assert all("about=" in one or "COVERING INDEX entry_audience" in one
               or "(log_id= AND position)" in one for one in found), found  # fmt: skip


def test_what_was_shredded_is_counted_by_an_index_of_its_own():
    log = ledger.open_log()
    asked = lambda: ledger.shredded(log, audiences=ledger.OUTSIDE, upto=9)  # noqa: E731
    assert any("entry_shredded" in one for one in plan(asked))


@pytest.mark.both_databases
def test_several_kinds_are_read_as_one_order():
    log = ledger.open_log()
    for words in ("doubt", "progress", "failure", "doubt", "doubt", "progress", "failure"):
        say(log, words)
    topics = ["doubt", "failure"]
    assert [at for at, _ in seen(log, topics=topics, limit=3)] == [1, 3, 4]
    newest = seen(log, topics=topics, limit=3, newest_first=True)
    assert [at for at, _ in newest] == [7, 5, 4]
    assert [at for at, _ in seen(log, topics=topics, limit=9, after=3, before=7)] == [4, 5]


@pytest.mark.both_databases
def test_nothing_is_found_where_nothing_is_asked_for():
    log = ledger.open_log()
    say(log, "doubt")
    assert seen(log, positions=[]) == seen(log, topics=[]) == []
    assert ledger.sequels(log, [], audiences=ledger.OUTSIDE, at=NOON) == {}
    assert rows.shredded(log.pk, frozenset(), upto=9) == 0
    assert Entry.objects.filter(log=Log.objects.get(pk=log.pk)).count() == 1
