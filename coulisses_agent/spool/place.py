"""Where a spool stands, who has it, and the token that is kept beside it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from coulisses_agent.house import Address
from coulisses_agent.spool.store import AlreadyRunning


def of(root: Path, to: Address) -> Path:
    """Return the folder of a spool: the same each time for this folder and this project."""
    home = platformdirs.user_state_path("coulisses", appauthor=False)
    named = f"{os.path.realpath(root)}\n{to.api}".encode(errors="surrogateescape")
    return home / "agents" / hashlib.sha256(named).hexdigest()[:20]


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Have a spool for oneself; a process that dies lets go. Raises AlreadyRunning."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = sqlite3.connect(folder / "lock.sqlite3", timeout=0.2, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise AlreadyRunning(folder=folder) from None
        yield
    finally:
        lock.close()


def is_held(folder: Path) -> bool:
    """Does an agent run on this spool?"""
    if not (folder / "lock.sqlite3").exists():
        return False
    try:
        with held(folder):
            return False
    except AlreadyRunning:
        return True


def keep_token(folder: Path, token: str) -> None:
    """Keep a token for the next runs, readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = folder / "token.part"
    half.unlink(missing_ok=True)  # one that was left may be readable by others
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(token)
    half.replace(folder / "token")


def kept_token(folder: Path) -> str | None:
    """Return the token that was kept, or None."""
    try:
        return (folder / "token").read_text().strip() or None
    except OSError:
        return None
