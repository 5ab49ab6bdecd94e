"""Making films, one at a time, in a child process; what a dead maker left is begun anew."""

import json
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from coulisses.capture.models import Reel
from coulisses.capture.reels import films, rules

STALE = 6 * 3600.0  # seconds
SAID_EVERY = 0.5  # seconds between two reports

_logger = logging.getLogger(__name__)


def make_next() -> bool:
    """Make a film that was asked for; return whether there was one."""
    reel = rules.claim(timezone.now())
    if reel is None:
        return False
    try:
        is_made = _make(reel)
    except OSError:
        _logger.exception("a film could not be made")
        is_made = False
    if not is_made:
        rules.fail(reel)
    return True


def _make(reel: Reel) -> bool:
    wanted = films.wanted(reel)
    room = Path(settings.MEDIA_ROOT)
    room.mkdir(parents=True, exist_ok=True)
    _sweep(room)
    # Beside its later place, so that it is put there by a renaming.
    with tempfile.TemporaryDirectory(prefix="reel-", dir=room) as name:
        film = Path(name) / "film.mp4"
        command = [sys.executable, "-m", "coulisses_readers.reel"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            if not _follow(reel, child, {**wanted, "to": str(film)}):
                child.kill()
                return True  # nobody wants it any more
        if child.returncode != 0:
            return False
        rules.finish(reel, film)
    return True


def _sweep(room: Path) -> None:
    """Take away what makers of films left that died hours ago."""
    for left in room.glob("reel-*"):
        if time.time() - left.stat().st_mtime > STALE:
            shutil.rmtree(left, ignore_errors=True)


def _follow(reel: Reel, child: "subprocess.Popen[str]", wanted: dict[str, object]) -> bool:
    """Tell the child what to make and keep what it reports; False where the film is unwanted."""
    assert child.stdin and child.stdout
    total = len(wanted["frames"])  # type: ignore[arg-type]
    if not rules.say(reel, done=0, total=total, at=timezone.now()):
        return False
    child.stdin.write(json.dumps(wanted) + "\n")
    child.stdin.flush()
    said_at = time.monotonic()
    for line in child.stdout:
        if time.monotonic() - said_at < SAID_EVERY:
            continue
        said_at = time.monotonic()
        if not rules.say(reel, done=int(line), total=total, at=timezone.now()):
            return False
    return True
