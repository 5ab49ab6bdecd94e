"""Proving a backup: restored by another process into a folder of its own, and checked there."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.db import connection

from coulisses.host.backups import rows
from coulisses.host.backups.checking import Report
from coulisses.host.backups.refusals import ProofFailed
from coulisses.lib.refusals import require

STALE = 24 * 3600.0  # seconds
LONGEST_WORDS = 400  # characters of what a child said that are passed on
OURS = "COULISSES_"


def prove(place: Path) -> Report:
    """Restore a backup elsewhere, have it checked, and take it away again. Raises ProofFailed,
    DatabaseFailed.

    Elsewhere is beside the house: where it restores for proof, it would restore in need.
    """
    rooms = Path(settings.DATA) / "run"
    rooms.mkdir(exist_ok=True, mode=0o700)
    _sweep(rooms)
    with (
        tempfile.TemporaryDirectory(prefix="proof-", dir=rooms) as room,
        nullcontext("") if connection.vendor == "sqlite" else rows.scratch() as database,
    ):
        command = [sys.executable, "-m", "coulisses", "restore", str(place), "--json"]
        # None of this house's settings: what is restored stands on its own folder.
        clean = {name: said for name, said in os.environ.items() if not name.startswith(OURS)}
        clean |= {f"{OURS}DATABASE": database} if database else {}
        done = subprocess.run(
            [*command, "--data", str(Path(room) / "house")],
            env=clean,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    try:
        report = Report(**json.loads(done.stdout.splitlines()[-1]))
    except (ValueError, IndexError, TypeError):
        raise ProofFailed(reason=done.stderr.strip()[-LONGEST_WORDS:]) from None
    require(not report.wrongs, ProofFailed, reason="; ".join(report.wrongs)[:LONGEST_WORDS])
    return report


def _sweep(rooms: Path) -> None:
    for left in rooms.glob("proof-*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE:
                shutil.rmtree(left, ignore_errors=True)
