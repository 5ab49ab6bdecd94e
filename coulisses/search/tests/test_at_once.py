"""Two processes read the same log, and one is killed in the middle: each entry is found once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from coulisses.search import feeding
from coulisses.search.models import Slip
from coulisses.search.tests.looking import find, shred, tell
from coulisses.testing import given

DYING = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from coulisses.projects.models import Project
from coulisses.search import feeding, rows
from coulisses.search.models import Bookmark, Slip
from coulisses.search.tests.looking import find, tell
from coulisses.testing import given
if sys.argv[1] == "die":
    project = given.project()
    for at in range(3):
        tell(project, f"wave {at}", at=at)
    feeding.turn.__kwdefaults__["limit"] = 2
    insert = rows.insert
    def insert_and_die(slips):
        insert(slips)
        if Bookmark.objects.get().position:
            os.kill(os.getpid(), signal.SIGKILL)
    rows.insert = insert_and_die
for project in Project.objects.all():
    feeding.catch_up(project.pk)
print(Slip.objects.count(), len(find("wave").hits), Bookmark.objects.get().position)
"""


@pytest.mark.both_databases
@pytest.mark.usefixtures("transactional_house")
def test_two_processes_and_a_shredding_at_once_leave_each_entry_found_once():
    project = given.project()
    told = [tell(project, f"wave {number}", at=number) for number in range(40)]

    def follow(_number):
        try:
            while feeding.turn(project, limit=3):
                pass
        finally:
            connection.close()

    def shred_some(_number):
        try:
            for entry in told[::8]:
                shred(project, entry.position)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda do: do(0), [follow, shred_some, follow]))
    feeding.catch_up(project.pk)
    gone = {entry.position for entry in told[::8]}
    kept = Counter(Slip.objects.filter(project=project).values_list("position", flat=True))
    expected = {entry.position for entry in told} - gone
    assert {one for one in kept if one > 2} == expected and set(kept.values()) == {1}
    assert len(find("wave 7").hits) == 1 and len(find("wave 8").hits) == 0


def test_killed_between_two_turns_the_index_goes_on_where_it_was(tmp_path):
    environment = {
        **os.environ,
        "COULISSES_DATA": str(tmp_path),
        "COULISSES_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "coulisses.site.settings",
    }

    def run(what: str) -> tuple[int, str]:
        command = [sys.executable, "-c", DYING, what]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout

    assert run("die") == (-signal.SIGKILL, "")
    assert run("go on") == (0, "4 3 5\n")
