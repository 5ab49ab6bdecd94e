"""A house that is killed while it tells what had its hour: the moment is told once, and whole."""

import os
import signal
import subprocess
import sys

from coulisses.testing import foundations

TIMELY = """
import os, signal, sys, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from coulisses.log.models import Entry
from coulisses.moments import drafts, proposals, rules
from coulisses.moments.models import Draft
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.testing.checked import checked
if sys.argv[1] == "die":
    project, at = given.project(), timezone.now() - timedelta(hours=3)
    said = drafts.Said(body="The mast is up.")
    kept = drafts.keep(project, given.ana(), None, said, knew=0, at=at)
    proposals.set_hour(kept.draft, at + timedelta(hours=1), at=at)
    tell = rules.tell
    def tell_and_die(*said, **also):
        tell(*said, **also)
        os.kill(os.getpid(), signal.SIGKILL)
    rules.tell = tell_and_die
for _turn in range(3):
    told = Entry.objects.filter(kind="moment.told").count()
    print(checked(Project.objects.get().work), told, Draft.objects.count(), flush=True)
    proposals.tell_due()
"""


def test_killed_while_it_tells_what_had_its_hour_the_house_tells_it_once(tmp_path):
    foundations.lay(tmp_path)
    environment = {
        **os.environ,
        "COULISSES_DATA": str(tmp_path),
        "COULISSES_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "coulisses.site.settings",
    }

    def run(what: str) -> tuple[int, str]:
        command = [sys.executable, "-c", TIMELY, what]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout

    assert run("die") == (-signal.SIGKILL, "2 0 1\n")
    assert run("go on") == (0, "2 0 1\n3 1 0\n3 1 0\n")
