"""Killed in the middle of a thousand appends, what was acknowledged is there, once."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest

from coulisses.testing import foundations

WRITER = """
import sys, django
django.setup()
from coulisses.log import guards, ledger
from coulisses.log.models import Log
from coulisses.projects.kinds import CurtainRaised
from coulisses.testing.given import NOON
from coulisses.testing.checked import checked
guards.assert_armed()
log = Log.objects.first() or ledger.open_log()
print("held", checked(log), flush=True)
for number in range(1000):
    entry = ledger.append(log, CurtainRaised(), by="a" * 26, happened_at=NOON, told_at=NOON,
                          once=str(number))
    print("acknowledged", number, entry.position, flush=True)
print("held", checked(log), flush=True)
"""


@pytest.mark.parametrize("struck_at", [1, 137, 400])
def test_what_was_acknowledged_survives_a_kill_and_is_told_once(tmp_path, struck_at):
    foundations.lay(tmp_path)
    environment = {
        **os.environ,
        "COULISSES_DATA": str(tmp_path),
        "COULISSES_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "coulisses.site.settings",
    }
    command = [sys.executable, "-c", WRITER]
    acknowledged = {}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        for line in writer.stdout:
            if line.startswith("acknowledged"):
                _, number, position = line.split()
                acknowledged[number] = int(position)
            if len(acknowledged) == struck_at:
                writer.send_signal(signal.SIGKILL)
                break
        rest = writer.stdout.read()
    for line in rest.splitlines():
        if line.startswith("acknowledged") and len(line.split()) == 3:
            _, number, position = line.split()
            acknowledged[number] = int(position)
    rows = sqlite3.connect(tmp_path / "house.sqlite3")
    kept = dict(rows.execute("select once, position from log_entry").fetchall())
    rows.close()
    assert acknowledged.items() <= kept.items()

    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    lines = again.stdout.splitlines()
    assert int(lines[0].split()[1]) == len(kept)  # checked() verified every row and the tree
    assert lines[-1] == "held 1000"
    assert f"acknowledged 0 {kept['0']}" in lines
