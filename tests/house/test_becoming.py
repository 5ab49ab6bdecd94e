"""Whoever makes an account while a hall cheers and votes stops nobody, and is stopped by nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.cheers import rules as cheers
from coulisses.cheers.rules import Tap
from coulisses.cheers.tests.cheering import told
from coulisses.decisions import rules as decisions
from coulisses.decisions.tests import voting
from coulisses.people import becoming
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def tables(asked, *names):
    """Return which of these tables each statement speaks of first, in their order."""
    said = [one["sql"].lower() for one in asked.captured_queries]
    return [
        next(name for name in names if name in one)
        for one in said
        if any(name in one for name in names)
    ]


def test_pulses_are_beaten_once_all_that_a_voice_gave_has_passed_on():
    now, cleo, gus = timezone.now(), given.cleo(), given.guest()
    boats = [given.project(), given.project("canoe")]
    for boat in boats:
        entry, asked = told(boat), voting.put(boat)
        for voice in (cleo.voice_id, gus.voice_id):
            cheers.give(boat, entry, "courage", by=voice, at=now)
        decisions.cast(asked, ("a",), by=gus.voice_id, at=now)
    with CaptureQueriesContext(connection) as asked:
        becoming.join(cleo, gus, at=now)
    order = tables(asked, "projects_pulse", "cheers_tally", "decisions_decision")
    assert order.count("projects_pulse") == len(boats) and order.count("cheers_tally") == len(boats)
    assert order[-len(boats) :] == ["projects_pulse"] * len(boats)


def test_a_hall_holds_its_voices_before_it_counts():
    boat, guests = given.project(), [given.guest() for _ in range(3)]
    entries = [told(boat), told(boat)]
    taps = [Tap(entry, "courage", one.voice_id) for entry in entries for one in guests]
    with CaptureQueriesContext(connection) as asked:
        cheers.tap_all(boat, taps, at=timezone.now())
    order = tables(asked, "from people_voice where id", "into cheers_tally", "projects_pulse")
    assert order[:3] == ["from people_voice where id"] * 3
    assert order[3:] == ["into cheers_tally"] * 6 + ["projects_pulse"]
