"""Two keep a room at the same moment: one waits for the other, or comes too late."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from coulisses.log import rows as log_rows
from coulisses.log.models import Entry
from coulisses.manners import appeals, rules
from coulisses.manners.models import Closed, Held, Measure
from coulisses.manners.refusals import NothingWaits, NotSaid
from coulisses.manners.tests.test_a_good_room import choose, hide
from coulisses.projects import heard, unsaying
from coulisses.projects.gates import Waits
from coulisses.projects.models import Hidden
from coulisses.projects.refusals import AlreadyShredded
from coulisses.testing import given
from coulisses.voices.models import Word
from coulisses.voices.tests.speaking import say, told

pytestmark = pytest.mark.django_db


def _until_somebody_waits():
    """Return once another connection waits for a lock; on SQLite, where one writes, at once."""
    waits = "select 1 from pg_locks where not granted"  # asked anew each time, unlike statistics
    until = time.monotonic() + 60
    while connection.vendor == "postgresql" and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(waits)
            if cursor.fetchone():
                return


@pytest.mark.both_databases
@pytest.mark.usefixtures("transactional_house")
@pytest.mark.parametrize("act", ["hide", "lift"])
def test_hiding_waits_for_whoever_speaks_before_it_takes_what_they_need(act):
    boat, cleo, bo = given.project(), given.cleo(), given.bo()
    word, begun = say(boat, told(boat), "Something unkind", by=cleo), threading.Event()
    if act == "lift":
        at = hide(boat, word).position
        appeals.appeal(boat, at, words="It was kind", by=cleo.voice_id, at=timezone.now())

    def do_it():
        try:
            begun.set()
            if act == "hide":
                hide(boat, word)
            else:
                said = {"outcome": "lifted", "reason": "So it was", "at": timezone.now()}
                appeals.answer(Measure.objects.get(), by=bo, **said)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            log_rows.head(boat.room_id)  # as whoever speaks does first
            doing = threads.submit(do_it)
            begun.wait(60)
            _until_somebody_waits()
            Closed.objects.create(project=boat, cue=99, at=timezone.now())  # a row of theirs
            heard.stir(boat)  # … and last
        doing.result(60)
    assert Hidden.objects.exists() == (act == "hide")


@pytest.mark.both_databases
@pytest.mark.usefixtures("transactional_house")
@pytest.mark.parametrize("kind", ["entry.shredded", "word.restored"])
def test_of_two_who_take_words_out_or_show_them_again_one_comes_too_late(kind):
    boat, ana = given.project(), given.ana()
    word, begun = say(boat, told(boat), "Something unkind", by=given.cleo()), threading.Event()
    by = {"by": ana.voice_id, "at": timezone.now()}
    hide(boat, word)

    def do_it():
        if kind == "word.restored":
            rules.restore(boat, word.position, **by)
        else:
            unsaying.unsay(boat, word.position, reason="mine", **by)

    def beside():
        try:
            begun.set()
            do_it()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            log_rows.head(boat.room_id)
            doing = threads.submit(beside)
            begun.wait(60)
            _until_somebody_waits()
            do_it()
        with pytest.raises((NotSaid, AlreadyShredded)):
            doing.result(60)
    assert Entry.objects.filter(log=boat.room, kind=kind).count() == 1


def test_what_bo_refused_meanwhile_is_not_heard_by_anas_older_page():
    boat = given.project()
    entry = told(boat)
    choose(boat, looks_at="everybody")
    with pytest.raises(Waits):
        say(boat, entry, "Bonjour", by=given.cleo())
    seen_by_ana, act = Held.objects.select_related("project").get(), dict(at=timezone.now())
    rules.refuse(Held.objects.get(), reason="Not here", by=given.bo().voice_id, **act)
    with pytest.raises(NothingWaits):
        rules.release(seen_by_ana, **act)
    assert not Word.objects.exists()
