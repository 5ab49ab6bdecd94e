"""The virtual environment of a clone: made once, brought up to the lock when the lock changes."""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.places import CACHE, ROOT, VENV, digest, say

RUNTIME = ROOT / "requirements.lock"
TOOLS = ROOT / "requirements-dev.lock"
PROJECT = ROOT / "pyproject.toml"


def python() -> str:
    """Return the path of the environment's Python."""
    return str(VENV / "bin" / "python")


def ready(*, with_tools: bool) -> None:
    """Make the environment hold what the lock says; a call with nothing to do only reads stamps.

    The stamp holds the clone's path too, since an environment doesn't survive being moved.
    """
    locks = [RUNTIME, TOOLS] if with_tools else [RUNTIME]
    if all(_is_fresh(lock) for lock in locks):
        return
    with _alone():
        if not (VENV / "bin" / "python").exists():
            _make()
        for lock in locks:
            if not _is_fresh(lock):
                _install(lock)


def _stamp(lock: Path) -> Path:
    return VENV / f".{lock.stem}.installed"


def _expected(lock: Path) -> str:
    return hashlib.sha256(f"{ROOT}\0{digest([lock, PROJECT])}".encode()).hexdigest()


def _is_fresh(lock: Path) -> bool:
    stamp = _stamp(lock)
    return stamp.exists() and stamp.read_text() == _expected(lock)


def _make() -> None:
    say(f"Making a virtual environment in {VENV.name} …")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, env=_calm()
    )
    if made.returncode:
        sys.exit(f"python -m venv failed:\n{made.stdout}{made.stderr}")


def _install(lock: Path) -> None:
    what = "its tools" if lock == TOOLS else "what Coulisses needs"
    say(f"Installing {what} from {lock.name} …")
    began = time.monotonic()
    # The lock is complete, so nothing is resolved; where packages come from is pip's own setting.
    # What is imported gets compiled then; compiling all of it took a third of the time.
    _pip("install", "--require-hashes", "--no-deps", "--no-compile", "-r", str(lock))
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _stamp(lock).write_text(_expected(lock))
    say(f"… done in {time.monotonic() - began:.0f} s.")


def _pip(*arguments: str) -> None:
    command = [python(), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=_calm())
    if done.returncode:
        sys.exit(f"pip {arguments[0]} failed:\n{done.stdout}{done.stderr}")


def _calm() -> dict[str, str]:
    """Return the environment without what would send packages elsewhere than to `.venv`."""
    loud = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in loud}
    return {**kept, "PIP_ROOT_USER_ACTION": "ignore"}


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time set the clone up."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
