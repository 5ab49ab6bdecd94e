"""What is made once for a run of the tests, whichever of its processes needs it first."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def made(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder of this run that `make` has filled; the others wait, and copy from it."""
    shared = Path(os.environ["COULISSES_TEST_RUN"])
    place, unfinished = shared / name, shared / f"{name}-{os.getpid()}"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            shutil.rmtree(unfinished, ignore_errors=True)  # of a try that failed
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(place)
    return place
