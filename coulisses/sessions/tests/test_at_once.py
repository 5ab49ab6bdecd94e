"""Several hands and an errand at once; a process that is killed; no two sessions overlap, ever."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given as whatever
from hypothesis import settings as how
from hypothesis import strategies as st

from coulisses.lib.refusals import Refusal
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.sessions import ending, queries, rules
from coulisses.sessions.models import Session
from coulisses.sessions.refusals import NoSessionRuns, SessionRuns
from coulisses.testing import foundations, given
from coulisses.testing.checked import checked


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do each in a thread of its own, all at the same time; return what each made of it."""
    barrier = Barrier(len(acts))

    def go(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(go, acts))


def told(project, kind):
    return Entry.objects.filter(log=project.work, kind=f"session.{kind}").count()


def fresh(project):
    return Project.objects.select_related("studio", "work").get(pk=project.pk)


@pytest.mark.both_databases
def test_of_two_who_start_at_once_one_does(transactional_house):
    project, now = given.project(), timezone.now()
    hands = [given.ana().voice_id, given.bo().voice_id]
    answers = at_once(
        *(lambda by=by: rules.start(fresh(project), by=by, at=now) for by in hands * 2)
    )
    assert sum(isinstance(one, Session) for one in answers) == 1
    assert answers.count(SessionRuns) == 3
    assert (told(project, "started"), Session.objects.count()) == (1, 1)
    checked(project.work)


@pytest.mark.both_databases
def test_a_forgotten_session_ends_once_whoever_ends_it(transactional_house):
    project, now = given.project(), timezone.now()
    by = given.ana().voice_id
    rules.start(project, by=by, at=now - timedelta(hours=3))
    answers = at_once(
        ending.end_forgotten,
        ending.end_forgotten,
        lambda: rules.end(fresh(project), by=by, at=now),
        lambda: rules.end(fresh(project), by=by, at=now),
    )
    assert told(project, "ended") == 1
    assert set(map(type, answers[2:])) <= {Session, type(NoSessionRuns)}
    session = Session.objects.get()
    assert (session.lasted, session.was_forgotten) == (timedelta(), True)
    checked(project.work)


@pytest.mark.both_databases
def test_the_database_keeps_to_one_running_session():
    project = given.project()
    rules.start(project, by=given.ana().voice_id, at=given.NOON)
    second = Session(project=project, number=2, started_at=given.NOON, changed_at=given.NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    assert queries.current(project).number == 1


FORGETFUL = """
import os, signal, sys, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.sessions import ending, rules
from coulisses.testing import given
from coulisses.testing.checked import checked
if sys.argv[1] == "die":
    by, at = given.ana().voice_id, timezone.now() - timedelta(hours=3)
    rules.start(given.project(), by=by, at=at)
    tell = ending.tell
    def tell_and_die(*said, **also):
        tell(*said, **also)
        os.kill(os.getpid(), signal.SIGKILL)
    ending.tell = tell_and_die
held = checked(Project.objects.get().work)
print(held, Entry.objects.filter(kind="session.ended").count(), flush=True)
ending.end_forgotten()
ending.end_forgotten()
held = checked(Project.objects.get().work)
print(held, Entry.objects.filter(kind="session.ended").count(), flush=True)
"""


def test_killed_while_it_ends_a_session_the_house_ends_it_once(tmp_path):
    foundations.lay(tmp_path)
    environment = {
        **os.environ,
        "COULISSES_DATA": str(tmp_path),
        "COULISSES_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "coulisses.site.settings",
    }

    def run(what: str) -> tuple[int, str]:
        command = [sys.executable, "-c", FORGETFUL, what]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout

    assert run("die") == (-signal.SIGKILL, "3 0\n")
    assert run("go on") == (0, "3 0\n4 1\n")


ACTS = st.sampled_from(["start", "end", "note", "join", "look"])
STEPS = st.lists(st.tuples(ACTS, st.integers(-30, 400)), max_size=25)


@pytest.mark.django_db
@how(max_examples=40, deadline=None)
@whatever(steps=STEPS)
def test_sessions_never_overlap(steps):
    with transaction.atomic():
        project, clock = given.project(), 0
        by, other = given.ana().voice_id, given.bo().voice_id
        for act, minutes in steps:
            clock += minutes
            at = given.minutes(clock)
            with suppress(Refusal):
                if act == "start":
                    rules.start(project, by=by, at=at)
                elif act == "end":
                    rules.end(project, by=by, at=at)
                elif act == "note":
                    rules.note(project, words="Sanding", by=by, at=at)
                elif act == "join":
                    rules.join(project, by=other, at=at)
                elif running := queries.current(project):
                    ending.end_if_forgotten(running, at=at)
        sessions = list(Session.objects.filter(project=project).order_by("number"))
        assert all(before.ended_at <= after.started_at for before, after in pairwise(sessions))
        assert all(one.ended_at for one in sessions[:-1])
        assert all(one.lasted <= ending.LONGEST for one in sessions if one.was_forgotten)
        assert told(project, "ended") == sum(one.is_over for one in sessions)
        checked(project.work)
        transaction.set_rollback(True)
